"""Check-in points."""

from datetime import datetime

from django.db import transaction

from badges.enums import PointKind
from badges.models import Point
from forum.actions.audit import record
from forum.models import Account, Forum
from registration.models import Zone


@transaction.atomic
def create_point(
    *,
    forum: Forum,
    slug: str,
    kind: PointKind,
    zone: Zone,
    opens_at: datetime | None,
    closes_at: datetime | None,
    by: Account | None,
    **names: str,
) -> Point:
    """Add a point behind those that exist. `names` are `name_ru`, `name_en` and so on.

    Raises `ValidationError` for a slug that is taken, and for an opening after the closing.
    """
    point = Point(
        forum=forum,
        slug=slug,
        kind=kind,
        zone=zone,
        opens_at=opens_at,
        closes_at=closes_at,
        position=Point.objects.filter(forum=forum).count() + 1,
        **names,
    )
    point.full_clean()
    point.save()
    record("point.created", on=("point", point.public_id), forum=forum, by=by, slug=slug, kind=kind, zone=zone.letter)
    return point
