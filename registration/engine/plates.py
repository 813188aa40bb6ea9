"""Number plates as people type them, folded so that one plate is one text whatever the alphabet it was typed in."""

import re
import unicodedata

_DRESS = re.compile(r"[\s\-\u2010-\u2015.·_/]+")
_ALIKE = str.maketrans("АВЕКМНОРСТУХ", "ABEKMHOPCTYX")
"""GOST R 50577: Russian plates use only letters that look alike in both alphabets."""
_CYRILLIC = str.maketrans("ABEKMHOPCTYX", "АВЕКМНОРСТУХ")
_PLATE = re.compile(r"(?=.*[0-9])[A-ZА-ЯЁІЇЄЎҚҒҲ0-9]{4,12}")
_LETTER, _DIGIT = "[ABEKMHOPCTYX0]", "[0-9O]"
_RUSSIAN = (
    ("LDLD", re.compile(f"({_LETTER})({_DIGIT}{{3}})({_LETTER}{{2}})({_DIGIT}{{2,3}})")),  # a car: А 123 ВС 142
    ("LDD", re.compile(f"({_LETTER}{{2}})({_DIGIT}{{3}})({_DIGIT}{{2}})")),  # a bus or a taxi: АВ 123 42
    ("LDD", re.compile(f"({_LETTER}{{2}})({_DIGIT}{{4}})({_DIGIT}{{2}})")),  # a trailer: АВ 1234 42
    ("DLD", re.compile(f"({_DIGIT}{{4}})({_LETTER}{{2}})({_DIGIT}{{2,3}})")),  # a motorcycle: 1234 АВ 42
)
"""Which groups are letters and which are digits; people type a zero for the letter O and the other way round."""
LONGEST = 20
"""Characters that are kept of a plate as it is shown."""


def plate_key(typed: str) -> str:
    """What makes a plate one plate: capitals, no separators, letters that look alike made Latin, O made zero.

    Raises `ValueError("plate.malformed")` for what cannot be a plate: too short, too long, no digit, other signs.
    """
    return _folded(typed).replace("O", "0")


def shown_plate(typed: str) -> str:
    """As it is printed: Russian plates in Cyrillic and grouped, foreign ones in capitals as they were typed."""
    folded = _folded(typed)
    for kinds, pattern in _RUSSIAN:
        if found := pattern.fullmatch(folded):
            return " ".join(_group(part, kind) for part, kind in zip(found.groups(), kinds, strict=True))
    return " ".join(unicodedata.normalize("NFKC", typed).upper().split())[:LONGEST]


def _folded(typed: str) -> str:
    plain = _DRESS.sub("", unicodedata.normalize("NFKC", typed).upper())
    if not _PLATE.fullmatch(plain):
        raise ValueError("plate.malformed")
    return plain.translate(_ALIKE)


def _group(part: str, kind: str) -> str:
    return part.replace("0", "O").translate(_CYRILLIC) if kind == "L" else part.replace("O", "0")
