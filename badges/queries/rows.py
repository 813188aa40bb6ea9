"""Registrations and phones with what our queries add to them, by name: `with_facts`, `subjects`, `print_queue`."""

from datetime import datetime
from typing import TYPE_CHECKING, TypedDict

from badges.models import Device
from registration.models import Registration


class ZoneRow(TypedDict):
    """An area that the category opens."""

    letter: str
    colour: str
    name: str


class Facts(TypedDict):
    """What a badge says beyond the columns, and the hash of all it says. `photo_pk`: the picture that is printed."""

    zone_rows: list[ZoneRow]
    photo_pk: int | None
    facts_hash: str


class PaperFacts(Facts):
    """`paper`: the hash from which the paper in the person's hands was made."""

    paper: str | None


class SubjectFacts(PaperFacts):
    """The badge that was scanned, or the person's newest one; the last scan that counted at the point, by time, and the
    number of the last one that came in.
    """

    credential_pk: int | None
    credential_state: str | None
    last_at: datetime | None
    last_direction: str | None
    counted: int


class PrintFacts(Facts):
    """The live badge on its way to paper."""

    credential_pk: int
    printed_hash: str | None
    print_state: str


class DeviceFacts(TypedDict):
    """`holder_may`: whether who enrolled the phone still belongs to the check-in team."""

    holder_may: bool


if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    DeviceRow = WithAnnotations[Device, DeviceFacts]
    FactsRow = WithAnnotations[Registration, Facts]
    PaperRow = WithAnnotations[Registration, PaperFacts]
    SubjectRow = WithAnnotations[Registration, SubjectFacts]
    PrintRow = WithAnnotations[Registration, PrintFacts]
else:
    FactsRow = PaperRow = SubjectRow = PrintRow = Registration
    DeviceRow = Device
