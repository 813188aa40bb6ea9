"""What the page of one session shows."""

from datetime import datetime
from typing import Any

from agenda.engine.neighbours import neighbours, other_zones
from agenda.engine.programme import Item, Programme
from agenda.queries.places import seats_of
from forum.models import Forum


def session_context(forum: Forum, programme: Programme, item: Item, *, at: datetime) -> dict[str, Any]:
    """The session, its neighbours in the hall, its other clocks, and places as they are now."""
    return {
        "forum": forum,
        "programme": programme,
        "item": item,
        "day": programme.day_of(item),
        "is_now": item.starts <= at < item.ends,
        "is_over": item.ends <= at,
        "beside": neighbours(programme, item),
        "zones": other_zones(item, home=programme.zone),
        "seats": seats_of(forum, slug=item.slug) if item.places else None,
    }
