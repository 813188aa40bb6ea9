"""Decisions about many: which may be seen, what became of the applications, until when they can be taken back."""

from datetime import datetime, timedelta

from django.db.models import Count, QuerySet
from django.utils.timezone import now

from forum.enums import Role
from forum.queries.access import User, has_role
from registration.enums import LEADS_TO, MOVES, BulkOutcome, BulkUndone, MassDecision, RegistrationState
from registration.models import BulkDecision, BulkRow, Registration

UNDO_FOR = timedelta(minutes=10)
"""How long after its end a decision about many can be taken back; so long its letters wait."""
STARTS_FROM = {
    decision: frozenset(state for state, moves in MOVES.items() if to in moves) for decision, to in LEADS_TO.items()
}
"""States in which an application can be decided so."""
DECIDABLE = frozenset().union(*STARTS_FROM.values()) - {RegistrationState.DRAFT}
"""States in which something can be decided about many."""


def decidable(rows: QuerySet[Registration]) -> QuerySet[Registration]:
    """Those of `rows` that can be among many."""
    return rows.filter(state__in=DECIDABLE)


def bulks_visible_to(user: User) -> QuerySet[BulkDecision]:
    """Of the current edition, for those who review."""
    rows = BulkDecision.objects.filter(forum__is_current=True)
    rows = rows.select_related("forum", "by", "job", "undo_job", "reason")
    return rows if has_role(user, Role.ACCREDITATION_OFFICER) else rows.none()


def undo_until(bulk: BulkDecision) -> datetime | None:
    """The end of the time for undoing; None while it is at work."""
    return bulk.job.finished_at + UNDO_FOR if bulk.job and bulk.job.finished_at else None


def may_undo(bulk: BulkDecision) -> bool:
    """Whether it can be taken back now."""
    until = undo_until(bulk)
    return bulk.undo_job_id is None and until is not None and now() < until


def rows_of(bulk: BulkDecision) -> QuerySet[BulkRow]:
    """Application by application, in the order in which they were decided."""
    return bulk.rows.select_related("registration__person", "registration__category").order_by("pk")


def counts_of(bulk: BulkDecision) -> dict[str, int]:
    """By outcome and by what undoing did; every one is there."""
    rows = bulk.rows.order_by()
    done = dict(rows.values_list("outcome").annotate(Count("pk")))
    back = dict(rows.exclude(undone="").values_list("undone").annotate(Count("pk")))
    return {value: done.get(value, 0) for value in BulkOutcome.values} | {
        value: back.get(value, 0) for value in BulkUndone.values
    }


def possible(rows: QuerySet[Registration], decision: MassDecision) -> QuerySet[Registration]:
    """Those of `rows` about which this can be decided."""
    return rows.filter(state__in=STARTS_FROM[decision] - {RegistrationState.DRAFT})


def counts_possible(rows: QuerySet[Registration]) -> dict[MassDecision, int]:
    """How many of `rows` each decision is for; one query."""
    by_state = dict(rows.order_by().values_list("state").annotate(Count("pk")))
    return {
        decision: sum(number for state, number in by_state.items() if state in STARTS_FROM[decision])
        for decision in MassDecision
    }
