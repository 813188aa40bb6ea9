"""Deadlines of a visa case: until when data are wanted, how urgent it is, when somebody is reminded."""

from calendar import monthrange
from datetime import date, datetime, time, timedelta

from registration.enums import VisaState

USUAL_LEAD = 30
"""Days before the forum by which a letter has to be in hand, where no rule says otherwise."""
REMINDERS = (14, 7, 3)
"""Days before the deadline on which somebody who still owes data is reminded."""
PASSPORT_MONTHS = 6
"""So long after the last day a passport should still be valid; consulates ask for it."""
MORNING, EVENING = time(9), time(20)
"""Nobody is reminded outside these hours of their own day."""
_S = VisaState
_ORDER = {_S.READY: 0, _S.CHECKING: 1, _S.WANTED: 2, _S.ISSUED: 3, _S.REFUSED: 4, _S.NOT_NEEDED: 5, _S.GRANTED: 6}


def due_on(first_day: date, *, lead_days: int | None) -> date:
    """The day by which everything has to be there."""
    return first_day - timedelta(days=USUAL_LEAD if lead_days is None else lead_days)


def expires_too_early(expires: date | None, *, last_day: date) -> bool:
    """Whether a passport ends less than six months after the last day of the forum."""
    return expires is not None and expires < months_after(last_day, PASSPORT_MONTHS)


def months_after(day: date, months: int) -> date:
    """The same day some months later; the last one of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def reminder_due(days_left: int, *, told: int | None) -> int | None:
    """Which reminder is due, by its days; None when there is none, or a later one has been sent. `told` is the last one.

    Whoever comes late, or whose day was missed, gets the nearest one, not all of them.
    """
    step = next((step for step in reversed(REMINDERS) if days_left <= step), None)
    if step is None or days_left < 0 or (told is not None and told <= step):
        return None
    return step


def is_daytime(moment: datetime) -> bool:
    """Whether a letter may be read now; `moment` is in the reader's zone."""
    return MORNING <= moment.time() < EVENING


def urgency(state: VisaState, *, days_left: int) -> tuple[bool, int, int]:
    """Sorts the board: what is open first, then by days left, then what waits for the officers."""
    is_over = state in (_S.GRANTED, _S.NOT_NEEDED, _S.DROPPED)
    return is_over, days_left, _ORDER.get(state, len(_ORDER))
