"""Closed lists of the proof: where one scans, in which direction, how, and what came of it."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Direction(TextChoices):
    """Which way the person goes through the point."""

    IN = "in", _("Entry")
    OUT = "out", _("Exit")


class PointKind(TextChoices):
    """What a scan at the point proves."""

    BADGE_ISSUE = "badge_issue", _("Badge desk")
    ENTRY_EXIT = "entry_exit", _("Entrance and exit")
    SESSION_ATTENDANCE = "session_attendance", _("Session attendance")
    BOARDING = "boarding", _("Bus boarding")
    HANDOVER = "handover", _("Handover at the gate")
    INDUCTION = "induction", _("Safety induction")
    HEADCOUNT = "headcount", _("Head count")


POINT_DIRECTIONS: dict[PointKind, tuple[Direction, ...]] = {
    PointKind.BADGE_ISSUE: (Direction.IN,),
    PointKind.ENTRY_EXIT: (Direction.IN, Direction.OUT),
    PointKind.SESSION_ATTENDANCE: (Direction.IN, Direction.OUT),
    PointKind.BOARDING: (Direction.IN,),
    PointKind.HANDOVER: (Direction.IN, Direction.OUT),
    PointKind.INDUCTION: (Direction.IN,),
    PointKind.HEADCOUNT: (Direction.IN,),
}
"""Directions that a point of this kind takes, the usual one first."""


class ScanMethod(TextChoices):
    """How staff found the person. `manual`: entered later from paper."""

    CAMERA = "camera", _("Camera")
    TYPED = "typed", _("Typed code")
    SEARCH = "search", _("Found by name")
    MANUAL = "manual", _("Entered by hand")


class CredentialState(TextChoices):
    """One live credential per registration; the others stay for the deny list."""

    LIVE = "live", _("valid")
    REPLACED = "replaced", _("replaced by a newer badge")
    REVOKED = "revoked", _("blocked")


class ScanOutcome(TextChoices):
    """The closed list of answers to a scan (`docs/scanner-api.md` says when each is given and what staff do next)."""

    OK = "ok", _("Let in")
    ALREADY_IN = "already_in", _("Already scanned")
    WRONG_ZONE = "wrong_zone", _("No access to this zone")
    WRONG_DAY = "wrong_day", _("Not at this time")
    WRONG_POINT = "wrong_point", _("Another point")
    NOT_IN_LIST = "not_in_list", _("Not on the list")
    NOT_CLEARED = "not_cleared", _("No clearance")
    NOT_CONFIRMED = "not_confirmed", _("Participation not confirmed")
    BLOCKED_BADGE = "blocked_badge", _("Badge blocked")
    REPRINT = "reprint", _("Badge out of date")
    UNKNOWN_CODE = "unknown_code", _("Unknown code")
    CONSENT_WITHDRAWN = "consent_withdrawn", _("Consent withdrawn")
    CANNOT_VERIFY = "cannot_verify", _("Cannot be verified")


class Severity(StrEnum):
    """Colour of a verdict; the screen always adds a word and a shape."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


class VerdictSound(StrEnum):
    """Tone that the scanner plays; made in the phone, no audio files."""

    OK = "ok"
    WARN = "warn"
    REFUSE = "refuse"
