"""From Latin back to Cyrillic: several likely spellings, for search only, never for display."""

import re
from collections.abc import Iterator
from itertools import islice

# Where Cyrillic spells one sound in two ways, the likelier comes first: DARIA is Дарья, MARIA is Мария.
_CYRILLIC: dict[str, tuple[str, ...]] = {
    "shch": ("щ",), "iee": ("ъе",), "iia": ("ия",), "iya": ("ия",), "iiu": ("ию",), "iyu": ("ию",),
    "zh": ("ж",), "kh": ("х",), "ts": ("ц", "тс"), "ch": ("ч",), "sh": ("ш",), "ph": ("ф",),
    "ie": ("ье", "ие"), "ia": ("я", "ия"), "iu": ("ю", "ию"), "io": ("ё", "ио"),
    "ya": ("я",), "yu": ("ю",), "yo": ("ё",), "ye": ("е",),
    "h": ("х", "г"), "j": ("ж", "й"), "x": ("кс", "х"),
} | {latin: (cyrillic,) for latin, cyrillic in zip(
    "abcdefgiklmnopqrstuvwyz", "абкдефгиклмнопкрстуввыз", strict=True)}  # fmt: skip
_TOKEN = re.compile("|".join(sorted(_CYRILLIC, key=len, reverse=True)) + "|.", re.DOTALL)
MOST_SPELLINGS = 6


def cyrillic_spellings(word: str) -> list[str]:
    """Likely Cyrillic spellings of a plain Latin word, best first, at most `MOST_SPELLINGS`, in lower case."""
    choices = [_CYRILLIC.get(token, (token,)) for token in _TOKEN.findall(word.lower())]
    spellings = ("".join(letters) for letters in _by_likelihood(choices))
    return list(dict.fromkeys(islice(spellings, MOST_SPELLINGS)))


def _by_likelihood(choices: list[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """All first choices, all last ones, then one changed at a time."""
    first = tuple(choice[0] for choice in choices)
    yield first
    yield tuple(choice[-1] for choice in choices)
    for place, choice in enumerate(choices):
        for other in choice[1:]:
            yield (*first[:place], other, *first[place + 1 :])
