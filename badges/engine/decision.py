"""What a scan means: one pure function from facts to a verdict, with the order of refusals.

Server and phone must decide alike, so the rules live here alone and `tests/vectors/scan_decisions.json` pins them
for both. The words that staff read are in `badges.engine.wording`.

**Order.** The first refusal that applies is the answer:

1. `consent_withdrawn` before everything else: from here on the person's data is not to be used, not even the name.
2. `blocked_badge`: a badge once replaced or revoked never comes back, so this holds however old the data is.
3. `cannot_verify`: the data at hand is missing or too old; nothing below may be concluded from it, `unknown_code` least.
4. `unknown_code`: nobody behind the code.
5. `wrong_point` because the point takes no scans in this direction: a slip of the operator, not of the person.
6. `not_confirmed`, `wrong_zone`, `not_in_list`, `not_cleared`, `wrong_point` (listed elsewhere), `wrong_day`: from what
   the person can do least about at this door to what time alone will cure. Nobody is told "come back at ten" who would
   be refused at ten for another reason.
7. `already_in`, then `reprint`, then `ok`.

**Exit.** Nobody is held inside: at an exit step 6 is not asked, every verdict lets the person pass, and what is wrong with
the badge is said in amber. Leaving a person among those inside who has left would spoil the count in an alarm.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from enum import StrEnum
from typing import Self

from badges.enums import (
    POINT_DIRECTIONS,
    CredentialState,
    Direction,
    PointKind,
    ScanOutcome,
    Severity,
    VerdictSound,
)
from registration.enums import RegistrationState


class Listing(StrEnum):
    """The person against the point's own list (bus, gate, course). Most points have no list."""

    NO_LIST = "no_list"
    LISTED = "listed"
    ELSEWHERE = "elsewhere"
    NOT_LISTED = "not_listed"


class Reason(StrEnum):
    """Why, finer than the outcome: one per sentence that staff read."""

    OK = "ok"
    LEFT = "left"
    ALREADY_MARKED = "already_marked"
    ALREADY_OUT = "already_out"
    NO_ZONE = "no_zone"
    NOT_OPEN_YET = "not_open_yet"
    CLOSED = "closed"
    DIRECTION_NOT_TAKEN = "direction_not_taken"
    LISTED_ELSEWHERE = "listed_elsewhere"
    NOT_LISTED = "not_listed"
    NOT_CLEARED = "not_cleared"
    NOT_CONFIRMED = "not_confirmed"
    BADGE_REPLACED = "badge_replaced"
    BADGE_REVOKED = "badge_revoked"
    PERSON_BLOCKED = "person_blocked"
    PRINT_STALE = "print_stale"
    NO_BADGE = "no_badge"
    UNKNOWN_CODE = "unknown_code"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    CANNOT_VERIFY = "cannot_verify"


