"""Who can stand on the list with document data for a plant, who cannot and why, and what became of lists that were made."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Max, QuerySet

from agenda.models import PlantList, VisitSlot
from agenda.queries.bookables import Bookable
from agenda.queries.plant_consents import agreed_with
from agenda.queries.visitors import visitors
from forum.models import Organisation
from forum.queries.files import content_of
from registration.enums import ConsentPurpose, DocumentField
from registration.models import IdentityDocument, Registration
from registration.queries.consents import agreed
from registration.queries.documents import lacking_columns, suspects

REMINDER = "agenda.plant_data"
"""The letter that asks for what a plant's list still lacks."""


class Gap(StrEnum):
    """Why somebody cannot stand on the list."""

    PLANT_CONSENT = "plant_consent"
    DOCUMENT_CONSENT = "document_consent"
    NO_DOCUMENT = "no_document"
    INCOMPLETE = "incomplete"
    SUSPECT = "suspect"


OWN = frozenset(Gap) - {Gap.SUSPECT}
"""What the person can mend."""


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A visitor with whatever is known of the document; `gaps` empty: stands on the list."""

    registration: Registration
    document: IdentityDocument | None
    gaps: Sequence[Gap]
    columns: Sequence[str]

    @property
    def version(self) -> int:
        """Of the document; changes with each of its changes."""
        return self.document.version if self.document else 0


@dataclass(frozen=True, kw_only=True)
class PlantState:
    """Everybody who goes, told apart."""

    fields: frozenset[DocumentField]
    ready: Sequence[Listed]
    missing: Sequence[Listed]


def host_of(place: Bookable) -> Organisation:
    """The plant of a run."""
    return _slot(place).programme.host


def _slot(place: Bookable) -> VisitSlot:
    if place.slot is None:
        raise ValueError("only a run of a visit has a list for the plant")
    return place.slot


def fields_of_plant(place: Bookable) -> frozenset[DocumentField]:
    """What this plant needs of a document; nothing for a museum."""
    return frozenset(DocumentField(field) for field in _slot(place).programme.needed_fields)


def plant_state(place: Bookable) -> PlantState:
    """By name. Constant queries; no value of a document is opened."""
    people, fields = list(visitors(place)), fields_of_plant(place)
    rows = IdentityDocument.objects.filter(registration__in=people, erased_at=None)
    documents = {row.registration_id: row for row in rows}
    to_plant = agreed_with(_slot(place).programme) or set()
    to_us = _agreed_to_us(people)
    doubted = set(suspects(place.forum).filter(registration__in=people).values_list("registration_id", flat=True))
    found = []
    for one in people:
        document = documents.get(one.pk)
        columns = lacking_columns(one, document, fields)
        gaps = _gaps(one, document, columns, to_plant=to_plant, to_us=to_us, doubted=doubted)
        found.append(Listed(registration=one, document=document, gaps=gaps, columns=columns))
    return PlantState(
        fields=fields, ready=[one for one in found if not one.gaps], missing=[one for one in found if one.gaps]
    )


def _agreed_to_us(people: Sequence[Registration]) -> set[int]:
    rows = agreed(ConsentPurpose.DOCUMENT).filter(person__in=[one.person_id for one in people])
    return set(rows.values_list("person_id", flat=True))


def _gaps(
    one: Registration,
    document: IdentityDocument | None,
    columns: Sequence[str],
    *,
    to_plant: set[int],
    to_us: set[int],
    doubted: set[int],
) -> list[Gap]:
    found = {
        Gap.PLANT_CONSENT: one.person_id not in to_plant,
        Gap.DOCUMENT_CONSENT: one.person_id not in to_us,
        Gap.NO_DOCUMENT: document is None,
        Gap.INCOMPLETE: document is not None and bool(columns),
        Gap.SUSPECT: one.pk in doubted,
    }
    return [gap for gap, is_there in found.items() if is_there]


# --- lists that were made ----------------------------------------------------------------------------------------------------
def next_number(place: Bookable) -> int:
    """Of the next list of the run."""
    last = PlantList.objects.filter(slot=_slot(place)).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def lists_of(place: Bookable) -> QuerySet[PlantList]:
    """Newest first."""
    return PlantList.objects.filter(slot=_slot(place)).select_related("made_by", "file", "slot__programme__host")


def seal_of(made: PlantList) -> str:
    """The place for which the file is sealed."""
    return f"agenda_plantlist.file:{made.public_id}"


def content_of_list(made: PlantList) -> bytes:
    """The opened file. Raises `FileNotFoundError` when there is none any more."""
    if made.file is None:
        raise FileNotFoundError
    return content_of(made.file, sealed_for=seal_of(made))


@dataclass(frozen=True, kw_only=True)
class Since:
    """How the run has changed since its last list."""

    number: int
    new: Sequence[Registration]
    changed: Sequence[Registration]
    left: Sequence[Registration]

    @property
    def is_same(self) -> bool:
        """Nothing has to be handed over again."""
        return not (self.new or self.changed or self.left)


def since_last(place: Bookable, state: PlantState) -> Since | None:
    """None before the first list."""
    last = lists_of(place).first()
    if last is None:
        return None
    entries = {one.registration_id: one for one in last.entries.select_related("registration__person")}
    ready = {one.registration.pk: one for one in state.ready}
    return Since(
        number=last.number,
        new=[one.registration for pk, one in ready.items() if pk not in entries],
        changed=[
            one.registration
            for pk, one in ready.items()
            if pk in entries and entries[pk].document_version != one.version
        ],
        left=[one.registration for pk, one in entries.items() if pk not in ready],
    )
