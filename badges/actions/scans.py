"""Recording a scan: decided by `badges.engine.decision`, stored once for each nonce.

Nothing is locked, no transaction is opened: one statement reads all that a decision depends on, the other one stores it.
Scans that count are numbered for each person and point. Of two that were decided at the same moment one finds its number
taken, and is decided anew with the other one in sight.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.timezone import now
from django.utils.translation import gettext as _

from badges.engine.decision import LastScan, Listing, PointFacts, Reason, ScanFacts, Verdict, decide
from badges.engine.wording import Words, words_for
from badges.enums import CredentialState, Direction, PointKind, ScanMethod, ScanOutcome
from badges.models import Device, Point, Scan
from badges.queries.devices import scanned_there
from badges.queries.rows import PaperRow, SubjectRow
from badges.queries.scanning import (
    Code,
    read_code,
    scan_of_nonce,
    subject_of_code,
    subject_of_ref,
    subjects,
)
from forum.actions.inserting import insert_once
from forum.errors import DomainError
from registration.enums import RegistrationState, ZoneKind

LONGEST_WAIT = timedelta(days=7)
"""A scan may wait on a phone without network. What claims to be older has a broken clock: the server's time is taken."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ScanRequest:
    """What a phone sends. `code` for a camera or a keyboard, `ref` of the registration for a person found by name.

    `device_time` and `sent_at` are the phone's clock, when the code was seen and when this attempt was sent.
    """

    nonce: UUID
    point: str
    direction: Direction
    method: ScanMethod
    device_time: datetime
    sent_at: datetime
    code: str = ""
    ref: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ScanAnswer:
    """What the phone is told. `person` is None when nobody is known or the name may not be shown."""

    scan: Scan
    verdict: Verdict
    words: Words
    person: PaperRow | None


def record_scan(request: ScanRequest, *, device: Device) -> ScanAnswer:
    """Decide and store one physical scan, and answer. The same nonce again gets the first answer, nothing is stored twice.

    Raises `DomainError`: `scan.point` (400) for a point at which the holder of `device` does not scan, `scan.nonce_taken`
    (409) for a nonce of somebody else's.
    """
    point = _point(request, device)
    while True:  # whoever loses a round, loses it to a scan that is stored: somebody always gets on
        scan, subject = _decided(request, device=device, point=point)
        if insert_once(scan):
            return _answer(scan, subject)
        stored = scan_of_nonce(request.nonce)
        if stored:
            return _answer(stored, _stored_subject(stored, device=device))


def _point(request: ScanRequest, device: Device) -> Point:
    """The point at which the scan was made: the device's own, or one where its holder scanned before moving on."""
    if request.point == device.point.slug:
        return device.point
    points = Point.objects.filter(forum=device.point.forum, slug=request.point).select_related("zone", "forum")
    point = points.first()
    if point is None or not scanned_there(point, holder=device.holder):
        message = _("This phone does not scan at that point. Choose the point again.")
        raise DomainError("scan.point", message, status=400, fields={"point": message})
    return point


def _decided(request: ScanRequest, *, device: Device, point: Point) -> tuple[Scan, SubjectRow | None]:
    """The row that is to be stored, and whom it is about."""
    at = corrected_time(device_time=request.device_time, sent_at=request.sent_at, received=now())
    code = read_code(request.code)
    subject = _subject(request, code=code, point=point, at=at)
    last = _last(subject, at=at)
    verdict = decide(_facts(point, request.direction, at=at, subject=subject, last=last))
    scan = Scan(
        nonce=request.nonce,
        point=point,
        device=device,
        operator=device.holder,
        registration=subject,
        credential_id=subject.credential_pk if subject else None,
        code_hash=code.hash if request.code and not subject else None,
        method=request.method,
        direction=request.direction,
        outcome=verdict.outcome,
        reason=verdict.reason,
        counts=verdict.counts,
        ordinal=subject.counted + 1 if subject and verdict.counts else None,
        first_at=subject.last_at if subject and verdict.outcome == ScanOutcome.ALREADY_IN else None,
        device_time=request.device_time,
        at=at,
    )
    return scan, subject