@dataclass(frozen=True, kw_only=True, slots=True)
class PointFacts:
    """Where the scan was made.

    `zone` is None for points open to every confirmed person. Access to a plant is an entitlement per visit slot and
    not a zone: such points carry a list (`ScanFacts.listing`, `ScanFacts.cleared`) instead. The opening period is
    half-open, `[opens, closes)`; None means no limit on that side.
    """

    kind: PointKind
    zone: str | None = None
    opens: datetime | None = None
    closes: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class LastScan:
    """The last scan of this person at this point that counted."""

    direction: Direction
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class ScanFacts:
    """Everything a decision may depend on.

    `at` is the corrected time, aware; `time_zone` is the forum's and says where one day ends.
    `registration_state` is None when nobody stands behind the code. `credential` is the state of the badge in the hand,
    or of the person's newest badge when found by name; None when there is none.
    Choices are compared by value, so the bare strings of a row or of JSON will do.
    `cleared` is None where no clearance is needed. `print_stale`: the paper no longer says what the data says.
    `verifiable` is False when the data at hand is absent, partial or past its age limit (only on a phone without network).
    """

    point: PointFacts
    direction: Direction
    at: datetime
    time_zone: tzinfo
    credential: CredentialState | None
    registration_state: RegistrationState | None
    zones: frozenset[str] = frozenset()
    consent_withdrawn: bool = False
    print_stale: bool = False
    listing: Listing = Listing.NO_LIST
    cleared: bool | None = None
    last: LastScan | None = None
    verifiable: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """The answer. `admit`: the person passes (at the badge desk: gets the badge).

    `counts`: the scan changes who is inside, boarded or served; a scan that does not count is stored all the same.
    `shows_person`: the name may be shown.
    """

    outcome: ScanOutcome
    reason: Reason
    admit: bool
    counts: bool
    severity: Severity
    shows_person: bool

    @property
    def sound(self) -> VerdictSound:
        """The ear hears what the eye sees."""
        return _SOUNDS[self.severity]

    @classmethod
    def of(cls, reason: Reason, facts: ScanFacts) -> Self:
        """Everything else follows from the reason, the point and the direction."""
        known = facts.registration_state is not None
        return cls(
            outcome=OUTCOMES[reason],
            reason=reason,
            admit=_admits(reason, facts),
            counts=known and _counts(reason, facts),
            severity=_severity(reason, facts),
            shows_person=known and reason is not Reason.CONSENT_WITHDRAWN,
        )


OUTCOMES: dict[Reason, ScanOutcome] = {
    Reason.OK: ScanOutcome.OK,
    Reason.LEFT: ScanOutcome.OK,
    Reason.ALREADY_MARKED: ScanOutcome.ALREADY_IN,
    Reason.ALREADY_OUT: ScanOutcome.ALREADY_IN,
    Reason.NO_ZONE: ScanOutcome.WRONG_ZONE,
    Reason.NOT_OPEN_YET: ScanOutcome.WRONG_DAY,
    Reason.CLOSED: ScanOutcome.WRONG_DAY,
    Reason.DIRECTION_NOT_TAKEN: ScanOutcome.WRONG_POINT,
    Reason.LISTED_ELSEWHERE: ScanOutcome.WRONG_POINT,
    Reason.NOT_LISTED: ScanOutcome.NOT_IN_LIST,
    Reason.NOT_CLEARED: ScanOutcome.NOT_CLEARED,
    Reason.NOT_CONFIRMED: ScanOutcome.NOT_CONFIRMED,
    Reason.BADGE_REPLACED: ScanOutcome.BLOCKED_BADGE,
    Reason.BADGE_REVOKED: ScanOutcome.BLOCKED_BADGE,
    Reason.PERSON_BLOCKED: ScanOutcome.BLOCKED_BADGE,
    Reason.PRINT_STALE: ScanOutcome.REPRINT,
    Reason.NO_BADGE: ScanOutcome.REPRINT,
    Reason.UNKNOWN_CODE: ScanOutcome.UNKNOWN_CODE,
    Reason.CONSENT_WITHDRAWN: ScanOutcome.CONSENT_WITHDRAWN,
    Reason.CANNOT_VERIFY: ScanOutcome.CANNOT_VERIFY,
}

STRICT_ONCE = frozenset({PointKind.BADGE_ISSUE, PointKind.ENTRY_EXIT, PointKind.BOARDING, PointKind.HANDOVER})
"""Where a second scan may mean a badge passed back over the fence; elsewhere it is a harmless repeat."""

_SOUNDS = {Severity.GREEN: VerdictSound.OK, Severity.AMBER: VerdictSound.WARN, Severity.RED: VerdictSound.REFUSE}
_GREEN = frozenset({Reason.OK, Reason.LEFT})
_AMBER = frozenset({ScanOutcome.ALREADY_IN, ScanOutcome.REPRINT, ScanOutcome.CANNOT_VERIFY})


def decide(facts: ScanFacts) -> Verdict:
    """Return the verdict on one scan. Never raises for any combination of facts: a scan always gets an answer."""
    return Verdict.of(next(_reasons(facts)), facts)


