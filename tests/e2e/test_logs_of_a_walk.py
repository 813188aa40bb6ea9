"""A delegate goes all the way in real processes, and nothing of the person stands in any log of web, worker or beat."""

import json
import re
from pathlib import Path

import psycopg

from forum.runtime import smoke, smoke_walk
from forum.runtime.letters import find_letter
from forum.runtime.postgres import DISCREET
from forum.runtime.smoke import Ground
from forum.runtime.stack import Running

OURS = ("web.log", "worker-mail.log", "worker-work.log", "beat.log")
PERSONAL = ("surname", "given_name", "patronymic", "latin_surname", "latin_given_name", "email", "organisation")


def secrets_of(ground: Ground) -> set[str]:
    """All that was typed, shown or sent and tells of the person, or opens something."""
    typed = {str(smoke_walk.ANSWERS[name]) for name in PERSONAL}
    link = ground.notes["link"].rstrip("/").rpartition("/")[2]
    code = ground.notes["code"]
    cookies = {cookie.value for visitor in ground.visitors.values() for cookie in visitor.cookies}
    found = typed | {link, code, re.sub(r"[\s-]", "", code), ground.notes["device"]} | cookies
    return {secret for secret in found if secret and len(secret) > 3}  # the language is a cookie, too


def lines_of(logs: Path) -> list[dict[str, str]]:
    """Each line is one JSON object; gunicorn's and Celery's are, too."""
    lines = [line for name in OURS for line in (logs / name).read_text().splitlines() if line]
    assert [line for line in lines if not line.startswith("{")] == []
    return [json.loads(line) for line in lines]


def test_walk_leaves_nothing_of_the_person_in_the_logs(running: Running) -> None:
    ground = Ground(base=running.plan.local, mail=running.mail)
    assert smoke.walk(ground, smoke_walk.STEPS, show=print) is None
    logs = running.plan.state / "logs"
    text = "".join((logs / name).read_text() for name in OURS)
    assert sorted(secret for secret in secrets_of(ground) if secret.lower() in text.lower()) == []
    lines = lines_of(logs)
    assert not [line for line in lines if "@example" in str(line) or "?" in line.get("route", "")]
    follow(ground, lines, database=running.env["DATABASE_URL"])


def follow(ground: Ground, lines: list[dict[str, str]], *, database: str) -> None:
    """From the delegate's click on “confirm” to the letter with the badge: one id through all three processes."""
    letter = find_letter(ground.mail, to=smoke_walk.EMAIL, attached="application/pdf")
    assert letter is not None
    asked = letter["X-Request-ID"]
    mine = [line for line in lines if line.get("request_id") == asked]
    assert any(line.get("route", "").endswith("/confirm/") and line["method"] == "POST" for line in mine)
    assert {"badges.issue_badge", "forum.send_messages"} <= {line["task"] for line in mine if "task" in line}
    with psycopg.connect(database) as connection:
        entries = connection.execute("SELECT action FROM forum_auditentry WHERE request_id = %s", [asked]).fetchall()
        assert ("badge.issued",) in entries, entries
        nameless = connection.execute("SELECT count(*) FROM forum_message WHERE request_id IN ('', '-')").fetchone()
        assert nameless == (0,)


def test_the_database_writes_no_row_into_its_log(running: Running) -> None:
    with psycopg.connect(running.env["DATABASE_URL"]) as connection:
        rows = connection.execute("SELECT name || '=' || setting FROM pg_settings").fetchall()
    assert set(DISCREET) <= {setting for (setting,) in rows}
