"""Making the list with document data for a plant: exactly the fields it needs, of those who have agreed, sealed, written down."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from agenda.enums import ListKind
from agenda.models import PlantList, PlantListEntry, VisitSlot
from agenda.queries.bookables import Bookable
from agenda.queries.plant_lists import (
    Listed,
    PlantState,
    content_of_list,
    host_of,
    next_number,
    plant_state,
    seal_of,
)
from forum.actions.audit import record
from forum.actions.files import give_up_file, store_sealed
from forum.errors import DomainError
from forum.models import Account, Organisation, StoredFile
from registration.actions.disclosures import lock_people, note_handed, recall
from registration.actions.document_lists import note_handed_out, opened
from registration.enums import ConsentPurpose, DocumentField
from registration.models import Registration
from registration.queries.documents import KEPT_FOR

STORED_AS = "plant_list"
TYPES = {
    ListKind.PDF: "application/pdf",
    ListKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, kw_only=True)
class PlantEntry:
    """One person as drawn: the opened values by column."""

    registration: Registration
    kind: str
    values: dict[str, str]


Draw = Callable[[Bookable, int, Sequence[DocumentField], Sequence[PlantEntry]], bytes]


def make_plant_list(
    place: Bookable, *, kind: ListKind, reason: str, draw: Draw, by: Account
) -> tuple[PlantList, bytes]:
    """The next list of the run and its bytes. It is drawn before anything is locked, and kept only if under the locks the
    same people are ready with the same documents: nobody is on it who has taken something back meanwhile.

    Raises `DomainError` where the plant needs nothing, nobody is ready, or something has changed.
    """
    state, number = plant_state(place), next_number(place)
    _refuse_empty(state)
    fields = [field for field in DocumentField if field in state.fields]
    content = draw(place, number, fields, [_entry(one, fields) for one in state.ready])
    made = _row(place, state, number=number, kind=kind, reason=reason, fields=fields, by=by)
    stored = _store(made, content)
    try:
        _keep(made, stored, place=place, state=state, fields=fields)
    except DomainError:
        give_up_file(stored)
        raise
    return made, content


def _refuse_empty(state: PlantState) -> None:
    if not state.fields:
        raise DomainError("plant_list.nothing_needed", _("This plant needs nothing of the document."))
    if not state.ready:
        raise DomainError("plant_list.nobody", _("Nobody can stand on the list yet. Below is what each still lacks."))


def _entry(one: Listed, fields: Sequence[DocumentField]) -> PlantEntry:
    values = opened(one.registration, one.document, fields)
    return PlantEntry(registration=one.registration, kind=one.document.kind if one.document else "", values=values)


def _row(
    place: Bookable,
    state: PlantState,
    *,
    number: int,
    kind: ListKind,
    reason: str,
    fields: Sequence[DocumentField],
    by: Account,
) -> PlantList:
    slot = VisitSlot.objects.select_related("programme__host").get(pool=place.pool)
    until: date = slot.day + KEPT_FOR
    return PlantList(
        slot=slot,
        number=number,
        kind=kind,
        fields=list(fields),
        people=len(state.ready),
        reason=reason,
        made_by=by,
        erase_after=until,
    )


def _store(made: PlantList, content: bytes) -> StoredFile:
    """Sealed for this list. The name says which run, and no person."""
    return store_sealed(
        content,
        sealed_for=seal_of(made),
        purpose=STORED_AS,
        name=f"list-{made.slot.programme.slug}-{made.slot.day:%Y-%m-%d}-{made.number}.{made.kind}",
        content_type=TYPES[ListKind(made.kind)],
        owner=made.made_by,
    )


@transaction.atomic(durable=True)
def _keep(
    made: PlantList, stored: StoredFile, *, place: Bookable, state: PlantState, fields: Sequence[DocumentField]
) -> None:
    lock_people(one.registration for one in state.ready)
    VisitSlot.objects.select_for_update(no_key=True).get(pk=made.slot_id)
    if _mark(plant_state(place)) != _mark(state) or next_number(place) != made.number:
        raise DomainError("plant_list.changed", _("Something has changed while the list was made. Make it once more."))
    made.file = stored
    made.save()
    PlantListEntry.objects.bulk_create(
        [PlantListEntry(list=made, registration=one.registration, document_version=one.version) for one in state.ready]
    )
    _note("visitors.documents_listed", made, reason=made.reason, by=made.made_by)
    ready, host = [one.registration for one in state.ready], host_of(place)
    note_handed_out(ready, fields=fields, to=host.slug, reason=made.reason, by=made.made_by)
    for purpose in (ConsentPurpose.PLANT_ACCESS, ConsentPurpose.DOCUMENT):
        note_handed(ready, receiver=host, purpose=purpose)


def _mark(state: PlantState) -> list[tuple[int, int]]:
    return [(one.registration.pk, one.version) for one in state.ready]


def _note(action: str, made: PlantList, *, by: Account | None, reason: str = "") -> None:
    slot = made.slot
    record(
        action,
        on=("visit_slot", slot.public_id),
        forum=slot.programme.forum,
        by=by,
        reason=reason,
        plant=slot.programme.host.slug,
        number=made.number,
        format=made.kind,
        people=made.people,
        fields=list(made.fields),
    )


@transaction.atomic
def open_plant_list(made: PlantList, *, reason: str, by: Account) -> bytes:
    """A list that was made, once more; the look stands in the log of the run and of each person, with its reason.

    Raises `FileNotFoundError` when the file has gone.
    """
    content = content_of_list(made)
    _note("visitors.documents_opened", made, reason=reason, by=by)
    people = [entry.registration for entry in made.entries.select_related("registration__forum")]
    fields = [DocumentField(field) for field in made.fields]
    note_handed_out(people, fields=fields, to=made.slot.programme.host.slug, reason=reason, by=by)
    return content


# --- what becomes of them ----------------------------------------------------------------------------------------------------
def leave_lists(
    registration: Registration, *, plant: Organisation | None = None, tell: bool, by: Account | None
) -> None:
    """What allowed the data to leave us has ended: files with this person go at once; `tell`: their plants have to be told.

    `plant`: only its lists. Part of the withdrawal, which holds the person's lock; a list that is being made waits for it.
    """
    lists = PlantList.objects.filter(entries__registration=registration)
    if plant is not None:
        lists = lists.filter(slot__programme__host=plant)
    found = list(lists.select_related("file", "slot__programme__forum", "slot__programme__host").order_by("pk"))
    for made in found:
        if made.file is not None:
            _drop_file(made, action="visitors.documents_withdrawn")
    for host in {made.slot.programme.host for made in found} if tell else ():
        recall(registration, purpose=ConsentPurpose.DOCUMENT, receiver=host, by=by)


def erase_old_lists() -> int:
    """Files whose visit is thirty days ago. Returns how many went; safe to repeat."""
    late = PlantList.objects.filter(file__isnull=False, erase_after__lt=localdate())
    return sum(_erase_late(pk) for pk in list(late.values_list("pk", flat=True)))


@transaction.atomic(durable=True)
def _erase_late(pk: int) -> bool:
    rows = PlantList.objects.select_for_update(of=("self",)).filter(pk=pk, file__isnull=False)
    made = rows.select_related("file", "slot__programme__forum", "slot__programme__host").first()
    if made is None:
        return False
    _drop_file(made, action="visitors.documents_erased")
    return True


def _drop_file(made: PlantList, *, action: str) -> None:
    stored = made.file
    PlantList.objects.filter(pk=made.pk).update(file=None)
    if stored is not None:
        give_up_file(stored)
    _note(action, made, by=None)
