"""What plants need of the documents of their visitors."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from agenda.models import VisitBooking
from forum.enums import Role
from forum.templatetags.times import day_text
from registration.enums import ClaimState, DocumentField
from registration.models import Registration
from registration.needs import Need, NeedSource

HAS_PLACE = (ClaimState.HELD, ClaimState.OFFERED)
"""Whoever only waits in line is asked for nothing yet."""


def visit_needs(registrations: Sequence[Registration]) -> Mapping[int, list[Need]]:
    """By application: each visit with a place whose plant needs something of the document. One query."""
    rows = VisitBooking.objects.filter(registration__in=registrations, claim__state__in=HAS_PLACE)
    rows = rows.exclude(slot__programme__needed_fields=[]).select_related("slot__programme__host").order_by("pk")
    found: dict[int, list[Need]] = defaultdict(list)
    for booking in rows:
        found[booking.registration_id].append(_need(booking))
    return found


def _need(booking: VisitBooking) -> Need:
    slot = booking.slot
    said = {"what": slot.programme.title, "plant": slot.programme.host.name, "day": day_text(slot.day)}
    return Need(
        fields=frozenset(DocumentField(field) for field in slot.programme.needed_fields),
        why=_("Visit “%(what)s” on %(day)s: the plant lets in only people on its list.") % said,
        seen_by=_("the organisers' coordinator of visits, and the security of the plant: %(plant)s") % said,
        until=slot.day,
        is_open=slot.day >= localdate(),
    )


SOURCE = NeedSource(find=visit_needs, roles=frozenset({Role.VISIT_COORDINATOR}))
