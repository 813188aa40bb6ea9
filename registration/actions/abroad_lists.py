"""That a list left for an organisation abroad: who stands on it, who took it."""

from collections.abc import Sequence

from django.db import transaction

from forum.actions.audit import record
from forum.models import Account, Forum, Organisation
from registration.actions.disclosures import note_handed
from registration.enums import ConsentPurpose
from registration.models import Registration


@transaction.atomic
def hand_list_abroad(forum: Forum, *, people: Sequence[Registration], receiver: Organisation, by: Account) -> None:
    """Into the log; the list itself is not kept."""
    note_handed(people, receiver=receiver, purpose=ConsentPurpose.ABROAD)
    on = ("organisation", receiver.slug)
    record("abroad.list_made", on=on, forum=forum, by=by, format="xlsx", people=len(people))
