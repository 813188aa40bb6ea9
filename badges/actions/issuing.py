"""From “confirmed” to the badge in the mailbox, by a worker: credential, file, email. Each step is safe to repeat."""

import logging
from dataclasses import asdict
from time import monotonic
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.timezone import now
from django.utils.translation import gettext as _

from badges.actions.credentials import issue_credential, may_hold
from badges.actions.erasing import erase_after
from badges.engine.facts import BadgeError
from badges.engine.layout import render_badge
from badges.enums import CredentialState
from badges.models import BadgeFile, Credential
from badges.queries.badges import badge_facts
from badges.queries.facts import holding_badges, registration_with_facts
from badges.queries.files import seal_of
from badges.queries.photos import for_badge, photo_of, still_there
from badges.queries.rows import FactsRow
from badges.tasks import issue_badge as issue_badge_task
from forum.actions.audit import record
from forum.actions.files import store_file, store_sealed
from forum.actions.messages import queue_message
from forum.errors import DomainError
from forum.models import Forum, StoredFile
from registration.actions.notices import letter_context
from registration.actions.state import lock
from registration.models import Registration

logger = logging.getLogger(__name__)

READY = "badges.ready"
"""The message that carries the badge."""
ATTACHMENT = "badge"
PURPOSE = "badge"
SWEEP_SECONDS = 20.0


def ask_for_badge(registration: Registration) -> None:
    """Have a worker see to the badge once the transaction in hand is through."""
    if may_hold(registration):
        issue_badge_task.delay_on_commit(registration_id=registration.pk)


def issue_badge(*, registration_id: int) -> BadgeFile | None:
    """Credential, first file and email for one person; what exists already is left as it is.

    None for those who hold no badge, and for a badge that must not be printed: it is flagged for the print desk.
    """
    registration = Registration.objects.filter(pk=registration_id).first()
    credential = issue_credential(registration) if registration else None
    if credential is None:
        logger.info("registration %s holds no badge", registration_id)
        return None
    drawn = credential.badge_files.filter(file__isnull=False).first()
    return drawn or _usable(draw_badge(credential))


def fresh_file(credential: Credential) -> StoredFile:
    """The badge as the data stands now, drawn when no file shows it yet.

    Raises `DomainError` for a credential that has ended, and for a badge that must not be printed.
    """
    if credential.state != CredentialState.LIVE:
        raise DomainError("badges.ended", _("This badge is no longer valid."))
    drawn = draw_badge(credential)
    if drawn.file is None:
        raise DomainError(
            "badges.flagged", _("This badge cannot be printed yet: the organisers have to correct the name.")
        )
    return drawn.file


def draw_badge(credential: Credential) -> BadgeFile:
    """The file of the present facts, or the note why it must not be printed; drawn once, however many ask together."""
    registration = registration_with_facts(credential.registration_id)
    known = credential.badge_files.filter(facts_hash=registration.facts_hash).select_related("file").first()
    if known:
        return known
    try:
        photo = for_badge(photo_of(registration))
        content = render_badge(badge_facts(registration, credential=credential, photo=photo), sides=2)
    except BadgeError as error:
        problems = [asdict(problem) for problem in error.problems]
        return flag(credential.pk, facts_hash=registration.facts_hash, problems=problems)
    # The photo may have been taken back while we drew: then the badge is drawn anew, without it.
    return _keep(credential, registration, content) or draw_badge(credential)


def flag(credential_pk: int, *, facts_hash: str, problems: list[dict[str, str]]) -> BadgeFile:
    """Note that a badge must not be printed from these facts."""
    flagged, created = BadgeFile.objects.get_or_create(
        credential_id=credential_pk, facts_hash=facts_hash, defaults={"problems": problems}
    )
    if created:
        logger.warning("a badge cannot be printed: %s", ", ".join(problem["code"] for problem in problems))
    return flagged


@transaction.atomic
def _keep(credential: Credential, registration: FactsRow, content: bytes) -> BadgeFile | None:
    """Keep the file and, with the first one of a credential, write its email: one transaction, or nothing.

    Of several workers with the same facts the first one through the lock keeps its drawing, the others take that one.
    None when the photo on it is kept no more.
    """
    if lock(registration).erased_at is not None:
        raise DomainError("badges.ended", _("This badge is no longer valid."))
    if not still_there([registration.photo_pk]):
        return None
    credential.refresh_from_db(fields=["state"])
    files = BadgeFile.objects.filter(credential=credential, problems=[]).select_related("file")
    if known := files.filter(facts_hash=registration.facts_hash).first():
        return known
    is_first = credential.state == CredentialState.LIVE and not files.exists()
    drawn = BadgeFile.objects.create(
        credential=credential,
        facts_hash=registration.facts_hash,
        file=_stored(credential, registration, content),
        photo=registration.photo_pk,
    )
    if is_first:
        _tell(credential, registration)
    return drawn


def _stored(credential: Credential, registration: FactsRow, content: bytes) -> StoredFile:
    """As it is; with a photo on it sealed, as photos are."""
    about: dict[str, Any] = {
        "purpose": PURPOSE,
        "name": "badge.pdf",
        "content_type": "application/pdf",
        "erase_after": erase_after(registration.forum),
    }
    if registration.photo_pk:
        return store_sealed(content, sealed_for=seal_of(credential), **about)
    return store_file(ContentFile(content), **about)


def _tell(credential: Credential, registration: Registration) -> None:
    """One email per credential. It carries the badge of the moment it leaves, not of the moment it was written."""
    record(
        "badge.ready",
        on=("registration", registration.ref),
        forum=registration.forum,
        number=credential.number,
    )
    if not registration.person.email:
        return
    queue_message(
        READY,
        about=("registration", registration.ref),
        occasion=f"credential:{credential.public_id}",
        to=registration.person.email,
        language=registration.language,
        forum=registration.forum,
        context=letter_context(registration) | {"desk_opens": registration.forum.badge_desk_opens_at.isoformat()},
        attachments=[f"{ATTACHMENT}:{credential.public_id}"],
    )


def _usable(drawn: BadgeFile) -> BadgeFile | None:
    return drawn if drawn.file_id else None


def sweep() -> int:
    """See to every confirmed person whose live credential has no file. Returns how many were looked at.

    Flagged badges are looked at too, since a name may have been corrected: that costs one query each and draws nothing
    while the facts are the same. Once badges have been erased, none is drawn again.
    """
    stop_at = monotonic() + SWEEP_SECONDS
    looked_at = 0
    for forum in Forum.objects.filter(is_current=True):
        for registration_id in without_file(forum) if now() < erase_after(forum) else []:
            issue_badge(registration_id=registration_id)
            looked_at += 1
            if monotonic() > stop_at:
                return looked_at
    return looked_at


def without_file(forum: Forum) -> list[int]:
    """Registrations that should have a badge and have none, or a flagged one."""
    drawn = BadgeFile.objects.filter(
        credential__registration=OuterRef("pk"), credential__state=CredentialState.LIVE, file__isnull=False
    )
    return list(holding_badges(forum).filter(~Exists(drawn)).order_by("pk").values_list("pk", flat=True))
