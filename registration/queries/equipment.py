"""What people bring: their own list, what the officers see of it, the list for the gate, by outlet."""

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet

from forum.enums import Role
from forum.models import Forum
from forum.queries.access import User, has_role
from registration.enums import HOLDS_PLACE, RegistrationState
from registration.models import Equipment, Registration

S = RegistrationState
OPEN = frozenset({S.SUBMITTED, S.NEEDS_CHANGES, S.WAITLISTED, S.APPROVED, S.CONFIRMED})
"""While an application may still become or is a participation, its list may be changed."""


def is_asked(registration: Registration) -> bool:
    """Whether this person lists equipment: the category says so, and the application is on its way."""
    return registration.category.lists_equipment and registration.state in OPEN


def equipment_of(registration: Registration) -> list[Equipment]:
    """In the order in which it was written down."""
    return list(Equipment.objects.filter(registration=registration))


def equipment_for_gate(user: User, *, forum: Forum) -> QuerySet[Equipment]:
    """Of everybody who has a place, by outlet and person; nobody is named whose consent is withdrawn."""
    rows = Equipment.objects.filter(registration__forum=forum, registration__state__in=HOLDS_PLACE)
    rows = rows.filter(registration__person__processing_stopped_at=None)
    rows = rows.select_related("registration__person", "registration__sent_by", "registration__category")
    rows = rows.order_by("registration__sent_by__slug", "registration__organisation", "registration_id", "pk")
    return rows if has_role(user, Role.ACCREDITATION_OFFICER) else rows.none()


def outlet_of(registration: Registration) -> str:
    """Who sends the person: the organisation whose quota it is, else the one that was typed."""
    return str(registration.sent_by) if registration.sent_by_id else registration.organisation


def line_of(one: Equipment) -> str:
    """“Video camera Sony FX6, № 12345” or “3 × Microphone Rode”."""
    words = f"{one.get_kind_display()} {one.model}"
    if one.serial:
        return f"{words}, № {one.serial}"
    return f"{one.count} × {words}" if one.count > 1 else words


def equipment_cells(registrations: Sequence[Registration]) -> dict[int, str]:
    """The cell of a table of people; one query for a batch. Hidden with the name where the consent is withdrawn."""
    shown = {one.pk for one in registrations if one.person.processing_stopped_at is None}
    return {pk: "; ".join(lines) for pk, lines in _lines(shown).items()}


def _lines(registrations: Iterable[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for one in Equipment.objects.filter(registration__in=list(registrations)):
        found.setdefault(one.registration_id, []).append(line_of(one))
    return found
