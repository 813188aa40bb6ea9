"""Keyed hashes: find a row by a secret value, and compare values, without keeping them readable."""

import hashlib
import hmac

from django.conf import settings


def keyed_hash(value: str, *, purpose: str) -> bytes:
    """HMAC-SHA-256 of `value`, 32 bytes, under a key of its own for each `purpose`.

    The same value gives unrelated hashes for two purposes, so tables cannot be joined by them. The caller brings the
    value into one form first (a document number without spaces, a token in capitals). `settings.HASH_PEPPER` must stay
    the same during one edition of the forum, else nothing is found any more.
    """
    key = hmac.digest(settings.HASH_PEPPER.encode(), purpose.encode(), hashlib.sha256)
    return hmac.digest(key, value.encode(), hashlib.sha256)
