"""Who may take the place of a delegate who cannot come."""

from django.db.models import QuerySet

from registration.enums import MOVES, RegistrationState
from registration.models import Registration

READY = tuple(state for state, moves in MOVES.items() if RegistrationState.APPROVED in moves)
"""A substitute has applied themselves, with a consent of their own, and holds no place yet."""


def can_be_replaced(registration: Registration) -> bool:
    """Only a confirmed place changes hands; before that the person withdraws and the next in line is served."""
    return RegistrationState.REPLACED in MOVES[RegistrationState(registration.state)]


def substitutes_for(registration: Registration, *, among: QuerySet[Registration]) -> QuerySet[Registration]:
    """Applications of the same category and delegation that hold no place yet, by name; of those whom one may see."""
    rows = among.filter(
        forum_id=registration.forum_id,
        category_id=registration.category_id,
        delegation=registration.delegation,
        state__in=READY,
    )
    return rows.exclude(pk=registration.pk).order_by("person__sort_key", "pk")
