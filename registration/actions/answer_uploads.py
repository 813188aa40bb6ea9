"""Handing in a file as an answer, and looking at one: whoever looks stands in the log."""

from django.db import transaction
from django.utils.translation import gettext as _

from forum.actions.files import store_sealed
from forum.errors import DomainError
from forum.models import Account
from forum.queries import files
from forum.uploads import Picture
from registration.actions.documents import note
from registration.actions.state import lock, refuse_stopped
from registration.enums import EDITABLE, FILED_KINDS, UNDER_WAY
from registration.models import AnswerFile, Registration
from registration.queries.questions import asked_of

STORED_AS = "answer_file"


def hand_in_file(registration: Registration, *, code: str, picture: Picture, by: Account | None) -> AnswerFile:
    """Keep a picture that was drawn anew, until the answer that names it is saved.

    Raises `DomainError("questions.no_file")` where no such question is open to this person.
    """
    _refuse_unasked(registration, code)
    made = AnswerFile(registration=registration, code=code)
    made.file = store_sealed(
        picture.content,
        sealed_for=made.seal,
        purpose=STORED_AS,
        name=f"{code}.jpg",
        content_type=picture.content_type,
        owner=by,
    )
    with transaction.atomic():
        registration = lock(registration)
        _refuse_unasked(registration, code)
        made.save()
        note(registration, "registration.answer_file_taken", by=by, changed=[f"answer.{code}"])
    return made


def _refuse_unasked(registration: Registration, code: str) -> None:
    refuse_stopped(registration)
    asked = asked_of(registration)
    item = asked.sheet.by_code.get(code) if asked else None
    is_open = registration.state in EDITABLE | UNDER_WAY
    if item is None or item.kind not in FILED_KINDS or not is_open or registration.awaits_consent:
        raise DomainError("questions.no_file", _("The organisers do not ask for this picture."))


@transaction.atomic
def look_at_file(kept: AnswerFile, *, by: Account | None) -> bytes:
    """The bytes; the look stands in the log. Raises `FileNotFoundError` when they have just been erased."""
    note(kept.registration, "registration.answer_file_looked", by=by, changed=[f"answer.{kept.code}"])
    return files.content_of(kept.file, sealed_for=kept.seal)
