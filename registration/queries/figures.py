"""Figures of who comes. The host region is counted apart: the news counts people who arrived from elsewhere."""

from dataclasses import dataclass

from django.db.models import Count, Q

from forum.models import Forum, Region
from registration.enums import HOLDS_PLACE, RegistrationState


@dataclass(frozen=True)
class RegionFigure:
    """One tile of the map: people approved or confirmed, and applications still under review."""

    region: Region
    coming: int
    waiting: int
    is_host: bool


@dataclass(frozen=True)
class Geography:
    """“2 countries, 21 regions”: only those from which somebody comes, without the host."""

    tiles: list[RegionFigure]
    countries: int
    regions: int


def geography(forum: Forum) -> Geography:
    """Who comes from where, in one query. Tiles are there for every expected delegation, also for the empty ones."""
    mine = Q(delegations__registrations__forum=forum)
    rows = Region.objects.filter(delegations__forum=forum).annotate(
        coming=Count("delegations__registrations", filter=mine & Q(delegations__registrations__state__in=HOLDS_PLACE)),
        waiting=Count(
            "delegations__registrations",
            filter=mine & Q(delegations__registrations__state=RegistrationState.SUBMITTED),
        ),
    )
    tiles = [RegionFigure(r, r.coming, r.waiting, r.pk == forum.host_region_id) for r in rows]
    guests = [t.region for t in tiles if t.coming and not t.is_host]
    countries = sum(1 for region in guests if region.is_country)
    return Geography(tiles=tiles, countries=countries, regions=len(guests) - countries)
