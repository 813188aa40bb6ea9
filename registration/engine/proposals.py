"""Proposals that a person may take or leave: the Latin name, the short position. Nothing here is ever stored by itself."""

import re
from dataclasses import dataclass

from forum.names import Language, clean_latin, icao9303

SHORT_POSITION = 80
"""Characters that fit on a badge."""
_LANGUAGES: dict[str, Language] = {"BY": "be", "UZ": "uz"}
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_ENDS = re.compile(r"[,;:(]|\s[-–—]\s")


@dataclass(frozen=True)
class LatinName:
    """A spelling as passports print it; false when nothing could be proposed."""

    surname: str
    given: str

    def __bool__(self) -> bool:
        return bool(self.surname or self.given)

    def __str__(self) -> str:
        return " ".join(filter(None, (self.surname, self.given)))


def propose_latin(*, citizenship: str, surname: str, given: str, native: str = "") -> LatinName:
    """How the document probably spells the name.

    Belarusian and Uzbek documents follow their own language, so the native spelling (surname first) is the better
    source where there is one; Uzbek documents drop the apostrophe signs. Everything else follows ICAO Doc 9303.
    """
    language = _LANGUAGES.get(citizenship)
    words = native.split() if language else []
    if len(words) > 1 and (language == "uz" or _CYRILLIC.search(native)):
        surname, given = words[0], words[1]
    parts = [clean_latin(icao9303(part, language=language)) for part in (surname, given)]
    if language == "uz":
        parts = [part.replace("'", "") for part in parts]
    return LatinName(*parts)


def propose_short_position(position: str) -> str:
    """The position for the badge: as it is where it fits, else cut after a part of the sentence, else after a word."""
    if len(position) <= SHORT_POSITION:
        return position
    head = position[: SHORT_POSITION + 1]
    ends = [match.start() for match in _ENDS.finditer(head) if match.start() >= SHORT_POSITION // 3]
    end = ends[-1] if ends else head.rfind(" ")
    return (head[:end] if end > 0 else head[:SHORT_POSITION]).rstrip(" ,;:(-–—")
