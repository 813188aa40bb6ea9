"""Where one delegate stands with each place: theirs, offered, in line, free, or why not. Constant queries for any number."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from agenda.engine.eligibility import Reason, VisitTerms
from agenda.enums import Refusal
from agenda.queries.bookables import Bookable
from agenda.queries.eligibility import Ground, ground_of, occupied_rows, reasons_against, terms_of
from agenda.queries.reasons import Words, in_words
from registration.enums import ClaimState
from registration.models import Claim, Registration


@dataclass(frozen=True, kw_only=True)
class MyPlace:
    """`words` say what stands against it; `in_line` is how many wait, `position` where this person stands among them."""

    place: Bookable
    registration: Registration
    claim: Claim | None
    reasons: Sequence[Reason]
    words: Sequence[Words]
    in_line: int
    position: int = 0
    terms: VisitTerms | None = None

    @property
    def state(self) -> str:
        """`held`, `offered`, `waiting`, or how it could be had: `free`, `full`, `refused`."""
        if self.claim:
            return str(self.claim.state)
        if any(reason.code != Refusal.BIRTH_DATE_MISSING for reason in self.reasons):
            return "refused"
        return "free" if self.place.pool.left and not self.in_line else "full"

    @property
    def asks_birth_date(self) -> bool:
        """Not known yet, and the plant has to know the age."""
        return any(reason.code == Refusal.BIRTH_DATE_MISSING for reason in self.reasons)


def my_places(registration: Registration, places: Sequence[Bookable], *, at: datetime) -> list[MyPlace]:
    """One for each of `places`, in their order."""
    if not places:
        return []
    pools = [place.pool.pk for place in places]
    claims = {claim.pool_id: claim for claim in _claims(registration, pools)}
    lines = dict(
        Claim.objects.filter(pool__in=pools, state=ClaimState.WAITING)
        .values_list("pool_id")
        .annotate(waiting=Count("pk"))
        .order_by()
    )
    positions = _positions(claims.values())
    ground, rows = ground_of(places[0].forum), occupied_rows(registration.person)
    return [
        _my_place(
            place,
            registration=registration,
            claim=claims.get(place.pool.pk),
            in_line=lines.get(place.pool.pk, 0),
            positions=positions,
            reasons=reasons_against(place, registration=registration, ground=ground, rows=rows, at=at),
            ground=ground,
        )
        for place in places
    ]


def _claims(registration: Registration, pools: Sequence[int]) -> Sequence[Claim]:
    rows = Claim.objects.live().filter(person_id=registration.person_id, pool__in=pools)
    return list(rows.select_related("visit_booking"))


def _positions(claims: Iterable[Claim]) -> dict[int, int]:
    """Claim -> its place in line, counted from 1; one query over the lines this person stands in."""
    waiting = [claim for claim in claims if claim.state == ClaimState.WAITING]
    if not waiting:
        return {}
    lines: dict[int, list[int]] = {}
    rows = Claim.objects.filter(pool__in=[claim.pool_id for claim in waiting]).in_line()
    for pk, pool in rows.values_list("pk", "pool_id"):
        lines.setdefault(pool, []).append(pk)
    return {claim.pk: lines[claim.pool_id].index(claim.pk) + 1 for claim in waiting if claim.pk in lines[claim.pool_id]}


def _my_place(
    place: Bookable,
    *,
    registration: Registration,
    claim: Claim | None,
    in_line: int,
    positions: dict[int, int],
    reasons: Sequence[Reason],
    ground: Ground,
) -> MyPlace:
    return MyPlace(
        place=place,
        registration=registration,
        claim=claim,
        reasons=reasons,
        words=[in_words(reason, forum=place.forum) for reason in reasons],
        in_line=in_line,
        position=positions.get(claim.pk, 0) if claim else 0,
        terms=terms_of(place.slot, person=registration.person, ground=ground) if place.slot else None,
    )
