"""Recording a scan: decided by `badges.engine.decision` under the person's lock, stored once for each nonce.

Two scans of one person wait for each other at the registration's row, so the second one sees the first. It is the only
lock taken here (registrations come after persons everywhere), in a mode that foreign keys do not mind.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
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
    last_counted,
    locked_subject_of_code,
    locked_subject_of_ref,
    read_code,
    scan_of_nonce,
    subjects,
)
from forum.actions.inserting import insert
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
    try:
        scan, subject = _decide_and_store(request, device=device, point=point)
    except IntegrityError:
        stored = scan_of_nonce(request.nonce)
        if stored is None:
            raise
        scan, subject = stored, _stored_subject(stored, device=device)
    return _answer(scan, subject)


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


@transaction.atomic(durable=True)
def _decide_and_store(request: ScanRequest, *, device: Device, point: Point) -> tuple[Scan, PaperRow | None]:
    """Three statements: whose code, with all facts, under a lock; the last scan that counted; the new row."""
    received = now()
    at = corrected_time(device_time=request.device_time, sent_at=request.sent_at, received=received)
    code = read_code(request.code)
    subject = _subject(request, code=code, point=point)
    last = last_counted(subject, point=point, at=at) if subject else None
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
        first_at=last.at if last and verdict.outcome == ScanOutcome.ALREADY_IN else None,
        device_time=request.device_time,
        at=at,
    )
    return insert(scan), subject


def corrected_time(*, device_time: datetime, sent_at: datetime, received: datetime) -> datetime:
    """When the scan was made, by the server's clock.

    Both times of the phone come from one clock, so its error cancels out and only the wait remains. A wait that is
    negative or longer than `LONGEST_WAIT` means that the clock was set meanwhile: then the time of receipt stands.
    """
    wait = sent_at - device_time
    return received - wait if timedelta(0) <= wait <= LONGEST_WAIT else received


def _subject(request: ScanRequest, *, code: Code, point: Point) -> SubjectRow | None:
    if request.method == ScanMethod.SEARCH:
        return locked_subject_of_ref(request.ref, forum=point.forum)
    return locked_subject_of_code(code, forum=point.forum)


def _facts(
    point: Point, direction: Direction, *, at: datetime, subject: SubjectRow | None, last: Scan | None
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
        # Clocks agree within seconds only: what the lock let through first is not later than this scan.
        last=LastScan(direction=Direction(last.direction), at=min(last.at, at)) if last else None,
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
