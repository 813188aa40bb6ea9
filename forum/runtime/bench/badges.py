"""Badges: one print run in one process, from the rows in the database to the stored PDF and its records.

`time`: seconds of the run, over those of a PDF with as many pages, each one prebuilt code and eight strings.
"""

from argparse import Namespace

from forum.runtime.bench import cpu, floors
from forum.runtime.bench.ground import Ground
from forum.runtime.bench.report import Round


def rounds(ground: Ground, options: Namespace) -> list[Round]:
    ground.fill(max(options.people, options.count))
    return [_round(ground, options.count) for _ in range(options.rounds)]


def _round(ground: Ground, count: int) -> Round:
    with cpu.measured() as use:
        floor = floors.pdf(count)
        told = ground.told("bench_badges", "--count", str(count))
    missing = count - told["badges"]
    return Round(
        figures={
            "per_second": told["badges"] / told["seconds"], "bytes_per_badge": told["bytes"] / max(told["badges"], 1),
            "peak_mb": told["peak_mb"], "grown_mb": told["grown_mb"], "foreign_cpu": use.foreign,
        },
        floor={"pdf_seconds": floor},
        ratios={"time": told["seconds"] / floor},
        errors=[f"{missing} badges missing"] if missing else [],
    )  # fmt: skip
