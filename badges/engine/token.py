"""What a badge carries: an opaque token in the QR, and a short code for the case that the QR cannot be read.

Both are random and mean nothing by themselves. The database keeps the token encrypted and finds both by keyed hash.
"""

import re
import secrets

from forum.refs import ALPHABET, random_code, read_code

TOKEN_BYTES = 16
# 26 characters of Crockford's base32 (0-9, A-Z without I, L, O, U), the most significant first; 128 bits need two
# fewer than 26 characters hold, so the first one is 0 to 7. All of it is in the QR's alphanumeric set.
TOKEN_LENGTH = 26
TOKEN_PATTERN = re.compile(f"[0-7][{ALPHABET}]{{{TOKEN_LENGTH - 1}}}")
SHORT_CODE_LENGTH = 8

# Purposes for `forum.crypto.keyed_hash`.
TOKEN_LOOKUP = "badges.credential.token"  # noqa: S105 -- a purpose, not a secret
SHORT_CODE_LOOKUP = "badges.credential.short_code"

# A hand-held scanner is a keyboard to the computer: with the Russian layout on, it types these for A to Z.
_RUSSIAN_LAYOUT = str.maketrans("ФИСВУАПРШОЛДЬТЩЗЙКЫЕГМЦЧНЯ", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def new_token() -> str:
    """128 random bits as 26 characters."""
    return encode_token(secrets.token_bytes(TOKEN_BYTES))


def encode_token(raw: bytes) -> str:
    """16 bytes as a token. Raises `ValueError` for another length."""
    if len(raw) != TOKEN_BYTES:
        raise ValueError("token.length")
    number = int.from_bytes(raw, "big")
    return "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(TOKEN_LENGTH)))


def decode_token(token: str) -> bytes:
    """The 16 bytes of a token that `parse_token` returned."""
    number = 0
    for character in token:
        number = number << 5 | ALPHABET.index(character)
    return number.to_bytes(TOKEN_BYTES, "big")


def parse_token(scanned: str) -> str:
    """What a scanner read, as the token. Raises `ValueError("token.malformed")` for what is not one of ours."""
    token = scanned.strip().upper().translate(_RUSSIAN_LAYOUT)
    if not TOKEN_PATTERN.fullmatch(token):
        raise ValueError("token.malformed")
    return token


def new_short_code() -> str:
    """40 random bits as 8 characters that can be read aloud; unique by the database's constraint."""
    return random_code(SHORT_CODE_LENGTH)


def parse_short_code(typed: str) -> str:
    """A typed or dictated short code in its stored form. Raises `ValueError("short_code.malformed")`."""
    return read_code(typed, length=SHORT_CODE_LENGTH, code="short_code.malformed")


def format_short_code(code: str) -> str:
    """Two groups of four, as printed and spoken."""
    return f"{code[:4]}-{code[4:]}"
