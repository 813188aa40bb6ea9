"""AES-256-GCM for single values.

A sealed value is: length of the key id (1 byte), key id, nonce (12), ciphertext, tag (16). It is 29 bytes and the key
id longer than the text.
"""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from forum.crypto.keys import field_keys

_NONCE_BYTES = 12


class DecryptionError(Exception):
    """The value was sealed with a key we do not have, for another row or column, or was changed since."""


def encrypt(plaintext: bytes, *, aad: str) -> bytes:
    """Seal `plaintext` with the current key.

    `aad` names the place where the value lives (table, column, row); the value opens only there, so a sealed value that
    is copied to another row or column is refused.
    """
    key_id, key = next(iter(field_keys().items()))
    head = _head(key_id)
    nonce = os.urandom(_NONCE_BYTES)
    return head + nonce + AESGCM(key).encrypt(nonce, plaintext, head + aad.encode())


def decrypt(blob: bytes, *, aad: str) -> bytes:
    """Open a sealed value. Raises `DecryptionError`."""
    length = blob[0] + 1 if blob else 0
    head, nonce, sealed = blob[:length], blob[length : length + _NONCE_BYTES], blob[length + _NONCE_BYTES :]
    key = field_keys().get(head[1:].decode("ascii", "replace"))
    if key is None or len(nonce) < _NONCE_BYTES:
        raise DecryptionError("sealed with an unknown key, or not a sealed value")
    try:
        return AESGCM(key).decrypt(nonce, sealed, head + aad.encode())
    except InvalidTag as error:
        raise DecryptionError("changed, or sealed for another place") from error


def reseal(blob: bytes, *, aad: str) -> bytes:
    """The same value under the current key; as it is when it is sealed with that already. Raises `DecryptionError`."""
    return blob if is_current(blob) else encrypt(decrypt(blob, aad=aad), aad=aad)


def is_current(blob: bytes) -> bool:
    """Whether a sealed value was sealed with the current key."""
    return blob.startswith(current_head())


def current_head() -> bytes:
    """The first bytes of whatever the current key seals."""
    return _head(next(iter(field_keys())))


def current_key_id() -> str:
    """The name of the key that seals new values."""
    return next(iter(field_keys()))


def _head(key_id: str) -> bytes:
    return bytes([len(key_id)]) + key_id.encode("ascii")
