"""What a benchmark says: one JSON object on the last line, and the same for people above it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Round:
    """One measurement. `floor` was taken in the same round; ratios are of this round."""

    figures: Mapping[str, float]
    floor: Mapping[str, float]
    ratios: Mapping[str, float]
    errors: Sequence[str] = field(default_factory=tuple)


def summary(name: str, rounds: Sequence[Round]) -> dict[str, Any]:
    """Medians over the rounds; errors of all rounds counted, the first ones spelled out."""
    errors = [error for one in rounds for error in one.errors]
    return {
        "name": name,
        "figures": _medians([one.figures for one in rounds]),
        "floor": _medians([one.floor for one in rounds]),
        "ratios": _medians([one.ratios for one in rounds]),
        "errors": len(errors),
        **({"first_errors": errors[:5]} if errors else {}),
    }


def _medians(rows: Sequence[Mapping[str, float]]) -> dict[str, float]:
    return {key: _short(median(row[key] for row in rows)) for key in rows[0]}


def _short(value: float) -> float:
    """Four significant digits: more would be pretended."""
    return float(f"{value:.4g}")


def as_table(result: Mapping[str, Any]) -> str:
    rows = [
        f"  {part:8} {key:28} {value:>12}"
        for part in ("figures", "floor", "ratios")
        for key, value in result[part].items()
    ]
    return "\n".join([f"{result['name']}: {result['errors']} errors", *rows])


def as_json(result: Mapping[str, Any]) -> str:
    return json.dumps(result, ensure_ascii=False)
