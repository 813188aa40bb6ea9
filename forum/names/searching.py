"""What is stored to find a person by any spelling, and what a typed query becomes."""

import re
from collections.abc import Iterator
from itertools import takewhile

from forum.names.folding import fold
from forum.names.spellings import cyrillic_spellings
from forum.names.transliteration import guess_language, icao9303

_CYRILLIC = re.compile("[\u0400-\u04ff]")
# Unstressed о is written а in Belarusian (Прыкладаў, Прикладов): both endings are stored, whichever was typed.
_ENDINGS = (("ов", "ав"), ("ова", "ава"), ("ав", "ов"), ("ава", "ова"))


def search_text(*names: str) -> str:
    """Every given spelling folded, each also in the other script. A person matches who contains every query word.

    "Primerova" finds Примерова and the other way round, whichever of the two was typed at registration.
    """
    phrases = dict.fromkeys(fold(name) for name in names if name)
    added = dict.fromkeys(word for name in names if name for word in _other_spellings(name))
    written = {word for phrase in phrases for word in phrase.split()}
    return " ".join(filter(None, [*phrases, *(word for word in added if word not in written)]))


def search_words(query: str) -> list[str]:
    """The folded words of a query; each is to be looked for in the stored text, in any order."""
    return fold(query).split()


def one_slip_apart(one: str, other: str) -> bool:
    """Whether two words are the same but for one letter that was changed, left out, added, or swapped with its neighbour."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = _same(one, other)
    one, other = one[start:], other[start:]
    end = _same(one[::-1], other[::-1])
    one, other = one[: len(one) - end], other[: len(other) - end]
    return max(len(one), len(other)) <= 1 or (len(one) == 2 and one == other[::-1])


def _same(one: str, other: str) -> int:
    """How many letters both begin with."""
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _other_spellings(name: str) -> Iterator[str]:
    """Folded words of the other script, and of the other Slavic spelling."""
    if _CYRILLIC.search(name):
        for language in dict.fromkeys(("ru", guess_language(name))):
            yield from fold(icao9303(name, language=language)).split()
        for word in fold(name).split():
            yield from (word.removesuffix(one) + other for one, other in _ENDINGS if word.endswith(one))
    else:
        for word in icao9303(name).replace("-", " ").replace("'", "").lower().split():
            spellings = [fold(spelling) for spelling in cyrillic_spellings(word)]
            yield from spellings
            # PRYKLADAU is how a Belarusian passport writes Прыкладаў, in Russian Прикладов.
            yield from (spelling.removesuffix("ау") + "ов" for spelling in spellings if spelling.endswith("ау"))
