"""Handing data of documents out in a list: opened for those who are on it, and written down for each of them."""

from collections.abc import Iterable, Sequence

from django.db import transaction

from forum.actions.audit import record
from forum.models import Account
from registration.engine.documents.answers import COLUMNS
from registration.enums import DocumentField
from registration.models import IdentityDocument, Registration
from registration.queries.documents import LISTED, values_of


def opened(
    registration: Registration, document: IdentityDocument | None, fields: Iterable[DocumentField]
) -> dict[str, str]:
    """What of `fields` is there, by column. Whoever opens it for a list calls `note_handed_out` before anything is shown."""
    wanted = frozenset(fields)
    columns = [column for field, own in COLUMNS.items() if field in wanted for column in own]
    found = values_of(document, columns) if document else {}
    born = registration.person.birth_date
    return found | ({"birth_date": born.isoformat()} if DocumentField.BIRTH_DATE in wanted and born else {})


@transaction.atomic
def note_handed_out(
    registrations: Sequence[Registration], *, fields: Iterable[DocumentField], to: str, reason: str, by: Account
) -> None:
    """In the log of each person: which fields, to whom, why, by whom. `to` is the receiver's short name for addresses."""
    names = [field.value for field in fields]
    for one in registrations:
        on = ("registration", one.ref)
        record(LISTED, on=on, forum=one.forum, by=by, changed=names, reason=reason, receiver=to)
