"""What a new release does to places in its sessions: booked times follow, places in what is gone are given back.

A release that would put people into two places at once is refused: moving them is for people to decide. Locks as
everywhere: persons by key, pools by key, then occupied time. A booking checks under the pool's lock that the release
it has read is still the newest, so none slips in with the old time.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agenda.actions.bookings import end_claim
from agenda.actions.occupying import CONSTRAINT, rows_of
from agenda.actions.place_letters import tell_of_new_time, tell_of_taking_back
from agenda.engine.eligibility import Travel, gap_between
from agenda.enums import Admission, BookingState
from agenda.models import OccupiedTime, Release, Session
from agenda.queries.bookables import Bookable, of_session
from agenda.queries.eligibility import name_of_time, stretch_of
from agenda.queries.released import ReleasedSession, as_released, travel_times
from forum.actions.audit import record
from forum.errors import DomainError
from forum.models import Account
from registration.enums import ClaimState, RegistrationState
from registration.models import Claim, Person, Pool, Registration


def follow_release(before: Release, after: Release, *, by: Account | None) -> None:
    """Part of publishing; the caller owns the transaction and holds the rows of the edition and its sessions."""
    old, new = (as_released(release, forum=after.forum) for release in (before, after))
    sessions = Session.objects.filter(forum=after.forum, pool__isnull=False).select_related("pool")
    pairs = [
        (
            of_session(session, session.pool, old.sessions[session.slug], forum=after.forum, release=old.number),
            _of_new(session, session.pool, new.sessions.get(session.slug), after=after),
        )
        for session in sessions
        if session.pool and session.slug in old.sessions
    ]
    changed = [(was, now) for was, now in pairs if now is None or _differs(was, now)]
    claims = _locked_claims([was.pool for was, _now in changed])
    registrations = _registrations(claims)
    for was, now in changed:
        mine = [claim for claim in claims if claim.pool_id == was.pool.pk]
        if now is None:
            _close(was, mine, registrations, by=by)
        else:
            _follow(was, now, mine, registrations)
    _refuse_displaced(claims, travel=travel_times(after.forum))


def _of_new(session: Session, pool: Pool, known: ReleasedSession | None, *, after: Release) -> Bookable | None:
    """None for a session that is gone or has no limited places any more."""
    if known is None or known.admission != Admission.SEAT_BOOKING:
        return None
    return of_session(session, pool, known, forum=after.forum, release=after.number)


def _differs(was: Bookable, now: Bookable) -> bool:
    return (was.stretches, was.hall) != (now.stretches, now.hall)


def _locked_claims(pools: Sequence[Pool]) -> list[Claim]:
    """Live claims of `pools` under the locks of their persons and pools.

    Raises `DomainError("release.busy")` when somebody new came in between the two locks: publishing again will do.
    """
    live = Claim.objects.live().filter(pool__in=pools)
    persons = set(live.values_list("person_id", flat=True))
    list(Person.objects.select_for_update().filter(pk__in=persons).order_by("pk").values_list("pk"))
    list(Pool.objects.select_for_update().filter(pk__in=[pool.pk for pool in pools]).order_by("pk").values_list("pk"))
    claims = list(live.select_related("pool", "person").order_by("pool_id", "pk"))
    if not {claim.person_id for claim in claims} <= persons:
        raise DomainError("release.busy", _("Somebody booked a place at this very moment. Publish once more."))
    return claims


def _registrations(claims: Iterable[Claim]) -> dict[int, Registration]:
    """By person; those who are confirmed."""
    persons = {claim.person_id for claim in claims}
    rows = Registration.objects.filter(person__in=persons, state=RegistrationState.CONFIRMED)
    return {row.person_id: row for row in rows.select_related("forum", "person")}


def _close(place: Bookable, claims: list[Claim], registrations: dict[int, Registration], *, by: Account | None) -> None:
    for claim in claims:
        was = claim.state
        end_claim(claim, BookingState.CANCELLED_BY_ORGANISER)
        if registration := registrations.get(claim.person_id):
            on = ("registration", registration.ref)
            record("place.taken_back", on=on, forum=place.forum, by=by, place=place.key, was=was)
            tell_of_taking_back(place, registration, claim, held=was == ClaimState.HELD)


def _follow(was: Bookable, place: Bookable, claims: list[Claim], registrations: dict[int, Registration]) -> None:
    """New rows for the old ones. Two sessions may change places, so the constraint waits for the end."""
    held = [claim for claim in claims if claim.state == ClaimState.HELD]
    overridden = set(OccupiedTime.objects.filter(claim__in=held, overridden=True).values_list("claim_id", flat=True))
    _constraint("DEFERRED")
    OccupiedTime.objects.filter(claim__in=held).delete()
    for claim in held:
        if place.takes_time:
            OccupiedTime.objects.bulk_create(rows_of(place.stretches, claim, overridden=claim.pk in overridden))
        if registration := registrations.get(claim.person_id):
            tell_of_new_time(was, place, registration, claim)


def _constraint(when: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS {CONSTRAINT} {when}")


def _refuse_displaced(claims: list[Claim], *, travel: Travel) -> None:
    """Count, for each pair of things, the people who could not be at both; then let the constraint have its say."""
    rows = OccupiedTime.objects.filter(person__in={claim.person_id for claim in claims}, overridden=False)
    rows = rows.select_related("claim__pool__session", "claim__pool__visit_slot__programme")
    pairs: Counter[tuple[str, str]] = Counter()
    for _person, own in groupby(rows.order_by("person_id", "during"), key=lambda row: row.person_id):
        pairs.update(_impossible(list(own), travel=travel))
    if pairs:
        message = _("The programme cannot be published yet. Choose another time, or take these places back first.")
        raise DomainError("release.displaces", "\n".join([message, *map(_sentence, pairs.items())]))
    _constraint("IMMEDIATE")


def _impossible(own: list[OccupiedTime], *, travel: Travel) -> Iterable[tuple[str, str]]:
    for first, second in pairwise(own):
        gap = gap_between(stretch_of(first), stretch_of(second), travel=travel)
        if gap.minutes < gap.needed and first.claim_id != second.claim_id:
            yield name_of_time(first), name_of_time(second)


def _sentence(pair: tuple[tuple[str, str], int]) -> str:
    (first, second), people = pair
    return ngettext(
        "“%(first)s” and “%(second)s”: %(people)s person has a place in both.",
        "“%(first)s” and “%(second)s”: %(people)s people have a place in both.",
        people,
    ) % {"first": first, "second": second, "people": people}
