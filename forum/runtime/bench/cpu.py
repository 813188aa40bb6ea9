"""How much of the machine others used meanwhile: figures of a busy machine are not worth comparing."""

import os
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")


@dataclass
class Use:
    """Shares of all processor time, 0 to 1; both are 0 where /proc does not exist."""

    ours: float = 0.0
    foreign: float = 0.0


@contextmanager
def measured() -> Iterator[Use]:
    """Filled at the end: we are this process and everything below it."""
    use = Use()
    if not PROC.exists():
        yield use
        return
    (busy, total), mine = _machine(), _below(os.getpid())
    yield use
    (busy_after, total_after), mine_after = _machine(), _below(os.getpid())
    span = max(total_after - total, 1)
    use.ours = max(mine_after - mine, 0) / span
    use.foreign = max(busy_after - busy - (mine_after - mine), 0) / span


def _machine() -> tuple[int, int]:
    """(busy, all) ticks since the machine started; waiting for disks is not busy."""
    numbers = [int(word) for word in (PROC / "stat").read_text().split("\n", 1)[0].split()[1:9]]
    return sum(numbers) - numbers[3] - numbers[4], sum(numbers)


def _below(root: int) -> int:
    """Ticks of a process and its descendants, those that ended included."""
    parents: dict[int, list[int]] = defaultdict(list)
    ticks: dict[int, int] = {}
    for folder in PROC.glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue  # ended between listing and reading
        number = int(folder.name)
        parents[int(fields[1])].append(number)
        ticks[number] = sum(int(word) for word in fields[11:15])
    waiting, sum_of_ticks = [root], 0
    while waiting:
        number = waiting.pop()
        sum_of_ticks += ticks.get(number, 0)
        waiting += parents[number]
    return sum_of_ticks
