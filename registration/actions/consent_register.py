"""What leaves the register of consents is written down."""

from django.db import transaction

from forum.actions.audit import record
from forum.models import Account, Forum


@transaction.atomic
def note_export(forum: Forum, *, kind: str, rows: int, reason: str, by: Account) -> None:
    """That somebody took a copy of the register out, how large, and why; the copy itself is not kept."""
    record("consents.exported", on=("forum", forum.slug), forum=forum, by=by, reason=reason, format=kind, rows=rows)
