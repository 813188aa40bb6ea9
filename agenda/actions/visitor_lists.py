"""That a list with names left the system: who took it, of which run, how many lines."""

from collections.abc import Sequence

from django.db import transaction

from agenda.queries.bookables import Bookable
from forum.actions.audit import record
from forum.models import Account
from registration.actions.disclosures import note_handed
from registration.enums import ConsentPurpose
from registration.models import Registration


@transaction.atomic
def note_list(place: Bookable, *, kind: str, people: Sequence[Registration], by: Account) -> None:
    """Write the handing out of a list into the log, and whose data the plant has; the list itself is not kept."""
    if place.slot is None:
        raise ValueError("only a run of a visit has a list for the plant")
    note_handed(people, receiver=place.slot.programme.host, purpose=ConsentPurpose.PLANT_ACCESS)
    on = ("visit_slot", place.slot.public_id)
    record("visitors.list_made", on=on, forum=place.forum, by=by, format=kind, people=len(people))
