"""What staff read on a verdict: a word to shout, the reason, the next step. In the language active at the call.

A refusal by a plant carries no reason and none may be guessed (`not_cleared`). Times are the forum's.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from badges.engine.decision import Reason, ScanFacts, Verdict
from badges.enums import Direction, PointKind


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """Texts of one verdict; `reason` and `next_step` are empty when there is nothing to add."""

    title: str
    reason: str
    next_step: str


TITLES: dict[Reason, Promise] = {
    Reason.OK: _("Let in"),
    Reason.LEFT: _("Exit noted"),
    Reason.ALREADY_MARKED: _("Already scanned"),
    Reason.ALREADY_OUT: _("Exit already noted"),
    Reason.NO_ZONE: _("No access"),
    Reason.NOT_OPEN_YET: _("Not yet"),
    Reason.CLOSED: _("Closed"),
    Reason.DIRECTION_NOT_TAKEN: _("Wrong direction"),
    Reason.LISTED_ELSEWHERE: _("Another point"),
    Reason.NOT_LISTED: _("Not on the list"),
    Reason.NOT_CLEARED: _("No clearance"),
    Reason.NOT_CONFIRMED: _("Not confirmed"),
    Reason.BADGE_REPLACED: _("Old badge"),
    Reason.BADGE_REVOKED: _("Badge blocked"),
    Reason.PERSON_BLOCKED: _("Badge blocked"),
    Reason.PRINT_STALE: _("Let in, reprint"),
    Reason.NO_BADGE: _("Let in, no badge yet"),
    Reason.UNKNOWN_CODE: _("Unknown code"),
    Reason.CONSENT_WITHDRAWN: _("Consent withdrawn"),
    Reason.CANNOT_VERIFY: _("Cannot verify"),
}

REASONS: dict[Reason, Promise] = {
    Reason.NO_ZONE: _("The badge does not open zone %(zone)s."),
    Reason.NOT_OPEN_YET: _("The point opens on %(opens)s."),
    Reason.CLOSED: _("The point closed on %(closes)s."),
    Reason.DIRECTION_NOT_TAKEN: _("This point takes no scans in this direction."),
    Reason.LISTED_ELSEWHERE: _("The person is on the list of another point."),
    Reason.NOT_LISTED: _("The list of this point does not name the person."),
    Reason.NOT_CLEARED: _("There is no clearance for this visit."),
    Reason.NOT_CONFIRMED: _("The participation has not been confirmed."),
    Reason.BADGE_REPLACED: _("A newer badge has replaced this one."),
    Reason.BADGE_REVOKED: _("This badge no longer gives access."),
    Reason.PERSON_BLOCKED: _("The participation is blocked."),
    Reason.PRINT_STALE: _("The badge no longer shows the current data."),
    Reason.NO_BADGE: _("No badge has been made for this person yet."),
    Reason.UNKNOWN_CODE: _("No badge of this forum carries this code."),
    Reason.CONSENT_WITHDRAWN: _("The person has withdrawn the consent to data processing."),
    Reason.CANNOT_VERIFY: _("The data on this phone is missing or too old."),
    Reason.ALREADY_OUT: _("Left at %(last)s."),
}

NEXT_STEPS: dict[Reason, Promise] = {
    Reason.NO_ZONE: _("Show the person the zones on the badge. Questions go to the badge desk."),
    Reason.ALREADY_OUT: _("Let the person pass."),
    Reason.NOT_OPEN_YET: _("Ask the person to come when the point is open."),
    Reason.CLOSED: _("Ask your supervisor."),
    Reason.DIRECTION_NOT_TAKEN: _("Switch the direction at the top of the screen and scan again."),
    Reason.LISTED_ELSEWHERE: _("Find the right point together with your supervisor."),
    Reason.NOT_LISTED: _("Do not let in. Call the coordinator."),
    Reason.NOT_CLEARED: _("Do not let in, give no reasons. Call the visit coordinator."),
    Reason.NOT_CONFIRMED: _("Send the person to the badge desk."),
    Reason.BADGE_REPLACED: _("Keep this badge and ask for the new one. No new one: the badge desk helps."),
    Reason.BADGE_REVOKED: _("Do not let in. Call your supervisor."),
    Reason.PERSON_BLOCKED: _("Do not let in. Call your supervisor."),
    Reason.PRINT_STALE: _("Let the person in and send them to the badge desk."),
    Reason.NO_BADGE: _("Let the person in and send them to the badge desk."),
    Reason.UNKNOWN_CODE: _("Scan again or search by name. Nobody found: send the person to the badge desk."),
    Reason.CONSENT_WITHDRAWN: _("Write nothing down. Call your supervisor."),
    Reason.CANNOT_VERIFY: _("Compare the badge with a document. Move to where there is a network."),
}

_DESK = PointKind.BADGE_ISSUE
BY_KIND: dict[tuple[PointKind, Reason], tuple[Promise | None, Promise | None, Promise | None]] = {
    (_DESK, Reason.OK): (_("Hand over the badge"), None, _("First compare the name with the document.")),
    (_DESK, Reason.ALREADY_MARKED): (
        _("Already handed over"),
        _("Handed over: %(last)s."),
        _("Hand over nothing. A lost badge is replaced by the supervisor."),
    ),
    (_DESK, Reason.PRINT_STALE): (_("Print again"), None, _("Keep this badge back. Print a new one and scan it.")),
    (_DESK, Reason.NO_BADGE): (_("Print first"), None, _("Print the badge and scan it when you hand it over.")),
    (_DESK, Reason.NOT_CONFIRMED): (None, None, _("Do not hand over. The person can confirm on their own page.")),
    (_DESK, Reason.BADGE_REPLACED): (None, None, _("Keep the old badge and hand over the new one.")),
    (PointKind.ENTRY_EXIT, Reason.ALREADY_MARKED): (
        _("Already inside"),
        _("Came in at %(last)s."),
        _("Compare the name with a document: the badge may have been passed on."),
    ),
    (PointKind.BOARDING, Reason.OK): (_("Let board"), None, None),
    (PointKind.BOARDING, Reason.ALREADY_MARKED): (
        _("Already on board"),
        _("Boarded at %(last)s."),
        _("Compare the name with a document: the badge may have been passed on."),
    ),
    (PointKind.HANDOVER, Reason.ALREADY_MARKED): (
        _("Already through the gate"),
        _("Went in at %(last)s."),
        _("Compare the name with a document: the badge may have been passed on."),
    ),
    (PointKind.INDUCTION, Reason.OK): (_("Induction noted"), None, _("Ask for the signature in the journal.")),
    (PointKind.HEADCOUNT, Reason.OK): (_("Counted"), None, None),
}
"""Where one kind of point says it in its own words: title, reason, next step; None leaves the general text."""

_REPEAT = (_("Scanned here at %(last)s."), _("Let the person pass."))
_LET_OUT = _("Let the person out. Then the badge desk helps.")


def words_for(verdict: Verdict, *, facts: ScanFacts) -> Words:
    """Return the texts of `verdict`; `facts` fill in the times and the zone."""
    reason = verdict.reason
    general_reason, general_step = REASONS.get(reason), NEXT_STEPS.get(reason)
    if reason is Reason.ALREADY_MARKED:
        general_reason, general_step = _REPEAT
    title, why, step = BY_KIND.get((PointKind(facts.point.kind), reason), (None, None, None))
    if facts.direction == Direction.OUT and reason not in (Reason.LEFT, Reason.ALREADY_OUT, Reason.DIRECTION_NOT_TAKEN):
        step = _LET_OUT
    values = _Values(facts)
    return Words(
        title=str(title or TITLES[reason]),
        reason=_filled(why or general_reason, values),
        next_step=_filled(step or general_step, values),
    )


def _filled(text: Promise | None, values: "_Values") -> str:
    return str(text) % values if text else ""


class _Values:
    """What texts are filled with, found out when a text asks for it: most ask for nothing."""

    def __init__(self, facts: ScanFacts) -> None:
        self.facts = facts

    def __getitem__(self, name: str) -> str:
        point, last = self.facts.point, self.facts.last
        if name == "zone":
            return point.zone or ""
        if name == "last":
            return _moment(last.at if last else None, self.facts, always_with_day=False)
        return _moment({"opens": point.opens, "closes": point.closes}[name], self.facts, always_with_day=True)


def _moment(moment: datetime | None, facts: ScanFacts, *, always_with_day: bool) -> str:
    """A time of the forum; with the day where it is another day than the scan's."""
    if moment is None:
        return ""
    local = moment.astimezone(facts.time_zone)
    if always_with_day or local.date() != facts.at.astimezone(facts.time_zone).date():
        return date_format(local, "j E, H:i")
    return date_format(local, "H:i")
