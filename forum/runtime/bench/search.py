"""Finding one person among fifty thousand: by the desk's search (`POST /api/v1/people/search`), as people type.

Full names as written, in the other script, in the wrong keyboard layout, with two letters swapped. `p95`: seconds of a search
that nineteen of twenty stay below, over the median of opening one application by its key (`GET /api/v1/applications/…`).
"""

import json
from argparse import Namespace
from collections.abc import Callable
from itertools import cycle
from random import Random

from forum.names import other_layout
from forum.runtime.bench import cpu, floors, wire
from forum.runtime.bench.ground import Ground
from forum.runtime.bench.report import Round

POINT, PHONES = "rehearsal", 100
PAGES = 100
"""Applications opened by key in a round: a token is held to a pace."""
SOME = (
    "SELECT r.ref, p.surname, p.given_name, p.latin_surname, p.latin_given_name FROM registration_registration r"
    " JOIN registration_person p ON p.id = r.person_id WHERE r.state = 'confirmed' AND p.patronymic <> ''"
    " AND length(p.surname) > 5 ORDER BY md5(r.ref) LIMIT 500"
)
Person = tuple[str, str, str, str, str]


def rounds(ground: Ground, options: Namespace) -> list[Round]:
    ground.fill(options.people)
    bench = _Search(ground)
    bench.search(2 * PHONES)  # the first requests import and connect
    return [bench.round(options.count) for _ in range(options.rounds)]


def _swapped(word: str) -> str:
    return word[:2] + word[3] + word[2] + word[4:]


WAYS: tuple[Callable[[Person], str], ...] = (
    lambda p: f"{p[1]} {p[2]}",
    lambda p: f"{p[3]} {p[4]}".lower(),
    lambda p: other_layout(f"{p[1]} {p[2]}"),
    lambda p: f"{_swapped(p[1])} {p[2]}".lower(),
)


class _Search:
    def __init__(self, ground: Ground) -> None:
        self.ground, self.chance = ground, Random(1)  # noqa: S311 -- who is looked for is no secret
        self.phone = cycle(ground.phones(POINT, count=PHONES))
        self.people: list[Person] = ground.rows(SOME)
        self.bare = floors.start_bare(ground.supervisor, ground.running)

    def search(self, count: int) -> wire.Sample:
        asked = [self._asked(WAYS[number % len(WAYS)]) for number in range(count)]
        return wire.fire(self.ground.port, [asked], check=_nobody)

    def _asked(self, way: Callable[[Person], str]) -> bytes:
        headers = {"Authorization": f"Device {next(self.phone)}", "Content-Type": "application/json"}
        body = json.dumps({"q": way(self.chance.choice(self.people))}).encode()
        return wire.request("POST", "/api/v1/people/search", headers=headers, body=body)

    def pages(self) -> wire.Sample:
        token = self.ground.told("access_tokens", "--json")["api"]["organiser"]
        refs = (self.chance.choice(self.people)[0] for _ in range(PAGES))
        headers = {"Authorization": f"Bearer {token}"}
        asked = [wire.request("GET", f"/api/v1/applications/{ref}", headers=headers) for ref in refs]
        return wire.fire(self.ground.port, [asked], check=lambda status, body: "" if status == 200 else str(status))

    def round(self, count: int) -> Round:
        with cpu.measured() as use:
            bare, pages, found = floors.bare(self.bare, clients=1), self.pages(), self.search(count)
        p95 = sorted(found.seconds)[len(found.seconds) * 95 // 100]
        return Round(
            figures={"p50_ms": found.p50 * 1000, "p95_ms": p95 * 1000, "foreign_cpu": use.foreign},
            floor={"bare_p50_ms": bare.p50 * 1000, "page_p50_ms": pages.p50 * 1000},
            ratios={"p95": p95 / pages.p50, "p50": found.p50 / pages.p50},
            errors=[*pages.errors, *found.errors],
        )


def _nobody(status: int, body: bytes) -> str:
    if status != 200:
        return f"{status}: {body[:200].decode(errors='replace')}"
    return "" if json.loads(body)["results"] else "nobody found"
