"""Files that are answers: bound to the answer that names them, and given up with it.

The caller owns the transaction, and holds the locks of the person and the registration where one is meant.
"""

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext as _

from forum.actions.files import give_up_file
from forum.errors import DomainError
from registration.engine.questions.sheet import Sheet
from registration.enums import FILED_KINDS
from registration.models import Answer, AnswerFile, Registration

UNUSED_FOR = timedelta(days=1)
"""So long a file waits for the step of the form in which it was handed in."""


def filed_codes(sheet: Sheet, codes: Collection[str]) -> list[str]:
    """Questions among `codes` that are answered by a file."""
    return [code for code in codes if code in sheet.by_code and sheet.by_code[code].kind in FILED_KINDS]


def refuse_foreign_files(registration: Registration, sheet: Sheet, values: Mapping[str, Any]) -> None:
    """Raise `DomainError("questions.file_gone")` for a file that this person has not handed in to this question, or that is
    erased by now.
    """
    for code in filed_codes(sheet, values.keys()):
        if not AnswerFile.objects.filter(registration=registration, code=code, public_id=values[code]).exists():
            words = _("This picture is not here (any more). Please choose it again.")
            raise DomainError("questions.file_gone", words, fields={f"q_{code}": words})


def bind_files(registration: Registration, sheet: Sheet, codes: Collection[str]) -> None:
    """Every file belongs to the answer that names it; others that were handed in to the same questions go."""
    filed = filed_codes(sheet, codes)
    answers = Answer.objects.filter(registration=registration, code__in=filed) if filed else ()
    for answer in answers:
        mine = AnswerFile.objects.filter(registration=registration, code=answer.code)
        drop_files(mine.exclude(public_id=answer.content))
        mine.filter(public_id=answer.content).update(answer=answer)


def drop_files(files: QuerySet[AnswerFile]) -> int:
    """The bytes go after the commit. Returns how many files went."""
    found = list(files.select_related("file"))
    for one in found:
        one.delete()
        give_up_file(one.file)
    return len(found)


@transaction.atomic
def drop_unused() -> int:
    """What was handed in and never saved, or lost its answer by any way."""
    return drop_files(AnswerFile.objects.filter(answer=None, created_at__lt=now() - UNUSED_FOR))
