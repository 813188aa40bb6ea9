"""Mail: letters in the ledger until the server has taken them and the rows say so; the worker of `./run serve` sends.

`throughput`: letters per second, over those of smtplib sending the same bytes on one connection to the same server.
"""

import time
from argparse import Namespace

from forum.runtime.bench import cpu, floors
from forum.runtime.bench.ground import Ground
from forum.runtime.bench.report import Round

PATIENCE = 300.0
LOOK_EVERY = 0.05


def rounds(ground: Ground, options: Namespace) -> list[Round]:
    _round(ground, 20)  # the worker imports and connects
    return [_round(ground, options.count) for _ in range(options.rounds)]


def _round(ground: Ground, count: int) -> Round:
    before, others = set(ground.running.mail.glob("*.eml")), _sent(ground)
    with cpu.measured() as use:
        occasion = ground.told("bench_mail", "--count", str(count))["occasion"]
        seconds = _until_sent(ground, occasion, count)
        letters = sorted(set(ground.running.mail.glob("*.eml")) - before)
        floor = floors.smtp(int(ground.running.env["EMAIL_PORT"]), letters[:count])
    sent = _sent(ground, f"occasion = '{occasion}'")
    expected = count + _sent(ground) - others - sent  # the forum has letters of its own to write meanwhile
    wrong = abs(count - sent) + abs(expected - len(letters))
    return Round(
        figures={"per_second": sent / seconds, "foreign_cpu": use.foreign},
        floor={"smtp_per_second": len(letters) / floor},
        ratios={"throughput": (sent / seconds) / (len(letters) / floor)},
        errors=[f"{sent} sent of {count}, {len(letters)} arrived of {expected}"] if wrong else [],
    )


def _sent(ground: Ground, which: str = "true") -> int:
    return int(ground.one(f"SELECT count(*) FROM forum_message WHERE state = 'sent' AND {which}"))  # noqa: S608 -- ours


def _until_sent(ground: Ground, occasion: str, count: int) -> float:
    """Seconds between the first and the last letter, by the rows' own times."""
    query = f"SELECT count(*) FROM forum_message WHERE occasion = '{occasion}' AND sent_at IS NOT NULL"  # noqa: S608 -- ours
    deadline = time.monotonic() + PATIENCE
    while ground.one(query) < count and time.monotonic() < deadline:
        time.sleep(LOOK_EVERY)
    span = f"SELECT extract(epoch FROM max(sent_at) - min(sent_at)) FROM forum_message WHERE occasion = '{occasion}'"  # noqa: S608 -- ours
    return float(ground.one(span) or PATIENCE) * count / max(count - 1, 1)
