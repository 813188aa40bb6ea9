"""The print desk: which badges are new, stale or printed, and the batches."""

from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextChoices,
    Value,
    When,
)
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from badges.enums import CredentialState, PointKind
from badges.models import BadgeFile, Credential, PrintBatch, PrintRecord, Scan
from badges.queries.facts import holding_badges, with_facts
from badges.queries.rows import PrintRow
from forum.enums import JobState, Role
from forum.models import Forum
from forum.queries.access import User, has_role
from forum.queries.kept import PRINTS

UNFINISHED = (JobState.QUEUED, JobState.RUNNING)


class PrintState(TextChoices):
    """A badge on its way to paper. `flagged`: it must not be printed before somebody corrects it."""

    NEW = "new", pgettext_lazy("badge", "New")
    STALE = "stale", _("Out of date")
    PRINTED = "printed", pgettext_lazy("badge", "Printed")
    FLAGGED = "flagged", _("Cannot be printed")


TO_PRINT = (PrintState.NEW, PrintState.STALE)


@dataclass(frozen=True, kw_only=True)
class PrintFilter:
    """How the desk's list is narrowed; every value may be empty. `state` empty means all that has to be printed."""

    state: str = ""
    category: str = ""
    delegation: str = ""


def badges_to_print(user: User, *, forum: Forum) -> QuerySet[PrintRow]:
    """Everybody with a live credential: `credential_pk`, `print_state`, `facts_hash`, by delegation and name."""
    if not has_role(user, Role.ACCREDITATION_OFFICER):
        return print_queue(forum).none()
    return print_queue(forum)


def print_queue(forum: Forum) -> QuerySet[PrintRow]:
    """The same for the worker, which has no user."""
    live = Credential.objects.filter(registration=OuterRef("pk"), state=CredentialState.LIVE)
    printed = PrintRecord.objects.filter(credential=OuterRef("credential_pk")).order_by("-pk")
    flagged = BadgeFile.objects.filter(
        credential=OuterRef("credential_pk"), facts_hash=OuterRef("facts_hash"), file__isnull=True, erased_at=None
    )
    return (
        with_facts(holding_badges(forum))
        .annotate(credential_pk=Subquery(live.values("pk")[:1]))
        .filter(credential_pk__isnull=False)
        .annotate(printed_hash=Subquery(printed.values("facts_hash")[:1]))
        .annotate(
            print_state=Case(
                When(Exists(flagged), then=Value(PrintState.FLAGGED)),
                When(printed_hash__isnull=True, then=Value(PrintState.NEW)),
                When(~Q(printed_hash=F("facts_hash")), then=Value(PrintState.STALE)),
                default=Value(PrintState.PRINTED),
                output_field=CharField(),
            )
        )
        .order_by("delegation__region__name_ru", "person__sort_key", "pk")
    )


def narrowed(rows: QuerySet[PrintRow], by: PrintFilter) -> QuerySet[PrintRow]:
    """`rows` of `print_queue` that the filter lets through."""
    rows = rows.filter(print_state=by.state) if by.state else rows.filter(print_state__in=TO_PRINT)
    if by.category:
        rows = rows.filter(category__code=by.category)
    if by.delegation:
        rows = rows.filter(delegation__region__code=by.delegation)
    return rows


def print_counts(forum: Forum) -> dict[str, int]:
    """How many badges are in each state; every state is there."""
    counted = dict(print_queue(forum).order_by().values_list("print_state").annotate(Count("pk")))
    return {state.value: counted.get(state.value, 0) for state in PrintState}


def waiting_for_print(forum: Forum) -> int:
    """New and stale badges: the number beside the room's name."""
    return PRINTS.kept("waiting", forum.pk, build=lambda: _waiting(forum), if_=lambda number: True)


def _waiting(forum: Forum) -> int:
    counts = print_counts(forum)
    return sum(counts[state] for state in TO_PRINT)


def handed_over(forum: Forum) -> int:
    """People who got their badge at a badge desk."""
    at_desk = Scan.objects.filter(point__forum=forum, point__kind=PointKind.BADGE_ISSUE, counts=True)
    return at_desk.aggregate(people=Count("registration", distinct=True))["people"]


def batches(forum: Forum) -> QuerySet[PrintBatch]:
    """Print batches, the newest first, with their work and the number of badges on paper."""
    rows = PrintBatch.objects.filter(forum=forum).select_related("job", "job__owner", "job__result")
    return rows.annotate(printed=Count("records"))


def being_printed(forum: Forum) -> set[int]:
    """Credentials in batches that are not finished: nobody prints them a second time meanwhile."""
    params: list[dict[str, Any]] = list(
        PrintBatch.objects.filter(forum=forum, job__state__in=UNFINISHED).values_list("job__params", flat=True)
    )
    return {pk for one in params for pk in one.get("credentials", [])}
