"""What the card of one application says about places."""

from typing import Any

from django.http import HttpRequest
from django.utils.timezone import now

from agenda.queries.bookables import bookable_of_pool
from agenda.queries.my_places import my_places
from forum.registry import Panel
from registration.enums import ClaimState, PoolKind, RegistrationState
from registration.models import Claim, Registration


def places_context(request: HttpRequest, registration: Registration) -> dict[str, Any]:
    """The way to one's agenda and visits for confirmed people, and what is kept for them."""
    if registration.state != RegistrationState.CONFIRMED or not registration.forum.programme_public:
        return {"shown": False}
    ours = Claim.objects.filter(
        person_id=registration.person_id, state=ClaimState.OFFERED, pool__kind__in=[PoolKind.SEATS, PoolKind.VISIT]
    )
    places = [place for claim in ours.select_related("pool") if (place := bookable_of_pool(claim.pool))]
    return {"shown": True, "offered": my_places(registration, places, at=now())}


MY = Panel("places", "agenda/my/panel.html", 50, "", places_context)
