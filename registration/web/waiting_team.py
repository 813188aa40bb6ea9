"""The waiting list said to an officer."""

from django.utils.translation import gettext as _

from registration.models import Registration
from registration.queries.line import InLine
from registration.queries.quotas import name_of_pool


def why_waiting(registration: Registration, waits: InLine | None) -> str:
    """To an officer: why this person has no place yet, that is, which limit is full (complaint CAP-4)."""
    if waits is None:
        return ""
    if not waits.moves:
        return _("The waiting list has stopped: registration is closed.")
    if waits.is_offered:
        return _("Offered, no answer yet.")
    category = registration.category
    limits = [
        _("%(name)s: %(taken)s of %(places)s")
        % {"name": name_of_pool(s.pool, category=category), "taken": s.pool.taken, "places": s.pool.places}
        for s in waits.standings
    ]
    free = any(standing.pool.left for standing in waits.standings)
    reason = _("A place is free and is offered to those ahead first.") if free else _("No place is free.")
    return " ".join([reason, ", ".join(limits)])
