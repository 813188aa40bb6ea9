"""`./run bench NAME`: one benchmark. The last line is one JSON object; ratios are to floors measured in the same rounds."""

from argparse import Namespace
from collections.abc import Callable

from forum.runtime.bench import apply, badges, mail, programme, report, scan, search
from forum.runtime.bench.ground import Ground, open_ground

BENCHES: dict[str, Callable[[Ground, Namespace], list[report.Round]]] = {
    "scan": scan.rounds,
    "badges": badges.rounds,
    "apply": apply.rounds,
    "programme": programme.rounds,
    "mail": mail.rounds,
    "search": search.rounds,
}
WORKED = {"mail"}
"""What workers do; badges are printed by a process of their own."""


def main(known: Namespace, rest: list[str]) -> int:
    with open_ground(works=known.name in WORKED) as ground:
        result = report.summary(known.name, BENCHES[known.name](ground, known))
    if not known.json:
        print(report.as_table(result))
    print(report.as_json(result))
    return 1 if result["errors"] else 0
