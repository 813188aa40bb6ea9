"""Numbers for the home page."""

from dataclasses import dataclass

from django.db.models import Count

from agenda.models import HallUse, VisitProgramme
from forum.models import Forum


@dataclass(frozen=True)
class ProgrammeFigures:
    """`sessions` of the newest release; `plants` that receive guests, with their `visits` (programmes)."""

    sessions: int
    plants: int
    visits: int


def programme_figures(forum: Forum) -> ProgrammeFigures:
    """What there is to attend and to see; two queries."""
    sessions = (
        HallUse.objects.filter(release__forum=forum)
        .values("release__number")
        .annotate(sessions=Count("session", distinct=True))
        .order_by("-release__number")
        .values_list("sessions", flat=True)
        .first()
    )
    visits = VisitProgramme.objects.filter(forum=forum).aggregate(
        plants=Count("host", distinct=True), visits=Count("pk")
    )
    return ProgrammeFigures(sessions or 0, visits["plants"], visits["visits"])
