"""Ready-made texts of letters: what an officer may start from."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import translation

from forum.models import Forum
from registration.enums import ReasonKind
from registration.models import ReasonTemplate


@dataclass(frozen=True)
class ReadyText:
    """`label` in the reader's language, `text` in the applicant's."""

    key: str
    kind: str
    label: str
    text: str


def texts_of(forum: Forum) -> QuerySet[ReasonTemplate]:
    """All of the edition, those put away too; in use first."""
    return ReasonTemplate.objects.filter(forum=forum).order_by("put_away_at", "kind", "pk")


def in_use(forum: Forum) -> QuerySet[ReasonTemplate]:
    """What is offered now."""
    return ReasonTemplate.objects.filter(forum=forum, put_away_at=None)


def ready_texts(forum: Forum, *, language: str) -> dict[str, list[ReadyText]]:
    """By what they go with; every kind is there."""
    found: dict[str, list[ReadyText]] = {kind.value: [] for kind in ReasonKind}
    for row in in_use(forum):
        found[row.kind].append(ReadyText(str(row.public_id), row.kind, row.title, text_in(row, language)))
    return found


def text_in(reason: ReasonTemplate, language: str) -> str:
    """The text as somebody with this language reads it; the Russian one where it was not translated."""
    with translation.override(language):
        return str(reason.text)
