"""Encryption keys from the environment: `FIELD_KEYS="2027a:base64,2026b:base64"`.

The first key encrypts, all of them decrypt. To rotate: put a new key in front, restart, run `manage.py rotate_keys`, drop
the old one when the command finds nothing sealed with it (`docs/operations.md`).
"""

import base64
import binascii
import re
from functools import lru_cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

KEY_BYTES = 32
_KEY_ID = re.compile(r"[A-Za-z0-9._-]{1,32}")


class FieldKeysError(ImproperlyConfigured):
    """`FIELD_KEYS` cannot be used. The message names the key's id, never the key."""


@lru_cache(maxsize=8)
def parse_keys(text: str, *, variable: str = "FIELD_KEYS") -> dict[str, bytes]:
    """Key id to 32 bytes, in the order given: the first is current. Raises `FieldKeysError`."""
    keys: dict[str, bytes] = {}
    for item in filter(None, (part.strip() for part in text.split(","))):
        key_id, colon, encoded = item.partition(":")
        if not colon or not _KEY_ID.fullmatch(key_id):
            raise FieldKeysError(f"{variable}: entry {len(keys) + 1} is not id:base64")
        if key_id in keys:
            raise FieldKeysError(f"{variable}: the id {key_id!r} occurs twice")
        keys[key_id] = _key_bytes(key_id, encoded, variable)
    if not keys:
        raise FieldKeysError(f"{variable} is empty; make a key with: openssl rand -base64 32")
    return keys


def field_keys() -> dict[str, bytes]:
    """The keys of the running project. Raises `FieldKeysError`."""
    return parse_keys(settings.FIELD_KEYS)


def _key_bytes(key_id: str, encoded: str, variable: str) -> bytes:
    try:
        key = base64.b64decode(encoded, validate=True)
    except binascii.Error as error:
        raise FieldKeysError(f"{variable}: the key {key_id!r} is not base64") from error
    if len(key) != KEY_BYTES:
        raise FieldKeysError(f"{variable}: the key {key_id!r} has {len(key)} bytes, {KEY_BYTES} are needed")
    return key
