"""Scans as the pages show them."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.timezone import now

from badges.enums import Direction, ScanOutcome
from badges.models import Scan
from badges.queries.arrivals import may_be_named
from badges.queries.printing import PrintState
from forum.names import full_latin, full_russian, short_russian
from registration.models import Registration
from registration.queries.people import name_of

TONES = {PrintState.NEW: "new", PrintState.STALE: "wait", PrintState.PRINTED: "ok", PrintState.FLAGGED: "no"}
"""Tones of the chips of the design system."""
FRESH = timedelta(hours=12)
AMBER = frozenset({ScanOutcome.ALREADY_IN, ScanOutcome.REPRINT, ScanOutcome.CANNOT_VERIFY})


@dataclass(frozen=True, kw_only=True, slots=True)
class ScanRow:
    """One line of a feed. `name` is empty when nobody is known, or the name may not be shown.

    `is_old`: not of the last hours, so that the day must stand beside the hour.
    """

    scan: Scan
    name: str
    tone: str
    word: str
    is_old: bool


def scan_row(scan: Scan) -> ScanRow:
    """`scan` with its point and person loaded."""
    return ScanRow(
        scan=scan,
        name=feed_name(scan),
        tone=_tone(scan),
        word=str(Direction.OUT.label if _is_exit(scan) else scan.get_outcome_display()),
        is_old=scan.at < now() - FRESH,
    )


def shown_name(registration: Registration) -> str:
    """The Russian name, or the Latin one of somebody who has no Russian spelling."""
    name = name_of(registration.person)
    return full_russian(name) or full_latin(name)


def feed_name(scan: Scan) -> str:
    """Surname and initials: enough to recognise somebody in a list that scrolls by."""
    if scan.registration is None or not may_be_named(scan):
        return ""
    name = name_of(scan.registration.person)
    return short_russian(name) or full_latin(name)


def _is_exit(scan: Scan) -> bool:
    return scan.outcome == ScanOutcome.OK and scan.direction == Direction.OUT


def _tone(scan: Scan) -> str:
    if scan.outcome == ScanOutcome.OK:
        return "off" if _is_exit(scan) else "ok"
    return "wait" if scan.outcome in AMBER else "no"
