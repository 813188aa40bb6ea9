"""Places of sessions as they are now: a release says how many there are, only the pool says how many are taken."""

from dataclasses import dataclass

from agenda.models import Session
from forum.models import Forum


@dataclass(frozen=True, kw_only=True)
class Seats:
    """Places of a session."""

    taken: int
    places: int

    @property
    def left(self) -> int:
        """Never below zero, even while a room that became smaller still holds more people."""
        return max(0, self.places - self.taken)


def seats_of(forum: Forum, *, slug: str) -> Seats | None:
    """Places of one session, or None when everybody may come; one query."""
    session = Session.objects.filter(forum=forum, slug=slug, pool__isnull=False).select_related("pool").first()
    return Seats(taken=session.pool.taken, places=session.pool.places) if session and session.pool else None
