"""Two days of scans as they might have been: a queue at the desk, a wave before the opening, lunch, the way home."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from django.utils.timezone import now

from badges.actions.devices import note_contact
from badges.actions.scans import ScanRequest, record_scan
from badges.enums import CredentialState, Direction, ScanMethod
from badges.models import Credential, Device
from forum.demo import DemoContext

SHOW_UP = 0.94
"""Part of the confirmed people who come."""
EARLY_BADGE = 0.35
"""Part of them who fetch the badge on the evening before."""
STRANGER = "0123456789ABCDEFGHJKMNPQRS"
"""A code of the right shape that belongs to nobody."""


@dataclass(frozen=True, order=True)
class Step:
    """One scan to come."""

    at: datetime
    number: int
    point: str
    direction: Direction
    code: str
    typed: bool = False


def scan_the_days(context: DemoContext, devices: dict[str, list[Device]]) -> None:
    """Record every scan that would have happened until now, in the order of time."""
    steps = sorted(step for step in _Days(context).steps() if step.at <= now())
    for step in steps:
        device = context.rng.choice(devices[step.point])
        with context.at(step.at):
            record_scan(_request(context, step), device=device)
            note_contact(device)


def _request(context: DemoContext, step: Step) -> ScanRequest:
    return ScanRequest(
        nonce=UUID(int=context.rng.getrandbits(128), version=4),
        point=step.point,
        direction=step.direction,
        method=ScanMethod.TYPED if step.typed else ScanMethod.CAMERA,
        device_time=step.at - timedelta(milliseconds=context.rng.randint(80, 400)),
        sent_at=step.at,
        code=step.code,
    )


class _Days:
    """The way of every person through both days."""

    def __init__(self, context: DemoContext) -> None:
        self.context, self.rng = context, context.rng
        self.number = 0

    def steps(self) -> Iterator[Step]:
        """All scans of both days, in any order."""
        holders = Credential.objects.filter(registration__forum=self.context.forum, state=CredentialState.LIVE)
        for credential in holders.select_related("registration__category").order_by("registration"):
            if self.rng.random() < SHOW_UP:
                yield from self._person(credential)
        for day in (0, 1):
            yield self._step(self._moment(day, 8.3, 12, 9.5), "main", STRANGER)

    def _person(self, credential: Credential) -> Iterator[Step]:
        arrival = self._moment(0, 7.9, 11.8, 8.9)
        early = self.rng.random() < EARLY_BADGE
        yield self._step(self._moment(-1, 15.1, 19.2, 17.0) if early else arrival, "desk", credential)
        yield from self._day(credential, arrival + timedelta(minutes=0 if early else self.rng.uniform(2, 7)), day=0)
        if self.rng.random() < 0.9:
            yield from self._day(credential, self._moment(1, 8.4, 11.5, 9.2), day=1)

    def _day(self, credential: Credential, arrival: datetime, *, day: int) -> Iterator[Step]:
        yield self._step(arrival, "main", credential)
        if self.rng.random() < 0.04:
            yield self._step(arrival + timedelta(minutes=self.rng.uniform(1, 50)), "main", credential)
        if self.rng.random() < 0.3:
            yield self._step(arrival + timedelta(minutes=self.rng.uniform(20, 90)), "hall", credential)
        if (
            credential.registration.category.code in ("media", "speaker") and self.rng.random() < 0.6
        ) or self.rng.random() < 0.02:
            yield self._step(arrival + timedelta(minutes=self.rng.uniform(60, 240)), "press", credential)
        if self.rng.random() < 0.8:
            yield self._step(self._moment(day, 15.5, 20.5, 18.2), "main", credential, Direction.OUT)

    def _moment(self, day: int, earliest: float, latest: float, usual: float) -> datetime:
        hours = self.rng.triangular(earliest, latest, usual)
        return self.context.moment(day, time()) + timedelta(hours=hours)

    def _step(self, at: datetime, point: str, who: Credential | str, direction: Direction = Direction.IN) -> Step:
        """One scan; a few codes are typed, because a badge was creased."""
        self.number += 1
        typed = self.rng.random() < 0.03 and isinstance(who, Credential)
        if isinstance(who, str):
            return Step(at, self.number, point, direction, who)
        return Step(at, self.number, point, direction, who.short_code if typed else who.token, typed)
