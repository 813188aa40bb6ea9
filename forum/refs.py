"""References that people read aloud: 10 characters of Crockford's base32, shown as XXXXX-XXXXX.

50 random bits: not a secret, but nothing to count through either. The alphabet leaves out I, L, O and U, and what
people type instead is forgiven, Cyrillic letters that look alike included.
"""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
REF_LENGTH = 10
_READ_ALIKE = str.maketrans("OILОАВЕКМНРСТХУЗ", "011" + "0ABEKMHPCTXY3", "- \u00a0\u2010\u2011\u2013\t")


def new_ref() -> str:
    """A fresh reference. Unique by the database's constraint, not by this function."""
    return random_code(REF_LENGTH)


def normalise_ref(text: str) -> str:
    """Typed text as the stored reference. Raises `ValueError` with the code `ref.malformed`."""
    return read_code(text, length=REF_LENGTH, code="ref.malformed")


def format_ref(ref: str) -> str:
    """Two groups of five, as printed and spoken."""
    return f"{ref[:5]}-{ref[5:]}"


def random_code(length: int) -> str:
    """`length` random characters of the alphabet, five bits each."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def read_code(text: str, *, length: int, code: str) -> str:
    """Typed text in the alphabet: capitals, no separators, look-alikes folded. Raises `ValueError(code)`."""
    characters = text.strip().upper().translate(_READ_ALIKE)
    if len(characters) != length or not set(characters) <= set(ALPHABET):
        raise ValueError(code)
    return characters
