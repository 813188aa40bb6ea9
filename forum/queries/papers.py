"""Papers: found by the code that is printed on them, or by what they are about."""

from collections.abc import Iterable
from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.timezone import localdate

from forum.models import Paper
from forum.models.papers import CODE_LENGTH
from forum.queries.files import content_of
from forum.refs import read_code

GROUP = 4


def seal_of(paper: Paper) -> str:
    """The place for which the bytes of a paper are sealed: this paper, and no other."""
    return f"forum_paper.file:{paper.public_id}"


def content_of_paper(paper: Paper) -> bytes:
    """What was drawn. Raises `FileNotFoundError` when there is nothing, or nothing any more."""
    if paper.file is None:
        raise FileNotFoundError(paper.public_id)
    return content_of(paper.file, sealed_for=seal_of(paper))


def paper_of_code(typed: str) -> Paper | None:
    """The paper with this code, however it is typed: blanks, hyphens, small and Cyrillic letters are forgiven."""
    try:
        code = read_code(typed, length=CODE_LENGTH, code="paper.malformed")
    except ValueError:
        return None
    return Paper.objects.filter(code=code).select_related("forum").first()


def shown_code(code: str) -> str:
    """In groups of four, as printed and spoken."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def issued_on(paper: Paper) -> date:
    """The day on the forum's calendar."""
    return paper.issued_at.astimezone(ZoneInfo(paper.forum.timezone)).date()


def is_valid(paper: Paper) -> bool:
    """Neither void nor past its last day."""
    return paper.voided_at is None and (paper.valid_until is None or localdate() <= paper.valid_until)


def papers_about(kind: str, subject_kind: str, subject_ids: Iterable[object]) -> QuerySet[Paper]:
    """All papers of a kind about these things, newest first."""
    found = Paper.objects.filter(kind=kind, subject_kind=subject_kind, subject_id__in=[str(one) for one in subject_ids])
    return found.select_related("file").order_by("-pk")
