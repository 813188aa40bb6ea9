"""What stands around a session: what comes before and after it in its hall, and the other clocks it is on."""

from collections.abc import Iterable
from dataclasses import dataclass

from agenda.engine.programme import Item, Programme


@dataclass(frozen=True, kw_only=True)
class Neighbours:
    """The nearest sessions of the same hall on the same day of the forum."""

    before: Item | None
    after: Item | None


def neighbours(programme: Programme, item: Item) -> Neighbours:
    """Sessions before and after `item`; a hall holds one at a time, so the order is that of their starts."""
    beside = [other for other in programme.on(programme.day_of(item)) if other.hall.key == item.hall.key]
    earlier = [other for other in beside if other.starts < item.starts]
    later = [other for other in beside if other.starts > item.starts]
    return Neighbours(
        before=max(earlier, key=lambda other: other.starts, default=None),
        after=min(later, key=lambda other: other.starts, default=None),
    )


def other_zones(item: Item, *, home: str) -> list[str]:
    """IANA zones beside `home` in which people sit in this session: linked halls first, then speakers from afar."""
    return [zone for zone in _once(_zones(item)) if zone != home]


def _zones(item: Item) -> Iterable[str]:
    yield item.hall.zone
    yield from (hall.zone for hall in item.linked)
    yield from (member.zone for member in item.cast if member.zone)


def _once(zones: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(zones))
