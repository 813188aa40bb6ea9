"""Files that are answers: one's own, and those that a member of the team may see."""

from typing import Any

from forum.queries.access import User
from registration.models import AnswerFile, Registration
from registration.queries.forms import sheet_of
from registration.queries.questions import may_read


def own_file(registration: Registration, public_id: Any) -> AnswerFile | None:
    """What this person has handed in, saved or not."""
    return _files(registration).filter(public_id=public_id).first()


def file_readable_by(user: User, registration: Registration, public_id: Any) -> AnswerFile | None:
    """A file that is an answer to a question whose answers `user` may see."""
    kept = _files(registration).filter(public_id=public_id, answer__isnull=False).first()
    if kept is None or kept.answer is None:
        return None
    item = sheet_of(kept.answer.question.form_id).by_code[kept.code]
    return kept if may_read(user, item) else None


def _files(registration: Registration) -> Any:
    rows = AnswerFile.objects.filter(registration=registration)
    return rows.select_related("file", "answer__question", "registration__forum", "registration__person")
