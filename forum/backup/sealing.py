"""A stream that only the holder of the key can read, and nobody can change or shorten unnoticed.

AES-256-GCM in frames of a mebibyte. The nonce of a frame is its number and whether it is the last one (the STREAM
construction), so frames cannot be dropped, doubled, exchanged or cut off at the end. Each file has a key of its own,
derived from the key of the settings and a random salt.

    magic · length of the key id · key id · salt (16) · check (8) · frames: [1 bit last, 31 bits length] sealed bytes
"""

import os
from collections.abc import Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from forum.backup import BackupError

MAGIC = b"forum backup 1\n"
FRAME = 1 << 20
LAST = 1 << 31
TAG, SALT, CHECK = 16, 16, 8
TRUNCATED = "The archive ends too early: it was cut off or is still being copied. Fetch it again, or take another one."
DAMAGED = "The archive is damaged near byte {at}. Nothing was changed. Fetch it again, or take another one."


def _keys(key: bytes, salt: bytes) -> tuple[bytes, bytes]:
    """The key of this file, and a mark by which a wrong key is told from a damaged file."""
    made = HKDF(algorithm=hashes.SHA256(), length=32 + CHECK, salt=salt, info=MAGIC).derive(key)
    return made[:32], made[32:]


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


class Sealer:
    """Write to it as to a file; without `close` the result is no archive."""

    def __init__(self, out: BinaryIO, *, key_id: str, key: bytes) -> None:
        salt = os.urandom(SALT)
        secret, check = _keys(key, salt)
        self._head = MAGIC + bytes([len(key_id)]) + key_id.encode("ascii") + salt + check
        self._out, self._box = out, AESGCM(secret)
        self._buffer, self._number = bytearray(), 0
        out.write(self._head)

    def write(self, data: bytes | memoryview) -> None:
        """Any amount; memory holds at most a few frames."""
        self._buffer += data
        while len(self._buffer) > FRAME:
            self._frame(bytes(self._buffer[:FRAME]), last=False)
            del self._buffer[:FRAME]

    def close(self) -> None:
        """The last frame, which makes it whole."""
        self._frame(bytes(self._buffer), last=True)

    def _frame(self, data: bytes, *, last: bool) -> None:
        sealed = self._box.encrypt(_nonce(self._number, last=last), data, self._head)
        self._out.write((len(sealed) | (LAST if last else 0)).to_bytes(4, "big") + sealed)
        self._number += 1


def opened(source: BinaryIO, *, keys: dict[str, bytes]) -> Iterator[bytes]:
    """The plain frames. Raises `BackupError` for a foreign file, an unknown or wrong key, a change, a cut."""
    head, box = _begin(source, keys)
    number, last = 0, False
    while not last:
        at = source.tell()
        word = int.from_bytes(_exactly(source, 4), "big")
        last, length = bool(word & LAST), word & ~LAST
        if not TAG <= length <= FRAME + TAG:
            raise BackupError(DAMAGED.format(at=at))
        try:
            yield box.decrypt(_nonce(number, last=last), _exactly(source, length), head)
        except InvalidTag as error:
            raise BackupError(DAMAGED.format(at=at)) from error
        number += 1
    if source.read(1):
        raise BackupError(DAMAGED.format(at=source.tell()))


def _begin(source: BinaryIO, keys: dict[str, bytes]) -> tuple[bytes, AESGCM]:
    start = source.read(len(MAGIC))
    if start != MAGIC:
        raise BackupError(TRUNCATED if MAGIC.startswith(start) else "This file is no archive of the forum.")
    length = _exactly(source, 1)
    name, salt, check = (_exactly(source, size) for size in (length[0], SALT, CHECK))
    key_id = name.decode("ascii", "replace")
    if key_id not in keys:
        raise BackupError(f"The archive was sealed with the key {key_id!r}, which BACKUP_KEYS does not hold. Add it.")
    secret, expected = _keys(keys[key_id], salt)
    if check != expected:
        raise BackupError(f"The key {key_id!r} in BACKUP_KEYS is not the one that sealed the archive.")
    return MAGIC + length + name + salt + check, AESGCM(secret)


def _exactly(source: BinaryIO, size: int) -> bytes:
    data = source.read(size)
    if len(data) != size:
        raise BackupError(TRUNCATED)
    return data
