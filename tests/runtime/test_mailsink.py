"""The mail sink speaks real SMTP and keeps what it got."""

import email
import email.policy
import os
import smtplib
import sys
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from forum.runtime import mailsink
from forum.runtime.ports import free_port
from forum.runtime.service import Probe, Service
from forum.runtime.supervisor import Supervisor


@pytest.fixture
def port(state: Path) -> Iterator[int]:
    number = free_port()
    service = Service(
        name="mail-sink",
        command=[sys.executable, "-m", "forum.runtime.mailsink", str(state / "mail"), str(number)],
        log=str(state / "mail.log"),
        ready=Probe(kind="log", target=mailsink.LISTENING),
        env=dict(os.environ),
    )
    with Supervisor(state=state) as supervisor:
        supervisor.start(service)
        yield number


def letter() -> EmailMessage:
    message = EmailMessage(policy=email.policy.SMTP)
    message["From"], message["To"], message["Subject"] = "forum@example.org", "delegate@example.org", "Заявка принята"
    message.set_content("Здравствуйте, Ўткир Oʻgʻli!")
    message.add_alternative("<p>Здравствуйте!</p>", subtype="html")
    return message


def kept(state: Path) -> list[EmailMessage]:
    files = sorted((state / "mail").glob("*.eml"))
    return [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in files]


def test_message_is_kept_whole(state: Path, port: int) -> None:
    with smtplib.SMTP("127.0.0.1", port) as client:
        client.send_message(letter())
    (message,) = kept(state)
    body = message.get_body(("plain",))
    assert body is not None
    assert (message["Subject"], body.get_content().strip()) == ("Заявка принята", "Здравствуйте, Ўткир Oʻgʻli!")


def test_envelope_is_kept_beside_the_headers(state: Path, port: int) -> None:
    with smtplib.SMTP("127.0.0.1", port) as client:
        client.send_message(letter(), to_addrs=["hidden@example.org"])
    (message,) = kept(state)
    assert (message["X-Envelope-To"], message["X-Envelope-From"]) == ("hidden@example.org", "forum@example.org")


def test_one_connection_may_send_many(state: Path, port: int) -> None:
    with smtplib.SMTP("127.0.0.1", port) as client:
        for _ in range(5):
            client.send_message(letter())
    assert len(kept(state)) == 5


def test_files_are_private_and_named_after_nobody(state: Path, port: int) -> None:
    with smtplib.SMTP("127.0.0.1", port) as client:
        client.send_message(letter())
    (path,) = (state / "mail").iterdir()
    assert oct(path.stat().st_mode & 0o777) == "0o600"
    assert "delegate" not in path.name
