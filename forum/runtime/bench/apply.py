"""Applying: one whole application over HTTP until it is sent, with its rows and its letter.

`p50`: seconds of the post that saves and sends the form on one page, over one bare view and one durable insert with its
commit. `throughput`: such applications per second of eight clients, over the requests per second of the bare view.
`steps_p50`: the five posts of an applicant who goes step by step, the consent among them; `send_p50`: the last of these.
The clock stops for pages that are read, and for the consent before the form on one page.
"""

import re
import time
from argparse import Namespace
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count as numbers
from statistics import median
from urllib.parse import urlencode

from forum.runtime.bench import cpu, floors, wire
from forum.runtime.bench.ground import Ground, statements
from forum.runtime.bench.report import Round

WARM = 200
"""Applications before anything is measured: every thread of every process imports, connects, and plans its statements ten
times over, as in the first minute after the doors open.
"""
FIELD = re.compile(rb'name="(csrfmiddlewaretoken|version|ticket)" value="([^"]*)"')
COOKIE = re.compile(r"(?im)^set-cookie: ([^=]+)=([^;\r\n]*)")
PLACE = re.compile(r"(?im)^location: (\S+)")
NAME = {
    "citizenship": "RU", "surname": "Образцов", "given_name": "Пётр", "patronymic": "Ильич", "latin_surname": "OBRAZTSOV",
    "latin_given_name": "PETR", "native_name": "", "badge_name": "",
}  # fmt: skip
WORK = {"organisation": "Завод «Образец»", "position": "директор музея", "position_short": ""}


@dataclass
class Applicant:
    """A browser of its own: address on the network, connection, cookies. `number` makes all of them different."""

    port: int
    number: int
    category: str = "delegate"
    patience: float = wire.TIMEOUT
    cookies: dict[str, str] = field(default_factory=dict)
    hidden: dict[str, str] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        source = f"127.1.{self.number // 250 % 250}.{self.number % 250 + 1}"
        self.wire = wire.Connection(self.port, source=source, patience=self.patience)

    def read(self) -> None:
        """The page of the consent."""
        _status, _head, body = self._exchange("GET", self.consent)
        self.hidden = {name.decode(): value.decode() for name, value in FIELD.findall(body)}

    @property
    def consent(self) -> str:
        """Where an application begins."""
        return f"/ru/apply/{self.category}/consent/"

    def apply(self, delegation: str) -> str:
        """All five posts. Returns what went wrong, or nothing."""
        try:
            base = self.fill(delegation)
            sent = self.send(base)
        except (OSError, ValueError) as error:
            return str(error)
        finally:
            self.wire.close()
        return "" if sent == f"{base}sent/" else f"ended at {sent}"

    def agree(self) -> None:
        """The consent alone, for `apply_at_once`. Raises what `post` raises."""
        self.base = self.post(self.consent, {"agree": "on", **self.hidden}).rpartition("name/")[0]
        self.seconds.clear()

    def apply_at_once(self, delegation: str) -> str:
        """The form on one page, after `agree`. Returns what went wrong, or nothing."""
        answers = NAME | self.contact | WORK | {"delegation": delegation, "version": "1"}
        try:
            sent = self.post(f"{self.base}all/", answers)
        except (OSError, ValueError) as error:
            return str(error)
        finally:
            self.wire.close()
        return "" if sent == f"{self.base}sent/" else f"ended at {sent}"

    @property
    def contact(self) -> dict[str, str]:
        """An address of one's own."""
        return {"email": f"apply-{self.number}-{time.time_ns()}@example.org", "language": "ru", "languages": "ru"}

    def fill(self, delegation: str) -> str:
        """All posts but the last one. Returns the address of the application; raises what `post` raises."""
        contact = self.contact
        first = self.post(self.consent, {"agree": "on", **self.hidden})
        base = first.rpartition("name/")[0]
        for version, (step, answers) in enumerate(
            (("name", NAME), ("contact", contact), ("work", {**WORK, "delegation": delegation})), start=1
        ):
            self.post(f"{base}{step}/", {"version": str(version), **answers})
        return base

    def send(self, base: str) -> str:
        """The last post. Returns where it leads."""
        return self.post(f"{base}check/", {})

    def look(self, path: str) -> tuple[int, str]:
        """Status and text of a page."""
        status, _head, body = self._exchange("GET", path)
        return status, body.decode(errors="replace")

    def post(self, path: str, answers: dict[str, str]) -> str:
        """Where the answer leads. Raises `ValueError` for anything but a way on."""
        token = self.cookies["csrftoken"]
        began = time.perf_counter()
        status, head, body = self._exchange("POST", path, urlencode({**answers, "csrfmiddlewaretoken": token}).encode())
        self.seconds.append(time.perf_counter() - began)
        place = PLACE.search(head)
        if status != 302 or place is None:
            raise ValueError(f"{path.rpartition('/apply/')[2]}: {status} {body[:300].decode(errors='replace')}")
        return place[1]

    def _exchange(self, method: str, path: str, body: bytes = b"") -> tuple[int, str, bytes]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        status, raw, answer = self.wire.exchange(wire.request(method, path, headers=headers, body=body))
        head = raw.decode("latin-1")
        self.cookies |= dict(COOKIE.findall(head))
        return status, head, answer


