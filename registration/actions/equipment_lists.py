"""That a list of equipment left the system."""

from django.db import transaction

from forum.actions.audit import record
from forum.models import Account, Forum


@transaction.atomic
def note_equipment_list(forum: Forum, *, kind: str, lines: int, by: Account) -> None:
    """Into the log; the list itself is not kept."""
    record("equipment.list_made", on=("forum", forum.slug), forum=forum, by=by, format=kind, lines=lines)
