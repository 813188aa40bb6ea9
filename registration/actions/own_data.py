"""That somebody looked at, or took out, everything that is held about a person."""

from django.db import transaction

from forum.actions.audit import record
from forum.models import Account
from registration.models import Registration


@transaction.atomic
def note_access(registration: Registration, *, kind: str, by: Account | None) -> None:
    """`kind` is `page`, or the ending of the file taken out."""
    action = "registration.data_read" if kind == "page" else "registration.data_taken"
    on = ("registration", registration.ref)
    record(action, on=on, forum=registration.forum, by=by, as_applicant=True, kind=kind)
