"""What the programme tells in a table of people."""

from collections import defaultdict
from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from agenda.models import VisitBooking
from forum.registry import ExportColumn
from registration.enums import ClaimState, PoolKind
from registration.models import Claim, Registration

PROGRAMME = _("Programme")
GOES = (ClaimState.HELD, ClaimState.OFFERED)


def visits(registrations: Sequence[Registration]) -> dict[int, str]:
    """Plant and day of each visit with a place. One query."""
    rows = VisitBooking.objects.filter(registration__in=registrations, claim__state__in=GOES)
    told = defaultdict(list)
    for booking in rows.select_related("slot__programme").order_by("slot__day", "pk"):
        day = date_format(booking.slot.day, "SHORT_DATE_FORMAT")
        told[booking.registration_id].append(f"{booking.slot.programme.title}, {day}")
    return {pk: "; ".join(lines) for pk, lines in told.items()}


def seats(registrations: Sequence[Registration]) -> dict[int, str]:
    """Sessions with a seat. One query."""
    by_person = {one.person_id: one.pk for one in registrations}
    rows = Claim.objects.filter(person__in=by_person, pool__kind=PoolKind.SEATS, state__in=GOES)
    told = defaultdict(list)
    for claim in rows.select_related("pool__session").order_by("pool__session__period", "pk"):
        told[by_person[claim.person_id]].append(claim.pool.session.title)
    return {pk: "; ".join(lines) for pk, lines in told.items()}


SEE = "registration.view_people"
COLUMNS = (
    ExportColumn("visits", PROGRAMME, _("Plant visits"), visits, SEE, 40),
    ExportColumn("seats", PROGRAMME, _("Sessions with a seat"), seats, SEE, 50),
)
