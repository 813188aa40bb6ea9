"""That a list with names left the system: who took it, of which run, how many lines."""

from django.db import transaction

from agenda.queries.bookables import Bookable
from forum.actions.audit import record
from forum.models import Account


@transaction.atomic
def note_list(place: Bookable, *, kind: str, people: int, by: Account) -> None:
    """Write the handing out of a list into the log; the list itself is not kept."""
    if place.slot is None:
        raise ValueError("only a run of a visit has a list for the plant")
    on = ("visit_slot", place.slot.public_id)
    record("visitors.list_made", on=on, forum=place.forum, by=by, format=kind, people=people)
