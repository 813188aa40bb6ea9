"""A new email, safely: the new address proves itself by a code, the old one is told, old links and logins let go.

The login follows: from then on the new address signs in, and the old one no longer sees this application (complaint
REG-1). Nobody learns here whether an address is known to us: the code goes out either way.
"""

from collections.abc import Sequence

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from forum.actions.accounts import account_of
from forum.actions.audit import record
from forum.actions.messages import queue_message
from forum.errors import DomainError
from forum.models import Account
from registration.actions.emailed_codes import new_code, refusal_of, refuse_often
from registration.actions.entrance_use import refuse_locked
from registration.actions.notices import EMAIL_CHANGED, EMAIL_CODE, greeting_context, revoke_return_links
from registration.actions.state import lock, refuse_stopped
from registration.enums import RegistrationState
from registration.models import EmailChange, Registration

PURPOSE = "registration.email_change"


@transaction.atomic(durable=True)
def ask_for_new_email(registration: Registration, *, email: str, by: Account | None) -> EmailChange:
    """Send a code to the new address. An earlier code is dead from now on.

    Raises `DomainError` for the address that is known already, for too many codes, and for a withdrawn consent.
    """
    registration = lock(registration)
    refuse_stopped(registration)
    email = email.strip().lower()
    refuse_locked(registration, {"email": email})
    if email == registration.person.email:
        same = _("This is the address we have already.")
        raise DomainError("email.same", same, fields={"email": same}, status=422)
    refuse_often(registration, registration.email_changes.all())
    registration.email_changes.filter(ended_at=None).update(ended_at=now(), new_email="")
    change = EmailChange(registration=registration, new_email=email)
    code = new_code(change, purpose=PURPOSE)
    # Perhaps a stranger's address: no name, and no link that opens anything.
    _write(EMAIL_CODE, registration, change, to=email, context={"code": code})
    _note("registration.email_asked", registration, by=by)
    return change


def _write(reason: str, registration: Registration, change: EmailChange, *, to: str, context: dict[str, str]) -> None:
    queue_message(
        reason,
        about=("registration", registration.ref),
        occasion=f"email:{change.public_id}",
        to=to,
        language=registration.language,
        forum=registration.forum,
        context=context,
    )


def _note(action: str, registration: Registration, *, by: Account | None, changed: Sequence[str] = ()) -> None:
    on = ("registration", registration.ref)
    record(action, on=on, forum=registration.forum, by=by, as_applicant=True, changed=changed)


def confirm_new_email(registration: Registration, *, code: str, by: Account | None) -> None:
    """Take the new address. Raises `DomainError` with the remedy for a wrong, used up or expired code.

    A wrong code counts even though it is refused, hence two transactions.
    """
    refusal = _confirm(registration, code=code, by=by)
    if refusal is not None:
        raise refusal


@transaction.atomic(durable=True)
def _confirm(registration: Registration, *, code: str, by: Account | None) -> DomainError | None:
    registration = lock(registration)
    refuse_stopped(registration)
    refuse_locked(registration, {"email": None})
    change = registration.email_changes.select_for_update().filter(ended_at=None).last()
    if refusal := refusal_of(change, code, purpose=PURPOSE):
        return refusal
    assert change is not None  # noqa: S101 -- a missing one is refused above
    _take_over(registration, change)
    change.ended_at, change.new_email = now(), ""
    change.save(update_fields=["ended_at", "new_email"])
    _note("registration.email_changed", registration, by=by, changed=["email"])
    return None


def _take_over(registration: Registration, change: EmailChange) -> None:
    """The person, the login and the links follow; the old address hears of it, by a letter that opens nothing."""
    person, old = registration.person, registration.person.email
    revoke_return_links(registration)
    person.email = change.new_email
    if registration.state != RegistrationState.DRAFT:
        person.account = account_of(change.new_email, language=registration.language)
    person.save(update_fields=["email", "account"])
    registration.version += 1
    registration.save(update_fields=["version"])
    if old:
        _write(EMAIL_CHANGED, registration, change, to=old, context=greeting_context(registration))
