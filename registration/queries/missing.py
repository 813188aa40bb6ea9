"""Who has not answered what is obligatory now, in all categories of an edition or in one."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.utils.timezone import localdate
from django.utils.translation import get_language

from forum.models import Forum, Message
from registration.engine.questions.sheet import Item, said
from registration.enums import UNDER_WAY
from registration.models import Category, Registration
from registration.queries.owing import owing
from registration.queries.questions import asked_of, gather

LETTERS = ("registration.questions", "registration.questions_reminder")
"""What asks for answers: at most one of them a day."""


def asking(forum: Forum, code: str = "") -> list[Category]:
    """Categories that ask something; one of them by its code."""
    found = Category.objects.filter(forum=forum, form__isnull=False)
    return list(found.filter(code=code) if code else found)


def missing_answers(categories: Iterable[Category]) -> Iterator[tuple[Registration, list[Item]]]:
    """People by category and name, each with the questions they still have to answer."""
    for category in categories:
        yield from owing(category)


def written_today(forum: Forum) -> set[str]:
    """References of those who have been written to about their answers since midnight by the forum's clock."""
    zone = ZoneInfo(forum.timezone)
    letters = Message.objects.filter(
        forum=forum,
        reason__in=LETTERS,
        subject_kind="registration",
        created_at__gte=datetime.combine(localdate(timezone=zone), time(), zone),
    )
    return set(letters.values_list("subject_id", flat=True))


def can_be_reminded(registration: Registration, written: set[str]) -> bool:
    """An address, and no letter today."""
    return bool(registration.person.email) and registration.ref not in written


def missing_cells(registrations: Sequence[Registration]) -> dict[int, str]:
    """Key -> what is still to be answered, for a column of a table."""
    alive = [one for one in registrations if one.state in UNDER_WAY and not one.person.processing_stopped_at]
    gather(alive)
    return {one.pk: labels(asked.owed) for one in alive if (asked := asked_of(one))}


def labels(items: Iterable[Item]) -> str:
    """Questions in the reader's language."""
    return "; ".join(said(item.label, get_language() or "ru") or item.code for item in items)
