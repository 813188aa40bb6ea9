"""Mail: letters in the ledger until the server has taken them and the rows say so; the worker of `./run serve` sends.

`throughput`: letters per second, over those of smtplib sending the same bytes on one connection to the same server.
"""

import re
import time
from argparse import Namespace
from pathlib import Path

from forum.runtime.bench import cpu, floors
from forum.runtime.bench.ground import Ground
from forum.runtime.bench.report import Round

PATIENCE = 300.0
LOOK_EVERY = 0.05
MESSAGE_ID = re.compile(rb"(?m)^Message-ID: <([0-9a-f-]+)@")


def rounds(ground: Ground, options: Namespace) -> list[Round]:
    _round(ground, 20)  # the worker imports and connects
    return [_round(ground, options.count) for _ in range(options.rounds)]


def _round(ground: Ground, count: int) -> Round:
    before = set(ground.running.mail.glob("*.eml"))
    with cpu.measured() as use:
        occasion = ground.told("bench_mail", "--count", str(count))["occasion"]
        seconds = _until_sent(ground, occasion, count)
        letters = _arrived(ground, occasion, since=before)
        floor = floors.smtp(int(ground.running.env["EMAIL_PORT"]), letters[:count])
    sent = int(ground.one(f"SELECT count(*) FROM forum_message WHERE occasion = '{occasion}' AND state = 'sent'"))  # noqa: S608 -- ours
    wrong = abs(count - sent) + abs(count - len(letters))
    return Round(
        figures={"per_second": sent / seconds, "foreign_cpu": use.foreign},
        floor={"smtp_per_second": len(letters) / floor},
        ratios={"throughput": (sent / seconds) / (len(letters) / floor)},
        errors=[f"{sent} sent and {len(letters)} arrived of {count}"] if wrong else [],
    )


def _arrived(ground: Ground, occasion: str, *, since: set[Path]) -> list[Path]:
    """Ours alone: the forum has letters of its own to write meanwhile."""
    rows = ground.rows(f"SELECT public_id::text FROM forum_message WHERE occasion = '{occasion}'")  # noqa: S608 -- ours
    ours = {row[0].encode() for row in rows}
    found = sorted(set(ground.running.mail.glob("*.eml")) - since)
    return [path for path in found if (id_ := MESSAGE_ID.search(path.read_bytes())) and id_[1] in ours]


def _until_sent(ground: Ground, occasion: str, count: int) -> float:
    """Seconds between the first and the last letter, by the rows' own times."""
    query = f"SELECT count(*) FROM forum_message WHERE occasion = '{occasion}' AND sent_at IS NOT NULL"  # noqa: S608 -- ours
    deadline = time.monotonic() + PATIENCE
    while ground.one(query) < count and time.monotonic() < deadline:
        time.sleep(LOOK_EVERY)
    span = f"SELECT extract(epoch FROM max(sent_at) - min(sent_at)) FROM forum_message WHERE occasion = '{occasion}'"  # noqa: S608 -- ours
    return float(ground.one(span) or PATIENCE) * count / max(count - 1, 1)
