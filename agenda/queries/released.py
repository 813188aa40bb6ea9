"""When and where released sessions take place, as bookings need it. The draft is of no account here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from agenda.enums import SessionKind, VenueMode
from agenda.models import Release, TravelTime, Venue
from forum.models import Forum

TAKES_NO_TIME = frozenset({SessionKind.SERVICE})
"""Meals and registration overlap whatever they like."""


@dataclass(frozen=True, kw_only=True)
class ReleasedSession:
    """A session of the newest release. `venue` is where one has to be; None for online rooms and remote studios."""

    slug: str
    title: Mapping[str, str]
    kind: str
    admission: str
    hall: Mapping[str, str]
    venue: int | None
    starts: datetime
    ends: datetime


@dataclass(frozen=True, kw_only=True)
class Released:
    """The newest release; number 0 and nothing in it before the first one."""

    number: int
    sessions: Mapping[str, ReleasedSession]


def released(forum: Forum) -> Released:
    """Two queries, whatever the size of the programme."""
    release = Release.objects.filter(forum=forum).order_by("-number").first()
    return as_released(release, forum=forum) if release else Released(number=0, sessions={})


def as_released(release: Release, *, forum: Forum) -> Released:
    """One release as bookings need it; one query."""
    venues = dict(Venue.objects.filter(forum=forum, mode=VenueMode.ONSITE).values_list("slug", "pk"))
    snapshot = release.snapshot
    return Released(
        number=release.number,
        sessions={
            facts["slug"]: ReleasedSession(
                slug=facts["slug"],
                title=facts["title"],
                kind=facts["kind"],
                admission=facts["admission"],
                hall=snapshot["halls"][facts["hall"]]["name"],
                venue=venues.get(facts["hall"].partition("/")[0]),
                starts=datetime.fromisoformat(facts["starts"]),
                ends=datetime.fromisoformat(facts["ends"]),
            )
            for facts in snapshot["sessions"]
        },
    )


def newest_number(forum: Forum) -> int:
    """The number of the newest release; 0 before the first one."""
    return Release.objects.filter(forum=forum).order_by("-number").values_list("number", flat=True).first() or 0


def travel_times(forum: Forum) -> dict[tuple[int, int], int]:
    """Minutes between venues, under both orders; one query."""
    rows = list(TravelTime.objects.filter(one__forum=forum).values_list("one_id", "other_id", "minutes"))
    return {(a, b): minutes for one, other, minutes in rows for a, b in ((one, other), (other, one))}
