"""Who has arrived and who is inside, derived from the scans that counted, by corrected time."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Max, Min, Q, QuerySet
from django.utils.timezone import now

from badges.enums import Direction, PointKind, ScanOutcome
from badges.models import Point, Scan
from forum.enums import Role
from forum.models import Forum
from forum.queries.access import User, has_role

ARRIVING = (PointKind.ENTRY_EXIT, PointKind.BADGE_ISSUE)
"""Where somebody who comes to the forum is seen first."""
QUARTER = timedelta(minutes=15)
HOUR = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Arrivals:
    """One day's arrivals: (start of a quarter of an hour, people who came in it), without gaps, from full hour to full
    hour. Empty when nobody has ever been scanned.
    """

    day: date
    is_today: bool
    quarters: list[tuple[datetime, int]]
    total: int


@dataclass(frozen=True, slots=True)
class PointInside:
    """An entrance that is in use, and how many people are behind it."""

    point: Point
    inside: int


def arrivals(forum: Forum) -> Arrivals:
    """The first counted entry of each person: today, or on the last day with scans when today has none. Two queries."""
    zone = ZoneInfo(forum.timezone)
    today = now().astimezone(zone).date()
    entries = Scan.objects.filter(
        point__forum=forum, point__kind__in=ARRIVING, counts=True, direction=Direction.IN, registration__isnull=False
    )
    latest = entries.aggregate(latest=Max("at"))["latest"]
    if latest is None:
        return Arrivals(day=today, is_today=True, quarters=[], total=0)
    day = latest.astimezone(zone).date()
    start = datetime.combine(day, time(), zone)
    that_day = entries.filter(at__gte=start, at__lt=start + timedelta(days=1)).order_by()
    firsts = that_day.values("registration").annotate(first=Min("at")).values_list("first", flat=True)
    counted = Counter(_quarter(first.astimezone(zone)) for first in firsts)
    return Arrivals(day=day, is_today=day == today, quarters=list(_filled(counted)), total=counted.total())


def _quarter(moment: datetime) -> datetime:
    return moment.replace(minute=moment.minute // 15 * 15, second=0, microsecond=0)


def _filled(counted: Counter[datetime]) -> Iterator[tuple[datetime, int]]:
    """Whole hours with one more on each side, quarter by quarter, those without anybody too."""
    quarter = min(counted).replace(minute=0) - HOUR
    stop = max(counted).replace(minute=0) + 2 * HOUR
    while quarter < stop:
        yield quarter, counted[quarter]
        quarter += QUARTER


@dataclass(frozen=True, kw_only=True, slots=True)
class PointFigures:
    """What happened at a point on one day. `inside` is None where nobody goes in and out."""

    point: Point
    people: int
    refused: int
    inside: int | None
    phones: int


def point_figures(forum: Forum, *, day: date) -> list[PointFigures]:
    """Every point in order with its figures for `day`; four queries however many points and scans there are."""
    scans = scans_of_day(forum, day=day)
    people = dict(
        scans.filter(counts=True).values_list("point").annotate(Count("registration", distinct=True)).order_by()
    )
    refused = dict(scans.filter(counts=False).values_list("point").annotate(Count("pk")).order_by())
    inside = inside_by_point(forum, day=day)
    live = Q(devices__revoked_at=None, devices__expires_at__gt=now(), devices__isnull=False)
    points = Point.objects.filter(forum=forum).select_related("zone").annotate(phones=Count("devices", filter=live))
    return [
        PointFigures(
            point=point,
            people=people.get(point.pk, 0),
            refused=refused.get(point.pk, 0),
            inside=inside.get(point.pk, 0) if point.kind == PointKind.ENTRY_EXIT else None,
            phones=point.phones,
        )
        for point in points
    ]


def inside_by_point(forum: Forum, *, day: date) -> dict[int, int]:
    """How many people are inside each entrance: those whose last counted scan of the day there is an entry."""
    at_doors = scans_of_day(forum, day=day).filter(
        point__kind=PointKind.ENTRY_EXIT, counts=True, registration__isnull=False
    )
    last = at_doors.order_by("point_id", "registration_id", "-at", "-pk").distinct("point_id", "registration_id")
    inside = Scan.objects.filter(pk__in=last.values("pk"), direction=Direction.IN)
    return dict(inside.order_by().values_list("point").annotate(Count("pk")))


def doors(forum: Forum, *, day: date) -> list[PointInside]:
    """Every entrance with the people inside it, in order. Two queries."""
    inside = inside_by_point(forum, day=day)
    entrances = Point.objects.filter(forum=forum, kind=PointKind.ENTRY_EXIT)
    return [PointInside(point, inside[point.pk]) for point in entrances if point.pk in inside]


def day_of_figures(forum: Forum) -> date:
    """Today while something is scanned today, else the last day on which something was."""
    latest = Scan.objects.filter(point__forum=forum).aggregate(latest=Max("at"))["latest"]
    return (latest or now()).astimezone(ZoneInfo(forum.timezone)).date()


def scans_of_day(forum: Forum, *, day: date) -> QuerySet[Scan]:
    """All scans of one day of the forum's zone, by corrected time."""
    start = datetime.combine(day, time(), ZoneInfo(forum.timezone))
    return Scan.objects.filter(point__forum=forum, at__gte=start, at__lt=start + timedelta(days=1))


def scans_visible_to(user: User, *, forum: Forum) -> QuerySet[Scan]:
    """Scans as they came in, the last one first; with names, hence not for everybody who sees figures."""
    if not has_role(user, Role.CHECKIN_SUPERVISOR, Role.ACCREDITATION_OFFICER):
        return Scan.objects.none()
    return (
        Scan.objects.filter(point__forum=forum)
        .select_related("point", "registration__person", "registration__category", "device")
        .order_by("-pk")
    )


def may_be_named(scan: Scan) -> bool:
    """Whether a feed may show whose scan it is: not where the consent was withdrawn, before the scan or since."""
    person = scan.registration.person if scan.registration else None
    return scan.outcome != ScanOutcome.CONSENT_WITHDRAWN and person is not None and person.processing_stopped_at is None
