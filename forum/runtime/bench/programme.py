"""The programme, read by everybody on the morning of the first day: page, data, and the answer that nothing changed.

Each ratio: requests per second of eight clients, over those of the bare view.
"""

from argparse import Namespace
from collections.abc import Callable

from forum.runtime.bench import cpu, floors, wire
from forum.runtime.bench.ground import Ground
from forum.runtime.bench.report import Round

PAGE, DATA = "/ru/programme/", "/api/v1/programme"


def rounds(ground: Ground, options: Namespace) -> list[Round]:
    bare = floors.start_bare(ground.supervisor, ground.running)
    bench = _Programme(ground, bare)
    bench.fire(wire.request("GET", PAGE), 50, clients=options.clients, check=_is(200))
    return [bench.round(options.count, options.clients) for _ in range(options.rounds)]


class _Programme:
    def __init__(self, ground: Ground, bare: int) -> None:
        self.ground, self.bare = ground, bare
        self.known = wire.request("GET", PAGE, headers={"If-None-Match": _etag(ground.port)})

    def fire(self, prepared: bytes, count: int, *, clients: int, check: wire.Check) -> wire.Sample:
        return wire.fire(self.ground.port, [[prepared] * (count // clients)] * clients, check=check)

    def round(self, count: int, clients: int) -> Round:
        with cpu.measured() as use:
            floor = floors.bare(self.bare, clients=clients)
            html = self.fire(wire.request("GET", PAGE), count, clients=clients, check=_is(200))
            data = self.fire(wire.request("GET", DATA), count, clients=clients, check=_is(200))
            same = self.fire(self.known, count, clients=clients, check=_is(304))
        samples = {"html": html, "json": data, "not_modified": same}
        return Round(
            figures={f"{name}_per_second": one.per_second for name, one in samples.items()}
            | {"foreign_cpu": use.foreign},
            floor={"bare_per_second": floor.per_second},
            ratios={name: one.per_second / floor.per_second for name, one in samples.items()},
            errors=[error for one in samples.values() for error in one.errors],
        )


def _etag(port: int) -> str:
    _status, head, _body = wire.Connection(port).exchange(wire.request("GET", PAGE))
    for line in head.decode("latin-1").split("\r\n"):
        name, _, value = line.partition(":")
        if name.lower() == "etag":
            return value.strip()
    return ""


def _is(wanted: int) -> Callable[[int, bytes], str]:
    return lambda status, body: "" if status == wanted else f"{status}, not {wanted}"
