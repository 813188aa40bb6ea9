"""Places: venues and their halls."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import transaction
from django.utils.translation import gettext as _

from agenda.actions.texts import Texts, line_columns
from agenda.enums import VenueMode
from agenda.models import Hall, TravelTime, Venue
from forum.actions.audit import record
from forum.errors import DomainError
from forum.models import Account, Forum, Region
from registration.models import Zone


@transaction.atomic
def create_venue(
    forum: Forum,
    *,
    slug: str,
    name: Texts,
    city: Texts | None,
    region: Region | None,
    timezone: str,
    mode: VenueMode,
    by: Account | None,
) -> Venue:
    """A building, a studio or an online room; only the last has no city.

    Raises `DomainError("venue.zone")` when `timezone` is no IANA name.
    """
    try:
        ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError):
        message = _("There is no such time zone. Write it like Asia/Novokuznetsk.")
        raise DomainError("venue.zone", message, fields={"timezone": message}) from None
    texts = line_columns(name=name) | (line_columns(city=city) if city else {})
    venue = Venue.objects.create(forum=forum, slug=slug, region=region, timezone=timezone, mode=mode, **texts)
    record("venue.created", on=("venue", slug), forum=forum, by=by, timezone=timezone)
    return venue


@transaction.atomic
def create_hall(
    venue: Venue,
    *,
    slug: str,
    name: Texts,
    capacity: int,
    zone: Zone,
    position: int,
    booths: int = 0,
    hybrid: bool = False,
    step_free: bool = True,
    by: Account | None,
) -> Hall:
    """A room of `venue`; `position` is its column in the programme of the whole forum."""
    hall = Hall.objects.create(
        venue=venue,
        slug=slug,
        capacity=capacity,
        zone=zone,
        position=position,
        booths=booths,
        hybrid=hybrid,
        step_free=step_free,
        **line_columns(name=name),
    )
    record("hall.created", on=("hall", f"{venue.slug}/{slug}"), forum=venue.forum, by=by, capacity=capacity)
    return hall


@transaction.atomic
def set_travel_time(one: Venue, other: Venue, *, minutes: int, by: Account | None) -> TravelTime:
    """How long people need between two venues, whichever way they go. Bookings made before keep their places."""
    first, second = sorted((one, other), key=lambda venue: venue.pk)
    travel, _created = TravelTime.objects.update_or_create(one=first, other=second, defaults={"minutes": minutes})
    record("travel.set", on=("venue", first.slug), forum=first.forum, by=by, other=second.slug, minutes=minutes)
    return travel
