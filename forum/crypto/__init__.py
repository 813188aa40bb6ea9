"""Secrets at rest: authenticated encryption of single values, and keyed hashes to look values up without storing them.

The model field stands apart in `forum.crypto.fields`, so that this package can be imported before Django is set up.
"""

from forum.crypto.hashing import keyed_hash
from forum.crypto.keys import FieldKeysError, parse_keys
from forum.crypto.sealing import (
    DecryptionError,
    current_head,
    current_key_id,
    decrypt,
    encrypt,
    is_current,
    reseal,
)

__all__ = [
    "DecryptionError",
    "FieldKeysError",
    "current_head",
    "current_key_id",
    "decrypt",
    "encrypt",
    "is_current",
    "keyed_hash",
    "parse_keys",
    "reseal",
]
