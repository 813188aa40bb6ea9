"""Until when an approved person says “I am coming”, and when they are reminded of it."""

from datetime import datetime, time, timedelta

REMIND = (timedelta(days=3), timedelta(days=1))
"""So long before the deadline a reminder leaves, farthest first."""
MORNING, EVENING = time(9), time(20)
"""Nobody is reminded in the night (domain rules: languages and time)."""


def confirm_deadline(at: datetime, *, days: int, last: datetime, starts: datetime) -> datetime | None:
    """`days` after the approval, at a full hour, but not after `last`, the day on which everybody has to have answered.

    Whoever is approved later than that has until the forum `starts`; None once it has. All in the forum's time zone.
    """
    end = last if last > at else starts
    if end <= at:
        return None
    full = (at + timedelta(days=days, hours=1)).replace(minute=0, second=0, microsecond=0)
    return min(full, end)


def reminder_due(now: datetime, *, deadline: datetime, told_at: datetime) -> bool:
    """Whether a moment of `REMIND` has come since the person was told of the deadline last. Times in the reader's zone."""
    if not MORNING <= now.time() < EVENING or now >= deadline:
        return False
    return any(told_at < deadline - before <= now for before in REMIND)
