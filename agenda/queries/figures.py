"""Large numbers of the home page. Nothing is counted before the programme is public."""

from django.db.models import Count
from django.utils.translation import ngettext

from agenda.models import HallUse, VisitProgramme
from forum.models import Forum
from forum.registry import Counter


def released_sessions(forum: Forum) -> int:
    """Sessions of the newest release; one query."""
    if not forum.programme_public:
        return 0
    uses = HallUse.objects.filter(release__forum=forum).values("release__number")
    counted = uses.annotate(sessions=Count("session", distinct=True)).order_by("-release__number")
    return counted.values_list("sessions", flat=True).first() or 0


def receiving_plants(forum: Forum) -> int:
    """Plants with at least one visit; one query."""
    if not forum.programme_public:
        return 0
    return VisitProgramme.objects.filter(forum=forum).aggregate(plants=Count("host", distinct=True))["plants"]


def sessions_word(number: int) -> str:
    """Words under the number."""
    return ngettext("session of the programme", "sessions of the programme", number)


def plants_word(number: int) -> str:
    """Words under the number."""
    return ngettext("plant that receives guests", "plants that receive guests", number)


COUNTERS = [
    Counter("sessions", 30, released_sessions, sessions_word),
    Counter("plants", 40, receiving_plants, plants_word),
]
