"""Folding: the one form in which spellings of a name are compared and searched."""

import re
import unicodedata

from forum.names.cleaning import APOSTROPHES

# Letters that do not fall apart into base + mark. Latin `y` and `j` meet `i` (Andrey, Andrej, Andrei); Cyrillic `ы`,
# `й` and `і` meet `и`, `э` meets `е`: Belarusian, Uzbek and Latin forms of one name differ exactly there.
_LETTERS = str.maketrans(
    dict(zip("ыіјэєґғқҡҳһүұөәңљњћђџ", "иииееггккххууоанлнчдж", strict=True))
    | dict(zip("yjıłđðøəŋ", "iiilddoan", strict=True))
    | {"ь": "", "ъ": "", "ӏ": "", "þ": "th", "æ": "ae", "œ": "oe"}
)
# ў after a vowel is Belarusian and meets the Russian в (Прыкладаў, Прикладов); elsewhere it is the Uzbek vowel: у.
_BELARUSIAN_SHORT_U = re.compile("([аеиоуыэюяіє][\u0300-\u036f]?)у\u0306")
_MARKS = re.compile("[\u0300-\u036f]")


def fold(text: str) -> str:
    """`text` as it is compared: no case, no accents, no apostrophes, ё as е, hyphens and signs as single spaces.

    A letter folds by itself or by those before it, never by those after it, so the beginning of a name folds to the
    beginning of the folded name: searching while typing works. Folding twice changes nothing.
    """
    bare = _MARKS.sub("", _BELARUSIAN_SHORT_U.sub(r"\1в", _decompose(text)))
    return " ".join("".join(_comparable(char) for char in bare.translate(_LETTERS)).split())


def _decompose(text: str) -> str:
    """Lower case in compatibility decomposition; repeated because lowering some letters makes new composed ones."""
    while (lower := unicodedata.normalize("NFKD", _without_apostrophes(text)).casefold()) != text:
        text = lower
    return text


def _without_apostrophes(text: str) -> str:
    return "".join(char for char in text if char not in APOSTROPHES)


def _comparable(char: str) -> str:
    category = unicodedata.category(char)
    return char if category[0] in "LMN" else "" if category == "Cf" else " "
