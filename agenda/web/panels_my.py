"""What the card of one application says about places."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.timezone import now

from agenda.queries.bookables import bookable_of_pool
from agenda.queries.my_places import my_places
from forum.registry import Panel
from registration.enums import ClaimState, PoolKind, RegistrationState
from registration.models import Claim, Registration


def places_contexts(request: HttpRequest, registrations: Sequence[Registration]) -> dict[int, dict[str, Any]]:
    """The way to one's agenda and visits for confirmed people, and what is kept for them; one query for all of them."""
    offers: dict[int, list[Claim]] = defaultdict(list)
    kinds = [PoolKind.SEATS, PoolKind.VISIT]
    people = [registration.person_id for registration in registrations]
    for claim in Claim.objects.filter(person__in=people, state=ClaimState.OFFERED, pool__kind__in=kinds).select_related(
        "pool"
    ):
        offers[claim.person_id].append(claim)
    return {registration.pk: _context(registration, offers[registration.person_id]) for registration in registrations}


def _context(registration: Registration, offers: Iterable[Claim]) -> dict[str, Any]:
    """Offers are few and end within a day: they are looked at one by one."""
    if registration.state != RegistrationState.CONFIRMED or not registration.forum.programme_public:
        return {"shown": False}
    places = [place for claim in offers if (place := bookable_of_pool(claim.pool))]
    return {"shown": True, "offered": my_places(registration, places, at=now()) if places else []}


MY = Panel("places", "agenda/my/panel.html", 50, "", places_contexts)
