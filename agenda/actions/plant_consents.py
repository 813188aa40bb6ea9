"""Whoever takes back the consent to a plant goes there no more: places and wishes to film end, the proof stays."""

from typing import Any

from django.utils.timezone import localdate

from agenda.actions.bookings import end_claim
from agenda.actions.filming import end_wish
from agenda.enums import FILMING_LIVE, BookingState
from agenda.models import FilmingWish
from forum.actions.audit import record
from forum.models import Account, Organisation
from registration.models import Claim, Registration


def leave_plant(registration: Registration, *, receiver: Organisation, by: Account | None) -> int:
    """Free every place in visits to `receiver` that are still to come, and end the wishes to film there.

    Part of the withdrawal, whose locks the caller holds. That the plant has to be told is written down there, too.
    """
    claims = Claim.objects.live().filter(
        person=registration.person_id,
        pool__visit_slot__programme__host=receiver,
        pool__visit_slot__day__gte=localdate(),
    )
    ended = list(claims.select_related("pool").order_by("pool_id"))
    for claim in ended:
        end_claim(claim, BookingState.CONSENT_WITHDRAWN)
    wishes = FilmingWish.objects.select_for_update(of=("self",)).filter(
        registration=registration, programme__host=receiver, state__in=FILMING_LIVE
    )
    gone = [end_wish(wish, tell=False) for wish in wishes.select_related("programme").order_by("pk")]
    if ended or gone:
        on = ("registration", registration.ref)
        facts: dict[str, Any] = {"plant": receiver.slug, "places": len(ended), "wishes": len(gone)}
        record("place.consent_withdrawn", on=on, forum=registration.forum, by=by, as_applicant=True, **facts)
    return len(ended)