def corrected_time(*, device_time: datetime, sent_at: datetime, received: datetime) -> datetime:
    """When the scan was made, by the server's clock.

    Both times of the phone come from one clock, so its error cancels out and only the wait remains. A wait that is
    negative or longer than `LONGEST_WAIT` means that the clock was set meanwhile: then the time of receipt stands.
    """
    wait = sent_at - device_time
    return received - wait if timedelta(0) <= wait <= LONGEST_WAIT else received


def _subject(request: ScanRequest, *, code: Code, point: Point, at: datetime) -> SubjectRow | None:
    if request.method == ScanMethod.SEARCH:
        return subject_of_ref(request.ref, point=point, at=at)
    return subject_of_code(code, point=point, at=at)


def _last(subject: SubjectRow | None, *, at: datetime) -> LastScan | None:
    """Clocks agree within seconds only: what came in first is not later than this scan."""
    if subject is None or subject.last_at is None or subject.last_direction is None:
        return None
    return LastScan(direction=Direction(subject.last_direction), at=min(subject.last_at, at))


def _facts(
    point: Point, direction: Direction, *, at: datetime, subject: SubjectRow | None, last: LastScan | None
) -> ScanFacts:
    return ScanFacts(
        point=_point_facts(point),
        direction=direction,
        at=at,
        time_zone=ZoneInfo(point.forum.timezone),
        credential=CredentialState(subject.credential_state) if subject and subject.credential_state else None,
        registration_state=RegistrationState(subject.state) if subject else None,
        zones=frozenset(zone["letter"] for zone in subject.zone_rows) if subject else frozenset(),
        consent_withdrawn=bool(subject and subject.person.processing_stopped_at),
        print_stale=bool(subject and subject.paper is not None and subject.paper != subject.facts_hash),
        listing=Listing.NOT_LISTED if point.zone.kind == ZoneKind.PER_SLOT else Listing.NO_LIST,
        last=last,
    )


def _point_facts(point: Point) -> PointFacts:
    """The zone is asked where one enters it. Not at the badge desk, where everybody fetches the badge; and not at points
    of a plant visit, which is granted per slot: those go by their list, and without one let nobody pass.
    """
    asks_zone = point.kind != PointKind.BADGE_ISSUE and point.zone.kind == ZoneKind.AREA
    return PointFacts(
        kind=PointKind(point.kind),
        zone=point.zone.letter if asks_zone else None,
        opens=point.opens_at,
        closes=point.closes_at,
    )


def _stored_subject(scan: Scan, *, device: Device) -> PaperRow | None:
    """Whom the stored scan is about. It must come from the same phone, or from its holder enrolled again."""
    if scan.device_id != device.pk and scan.operator_id != device.holder_id:
        raise DomainError("scan.nonce_taken", _("Another phone has already sent this scan."))
    return subjects(scan.point.forum).get(pk=scan.registration_id) if scan.registration_id else None


def answer_of(nonce: UUID, *, device: Device) -> ScanAnswer | None:
    """What was answered to a scan of this phone, or of its holder's. None for any other scan."""
    scan = scan_of_nonce(nonce)
    if scan is None or scan.point.forum_id != device.point.forum_id:
        return None
    if scan.device_id != device.pk and scan.operator_id != device.holder_id:
        return None
    return _answer(scan, _stored_subject(scan, device=device))


def _answer(scan: Scan, subject: PaperRow | None) -> ScanAnswer:
    """Built from the stored row both times, so the first answer and its repetition are equal.

    Only the person's name, category and zones are read anew: personal data is not copied into scans.
    """
    facts = ScanFacts(
        point=_point_facts(scan.point),
        direction=Direction(scan.direction),
        at=scan.at,
        time_zone=ZoneInfo(scan.point.forum.timezone),
        credential=None,
        registration_state=RegistrationState(subject.state) if subject else None,
        last=LastScan(direction=Direction(scan.direction), at=scan.first_at) if scan.first_at else None,
    )
    verdict = Verdict.of(Reason(scan.reason), facts)
    return ScanAnswer(
        scan=scan,
        verdict=verdict,
        words=words_for(verdict, facts=facts),
        person=subject if verdict.shows_person else None,
    )
