"""Whom a change of time or hall touches, counted before anybody decides."""

from typing import TypedDict

from agenda.models import Session, VisitSlot
from agenda.queries.conflicts import Place
from registration.enums import ClaimState

INTERPRETERS_PER_LANGUAGE = 2
"""They take turns of about half an hour (domain rules, co-management)."""


class Impact(TypedDict):
    """`delegates` hold a seat, `waiting` stand in line; `visits` are on the road at the new time."""

    delegates: int
    waiting: int
    speakers: int
    remote: int
    interpreters: int
    visits: int


def impact_of(session: Session, *, at: Place) -> Impact:
    """Numbers as they are now."""
    pool = session.pool
    remote = [row.speaker.remote for row in session.cast.select_related("speaker")]
    waiting = pool.claims.filter(state=ClaimState.WAITING).count() if pool else 0
    return Impact(
        delegates=pool.taken if pool else 0,
        waiting=waiting,
        speakers=len(remote),
        remote=sum(remote),
        interpreters=INTERPRETERS_PER_LANGUAGE * len(session.interpretation),
        visits=_visits_meanwhile(session, at=at),
    )


def _visits_meanwhile(session: Session, *, at: Place) -> int:
    if at.ends <= at.starts:
        return 0
    runs = VisitSlot.objects.filter(programme__forum=session.forum_id, legs__period__overlap=at.period)
    return runs.order_by().values("pk").distinct().count()
