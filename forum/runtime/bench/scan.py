"""Scanning: `POST /api/v1/scans` with a badge that exists, all rules, one durable row for each.

`p50`: seconds of one request from one client, over one bare view and one durable insert with its commit. `throughput`:
requests per second of eight clients, over those of the bare view.
"""

import json
import random
import uuid
from argparse import Namespace
from datetime import UTC, datetime
from itertools import cycle

from forum.runtime.bench import cpu, floors, wire
from forum.runtime.bench.ground import Ground, statements
from forum.runtime.bench.report import Round

POINT = "rehearsal"  # the only one that is open weeks before the forum
PHONES = 100  # each is held to 20 scans a second
WARM = 1600
"""Scans before anything is measured: every thread of every process imports, connects, and plans its statements ten times
over; each phone is heard of in each process.
"""


def rounds(ground: Ground, options: Namespace) -> list[Round]:
    codes = ground.fill(options.people)
    phones = ground.phones(POINT, count=PHONES)
    bare = floors.start_bare(ground.supervisor, ground.running)
    bench = _Scans(ground, codes, phones, bare)
    bench.fire(WARM, clients=options.clients)
    counted = bench.statements()
    return [bench.round(options.count, options.clients, counted) for _ in range(options.rounds)]


class _Scans:
    def __init__(self, ground: Ground, codes: list[str], phones: list[str], bare: int) -> None:
        self.ground, self.codes, self.bare = ground, codes, bare
        self.chance = random.Random(1)  # noqa: S311 -- which badge comes next is no secret
        self.phone = cycle(phones)

    def fire(self, count: int, *, clients: int) -> wire.Sample:
        shares = [[self._request() for _ in range(count // clients)] for _ in range(clients)]
        return wire.fire(self.ground.port, shares, check=_wrong)

    def statements(self) -> int:
        with statements(self.ground) as told:
            self.fire(10, clients=1)
        return len(told) // 10

    def round(self, count: int, clients: int, counted: int) -> Round:
        stored = self._stored()
        with cpu.measured() as use:
            floor_one = floors.bare(self.bare, clients=1)
            insert = floors.durable_insert(self.ground.running.urls.database)
            one = self.fire(count, clients=1)
            floor_many = floors.bare(self.bare, clients=clients)
            many = self.fire(count, clients=clients)
        lost = len(one.seconds) + len(many.seconds) - (self._stored() - stored)
        errors = [*one.errors, *many.errors, *([f"{lost} scans answered but not stored"] if lost else [])]
        floor = floor_one.p50 + insert
        return Round(
            figures={
                "p50_ms": one.p50 * 1000, "per_second": many.per_second, "statements": counted,
                "foreign_cpu": use.foreign,
            },
            floor={"bare_p50_ms": floor_one.p50 * 1000, "insert_ms": insert * 1000, "bare_per_second": floor_many.per_second},
            ratios={"p50": one.p50 / floor, "throughput": many.per_second / floor_many.per_second},
            errors=errors,
        )  # fmt: skip

    def _stored(self) -> int:
        return int(self.ground.one("SELECT count(*) FROM badges_scan"))

    def _request(self) -> bytes:
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        body = {
            "nonce": str(uuid.uuid4()), "point": POINT, "direction": self.chance.choice(["in", "out"]),
            "method": "camera", "code": self.chance.choice(self.codes), "device_time": now, "sent_at": now,
        }  # fmt: skip
        headers = {
            "Authorization": f"Device {next(self.phone)}",
            "Content-Type": "application/json",
            "Accept-Language": "ru",
        }
        return wire.request("POST", "/api/v1/scans", headers=headers, body=json.dumps(body).encode())


def _wrong(status: int, body: bytes) -> str:
    """The badge is known and the person named; whether they were inside already is chance."""
    if status != 200:
        return f"{status}: {body[:200].decode(errors='replace')}"
    answer = json.loads(body)
    good = answer["outcome"] in ("ok", "already_in", "not_inside") and answer["person"]
    return "" if good else f"outcome {answer['outcome']}"
