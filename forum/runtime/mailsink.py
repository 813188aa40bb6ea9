"""A real SMTP server that delivers nowhere: each message becomes one `.eml` file.

Started as a process (`python -m forum.runtime.mailsink FOLDER PORT`) by demo, serve, smoke and shots. The demo's mailbox
page and the tests read the folder. File names tell the time of arrival and nothing about the people.
"""

import asyncio
import os
import signal
import sys
import time
import uuid
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

MAX_BYTES = 25 * 1024 * 1024
LISTENING = "mail sink listens"


class Sink:
    """aiosmtpd handler. The envelope is kept in headers of ours, as the visible To may differ from it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    async def handle_EHLO(  # noqa: N802 -- its name
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        """Like the servers of the world it takes commands in one go."""
        session.host_name = hostname
        return [responses[0], "250-PIPELINING", *responses[1:]]

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 -- its name
        name = f"{time.time_ns():020d}-{uuid.uuid4().hex[:8]}"
        head = f"X-Envelope-From: {envelope.mail_from}\r\nX-Envelope-To: {', '.join(envelope.rcpt_tos)}\r\n"
        half = self.folder / f".{name}.part"
        half.touch(mode=0o600)
        half.write_bytes(head.encode() + (envelope.original_content or b""))
        half.rename(self.folder / f"{name}.eml")  # a reader never sees half a message
        return "250 Message kept"


async def serve(*, folder: Path, port: int, host: str = "127.0.0.1") -> None:
    """Listen until SIGTERM or SIGINT."""
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ended.set)
    sink = Sink(folder)
    server = await loop.create_server(lambda: SMTP(sink, data_size_limit=MAX_BYTES, enable_SMTPUTF8=True), host, port)
    print(LISTENING, flush=True)
    async with server:
        await ended.wait()


if __name__ == "__main__":
    os.umask(0o077)
    asyncio.run(serve(folder=Path(sys.argv[1]), port=int(sys.argv[2])))
