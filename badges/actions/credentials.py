"""Credentials: issued on confirmation, replaced when a badge is lost, revoked when a person no longer comes.

Lock order as everywhere: the person, the registration (`registration.actions.state.lock`), then the credential. The
partial unique index is the last line: two live credentials of one registration cannot exist.
"""

from django.db import IntegrityError, transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from badges.engine.token import TOKEN_LOOKUP, new_short_code, new_token
from badges.enums import CredentialState
from badges.models import Credential
from badges.tasks import issue_badge
from forum.actions.audit import record
from forum.crypto import keyed_hash
from forum.errors import DomainError
from forum.models import Account
from registration.actions.state import lock
from registration.enums import RegistrationState
from registration.models import Registration

TRIES = 5
"""A short code has 40 random bits: a second try is rare, a fifth means that something else is wrong."""


@transaction.atomic(durable=True)
def issue_credential(registration: Registration) -> Credential | None:
    """Give a confirmed person a live credential. Asking ten times gives the same one.

    None for those who are not confirmed (any more) and for categories without a badge.
    """
    registration = lock(registration)
    if not may_hold(registration):
        return None
    return live_of(registration) or _create(registration)


@transaction.atomic(durable=True)
def reissue_badge(registration: Registration, *, reason: str, by: Account) -> Credential:
    """Replace a lost or damaged badge: a new code, and the old one dies at once. The worker renders and mails it.

    Raises `DomainError` without a reason, and for people who hold no badge.
    """
    if not reason.strip():
        raise DomainError(
            "badges.reason_missing", _("Say why the badge is replaced."), fields={"reason": _("Write a reason.")}
        )
    registration = lock(registration)
    old = live_of(registration)
    if old is None or not may_hold(registration):
        raise DomainError("badges.none_to_replace", _("This person has no valid badge that could be replaced."))
    _end(old, CredentialState.REPLACED)
    new = _create(registration, by=by, reason=reason.strip())
    issue_badge.delay_on_commit(registration_id=registration.pk)
    return new


def revoke_credentials(registration: Registration, *, by: Account | None) -> None:
    """End the live credential, if there is one, inside the transaction that moves the registration.

    The caller holds the registration's lock, so no new credential can be issued meanwhile.
    """
    credential = live_of(registration)
    if credential is None:
        return
    _end(credential, CredentialState.REVOKED)
    record(
        "badge.revoked",
        on=("registration", registration.ref),
        forum=registration.forum,
        by=by,
        number=credential.number,
        state=registration.state,
    )


def may_hold(registration: Registration) -> bool:
    """Confirmed, and of a category that has a badge."""
    return registration.state == RegistrationState.CONFIRMED and registration.category.prints_badge


def live_of(registration: Registration) -> Credential | None:
    """The credential that opens doors now."""
    return Credential.objects.filter(registration=registration, state=CredentialState.LIVE).first()


def _create(registration: Registration, *, by: Account | None = None, reason: str = "") -> Credential:
    """A new live credential with the next number, written down. The caller holds the registration's lock."""
    number = registration.credentials.count() + 1
    credential = _insert(registration, number)
    record(
        "badge.reissued" if reason else "badge.issued",
        on=("registration", registration.ref),
        forum=registration.forum,
        by=by,
        reason=reason,
        number=number,
    )
    return credential


def _insert(registration: Registration, number: int) -> Credential:
    """Insert with a fresh token and short code; a code that is taken is drawn again."""
    for attempt in range(1, TRIES + 1):
        token = new_token()
        credential = Credential(
            registration=registration,
            token=token,
            token_hash=keyed_hash(token, purpose=TOKEN_LOOKUP),
            short_code=new_short_code(),
            number=number,
        )
        try:
            with transaction.atomic():
                credential.save()
        except IntegrityError:
            if attempt == TRIES:
                raise
        else:
            break
    return credential


def _end(credential: Credential, state: CredentialState) -> None:
    credential.state = state
    credential.ended_at = now()
    credential.save(update_fields=["state", "ended_at"])