def _reasons(facts: ScanFacts) -> Iterator[Reason]:
    """Every reason that applies, the strongest first; the last one is always given."""
    yield from _about_the_badge(facts)
    if facts.direction not in POINT_DIRECTIONS[facts.point.kind]:
        yield Reason.DIRECTION_NOT_TAKEN
    leaving = facts.direction == Direction.OUT
    if not leaving:
        yield from _about_the_right_to_enter(facts)
    if _is_repeated(facts):
        yield Reason.ALREADY_OUT if leaving else Reason.ALREADY_MARKED
    if not leaving:
        yield from _about_the_print(facts)
    yield Reason.LEFT if leaving else Reason.OK


def _about_the_badge(facts: ScanFacts) -> Iterator[Reason]:
    if facts.consent_withdrawn:
        yield Reason.CONSENT_WITHDRAWN
    if facts.registration_state == RegistrationState.BLOCKED:
        yield Reason.PERSON_BLOCKED
    if facts.credential == CredentialState.REVOKED:
        yield Reason.BADGE_REVOKED
    if facts.credential == CredentialState.REPLACED:
        yield Reason.BADGE_REPLACED
    if not facts.verifiable:
        yield Reason.CANNOT_VERIFY
    if facts.registration_state is None:
        yield Reason.UNKNOWN_CODE


def _about_the_right_to_enter(facts: ScanFacts) -> Iterator[Reason]:
    if facts.registration_state != RegistrationState.CONFIRMED:
        yield Reason.NOT_CONFIRMED
    if facts.point.zone is not None and facts.point.zone not in facts.zones:
        yield Reason.NO_ZONE
    if facts.listing == Listing.NOT_LISTED:
        yield Reason.NOT_LISTED
    if facts.cleared is False:
        yield Reason.NOT_CLEARED
    if facts.listing == Listing.ELSEWHERE:
        yield Reason.LISTED_ELSEWHERE
    if facts.point.opens is not None and facts.at < facts.point.opens:
        yield Reason.NOT_OPEN_YET
    if facts.point.closes is not None and facts.at >= facts.point.closes:
        yield Reason.CLOSED


def _about_the_print(facts: ScanFacts) -> Iterator[Reason]:
    if facts.credential is None:
        yield Reason.NO_BADGE
    if facts.print_stale:
        yield Reason.PRINT_STALE


def _is_repeated(facts: ScanFacts) -> bool:
    """Whether the point already holds this mark.

    A badge is handed over once for good. Everywhere else a new day of the forum begins anew, so that a person who left
    yesterday without an exit scan is not stopped today. A later scan that reached us first does not make this one a
    repeat: corrected time decides, not arrival.
    """
    last = facts.last
    if last is None or last.at > facts.at:
        return False
    if facts.point.kind == PointKind.BADGE_ISSUE:
        return True
    return last.direction == facts.direction and _day(last.at, facts) == _day(facts.at, facts)


def _day(moment: datetime, facts: ScanFacts) -> date:
    return moment.astimezone(facts.time_zone).date()


def _admits(reason: Reason, facts: ScanFacts) -> bool:
    if facts.direction == Direction.OUT or reason in _GREEN:
        return True
    if OUTCOMES[reason] is ScanOutcome.REPRINT:
        return facts.point.kind != PointKind.BADGE_ISSUE
    return reason is Reason.ALREADY_MARKED and facts.point.kind not in STRICT_ONCE


def _counts(reason: Reason, facts: ScanFacts) -> bool:
    if OUTCOMES[reason] is ScanOutcome.ALREADY_IN or reason is Reason.DIRECTION_NOT_TAKEN:
        return False
    return _admits(reason, facts)


def _severity(reason: Reason, facts: ScanFacts) -> Severity:
    if reason in _GREEN:
        return Severity.GREEN
    if OUTCOMES[reason] in _AMBER or facts.direction == Direction.OUT:
        return Severity.AMBER
    return Severity.RED
