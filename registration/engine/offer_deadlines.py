"""How long a place from the waiting list is kept for an answer: days while the forum is far, hours when it is near."""

from datetime import datetime, time, timedelta

LIVES = ((28, 72), (7, 24), (2, 12))
"""(at least so many days before the first day, so many hours to answer)."""
LAST_HOURS = 4
MORNING, EVENING = time(10), time(21)
"""A deadline in the night would pass over people asleep: it moves to the next morning."""


def offer_deadline(at: datetime, *, starts: datetime) -> datetime:
    """Until when an offer made `at` is open; `starts` is the beginning of the forum. Both in the forum's time zone."""
    days_left = (starts - at).total_seconds() / 86400
    hours = next((hours for days, hours in LIVES if days_left >= days), LAST_HOURS)
    return _awake(at + timedelta(hours=hours))


def _awake(moment: datetime) -> datetime:
    if MORNING <= moment.time() <= EVENING:
        return moment
    day = moment.date() + timedelta(days=moment.time() > EVENING)
    return datetime.combine(day, MORNING, tzinfo=moment.tzinfo)
