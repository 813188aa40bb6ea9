"""Entries inside the sealed stream: tables and files one after the other, and at the end the list of all of them.

The list (manifest) comes last, as sizes and hashes are known only then. A reader walks through the whole archive once
before anything is written (`checked`), so memory stays flat and a fault is found first.
"""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from forum.backup import BackupError
from forum.backup.sealing import Sealer, opened

BEGIN, DATA, END, LIST = b"B", b"D", b"E", b"L"
PIECE = 1 << 18
CONTRADICTION = "The archive contradicts its own list at {name}. Take another one."


@dataclass
class Entry:
    """A table or a file. `size` and `sha256` are of its bytes; `rows` of a table."""

    kind: str
    name: str
    columns: list[str] = field(default_factory=list)
    size: int = 0
    rows: int = 0
    sha256: str = ""

    def facts(self) -> dict[str, Any]:
        """As it stands in the list."""
        return dict(vars(self))


class Counting:
    """Size, hash and, for COPY's text, rows of what passes by: a line break inside a value is written as two letters."""

    def __init__(self, entry: Entry) -> None:
        self.entry, self._digest = entry, hashlib.sha256()

    def add(self, data: bytes | memoryview) -> None:
        """One more piece."""
        self._digest.update(data)
        self.entry.size += len(data)
        if self.entry.kind == "table":
            self.entry.rows += bytes(data).count(b"\n")

    def done(self) -> Entry:
        """The entry with its hash."""
        self.entry.sha256 = self._digest.hexdigest()
        return self.entry


class Writer:
    """Entries first, the list at the end (`finish`)."""

    def __init__(self, sealer: Sealer) -> None:
        self._sealer = sealer
        self.entries: list[Entry] = []

    @contextmanager
    def entry(self, kind: str, name: str, *, columns: list[str] | None = None) -> Iterator["EntryWriter"]:
        """One table or file."""
        entry = Entry(kind, name, columns or [])
        self._record(BEGIN, json.dumps(entry.facts()).encode())
        writer = EntryWriter(self, entry)
        yield writer
        self.entries.append(writer.counting.done())
        self._record(END, b"")

    def finish(self, about: dict[str, Any]) -> None:
        """The list, with what is to be known about the whole."""
        whole = about | {"entries": [entry.facts() for entry in self.entries]}
        self._record(LIST, json.dumps(whole).encode())
        self._sealer.close()

    def _record(self, kind: bytes, data: bytes | memoryview) -> None:
        self._sealer.write(kind + len(data).to_bytes(4, "big"))
        self._sealer.write(data)


class EntryWriter:
    def __init__(self, archive: Writer, entry: Entry) -> None:
        self._archive, self.counting = archive, Counting(entry)

    def write(self, data: bytes | memoryview) -> None:
        """One piece of the content."""
        self.counting.add(data)
        self._archive._record(DATA, data)


@dataclass
class Manifest:
    """What the archive says about itself."""

    about: dict[str, Any]
    entries: list[Entry]

    def tables(self) -> list[Entry]:
        """In the order in which they were written."""
        return [entry for entry in self.entries if entry.kind == "table"]

    def files(self) -> list[Entry]:
        """The same."""
        return [entry for entry in self.entries if entry.kind == "file"]


def read(source: BinaryIO, *, keys: dict[str, bytes]) -> Iterator[tuple[Entry, Iterator[bytes]] | Manifest]:
    """Each entry with its content, in order, and the manifest. Contents must be read to their end, one by one.

    Raises `BackupError` for whatever is wrong.
    """
    records = _records(opened(source, keys=keys))
    for kind, data in records:
        if kind == BEGIN:
            yield Entry(**json.loads(data)), _content(records)
        elif kind == LIST:
            about = json.loads(data)
            yield Manifest(entries=[Entry(**facts) for facts in about.pop("entries")], about=about)


def checked(source: BinaryIO, *, keys: dict[str, bytes]) -> Manifest:
    """Walk through all of it: every byte is what was sealed, every entry is what the list says. Raises `BackupError`."""
    found: list[Entry] = []
    for item in read(source, keys=keys):
        if isinstance(item, Manifest):
            return agreeing(item, found)
        entry, pieces = item
        counting = Counting(entry)
        for piece in pieces:
            counting.add(piece)
        found.append(counting.done())
    raise BackupError(CONTRADICTION.format(name="its end"))


def agreeing(manifest: Manifest, found: list[Entry]) -> Manifest:
    """The manifest, if what was found is what it lists. Raises `BackupError`."""
    if found != manifest.entries:
        pairs = zip(found, manifest.entries, strict=False)
        name = next((has.name for has, listed in pairs if has != listed), "its end")
        raise BackupError(CONTRADICTION.format(name=name))
    return manifest


def _content(records: Iterator[tuple[bytes, bytes]]) -> Iterator[bytes]:
    for kind, data in records:
        if kind == END:
            return
        yield data


def _records(frames: Iterator[bytes]) -> Iterator[tuple[bytes, bytes]]:
    buffer = bytearray()
    for frame in frames:
        buffer += frame
        while len(buffer) >= 5:
            length = int.from_bytes(buffer[1:5], "big")
            if len(buffer) < 5 + length:
                break
            yield bytes(buffer[:1]), bytes(buffer[5 : 5 + length])
            del buffer[: 5 + length]