def rounds(ground: Ground, options: Namespace) -> list[Round]:
    ground.fill(options.people)
    bench = _Applications(ground, floors.start_bare(ground.supervisor, ground.running))
    bench.fire(WARM, clients=options.clients)
    counted = bench.statements()
    applications = max(options.count // 10, options.clients)
    return [bench.round(applications, options.clients, counted) for _ in range(options.rounds)]


@dataclass
class _Sample:
    seconds: list[float]
    last: list[float]
    wall: float
    errors: list[str]


class _Applications:
    def __init__(self, ground: Ground, bare: int) -> None:
        self.ground, self.bare, self.number = ground, bare, numbers(1)
        region = "SELECT d.id FROM registration_delegation d JOIN forum_region r ON r.id = d.region_id WHERE r.code = 'RU-TOM'"
        self.delegation = str(ground.one(region))

    def fire(self, count: int, *, clients: int, at_once: bool = True) -> _Sample:
        """`count` applicants in all, each client one after the other."""
        people = [Applicant(self.ground.port, next(self.number)) for _ in range(count)]
        for person in people:
            person.read()
            if at_once:
                person.agree()
        began = time.perf_counter()
        with ThreadPoolExecutor(max_workers=clients) as pool:
            way = Applicant.apply_at_once if at_once else Applicant.apply
            errors = list(pool.map(lambda person: way(person, self.delegation), people))
        wall = time.perf_counter() - began
        done = [person.seconds for person, error in zip(people, errors, strict=True) if not error]
        return _Sample([sum(one) for one in done], [one[-1] for one in done], wall, [e for e in errors if e])

    def statements(self) -> int:
        """Of the way step by step and the page before it: all five posts."""
        with statements(self.ground) as told:
            self.fire(1, clients=1, at_once=False)
        return len(told)

    def round(self, count: int, clients: int, counted: int) -> Round:
        stored = self._stored()
        with cpu.measured() as use:
            floor_one = floors.bare(self.bare, clients=1)
            insert = floors.durable_insert(self.ground.running.urls.database)
            one = self.fire(count, clients=1)
            steps = self.fire(count, clients=1, at_once=False)
            floor_many = floors.bare(self.bare, clients=clients)
            many = self.fire(count, clients=clients)
        floor = {
            "bare_p50_ms": floor_one.p50 * 1000, "insert_ms": insert * 1000, "bare_per_second": floor_many.per_second,
        }  # fmt: skip
        figures = {"statements": counted, "foreign_cpu": use.foreign}
        return _judged(one, steps, many, floor, figures, self._lost(stored, one, steps, many))

    def _lost(self, stored: tuple[int, int], *samples: _Sample) -> Sequence[str]:
        """Every answer counts in the tables: the application as sent, and its letter."""
        wanted = sum(len(sample.seconds) for sample in samples)
        kinds = zip(("applications", "letters"), stored, self._stored(), strict=True)
        return [
            f"{after - before} {kind} stored of {wanted}" for kind, before, after in kinds if after - before != wanted
        ]

    def _stored(self) -> tuple[int, int]:
        sent = "SELECT count(*) FROM registration_registration WHERE submitted_at IS NOT NULL"
        return int(self.ground.one(sent)), int(
            self.ground.one("SELECT count(*) FROM forum_message WHERE reason = 'registration.received'")
        )


def _judged(
    one: _Sample, steps: _Sample, many: _Sample, floor: dict[str, float], figures: dict[str, float], lost: Sequence[str]
) -> Round:
    times = {"p50": one.seconds, "steps_p50": steps.seconds, "send_p50": steps.last}
    medians = {name: median(seconds or [0.0]) * 1000 for name, seconds in times.items()}
    least, per_second = floor["bare_p50_ms"] + floor["insert_ms"], len(many.seconds) / many.wall
    return Round(
        figures=figures | {f"{name}_ms": found for name, found in medians.items()} | {"per_second": per_second},
        floor=floor,
        ratios={name: found / least for name, found in medians.items()}
        | {"throughput": per_second / floor["bare_per_second"]},
        errors=[*one.errors, *steps.errors, *many.errors, *lost],
    )
