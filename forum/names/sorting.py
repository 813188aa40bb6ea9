"""A key that sorts names as a Russian dictionary does, in plain code point order.

PostgreSQL here has no ICU collations, so the order is computed once and kept in a column.
"""

from forum.names.cleaning import APOSTROPHES, nfc
from forum.names.folding import fold

# Letters of Belarusian, Uzbek and other Cyrillic names stand behind the Russian letter they are read with.
_ALPHABET = "абвгґғдђеєжзиіїјйкқҡлљмнњңоөпрстћуўүұфхҳһцчџшщъыьэәюя" + "abcdefghijklmnopqrstuvwxyz"
_RANKS = {letter: chr(ord("$") + rank) for rank, letter in enumerate(_ALPHABET)}
# All lower than any letter: the end of the three fields, the end of one, the gap inside a double name.
_KEY_END, _FIELD_END, _GAP = " ", "!", "#"
MOST_CHARACTERS = 400
# Other scripts come last, in code point order.
_OTHER = "~"


def sort_key(surname: str, given: str = "", patronymic: str = "") -> str:
    """Key of a person in a list ordered by Russian surname; Latin names follow the Cyrillic ones.

    As in Russian dictionaries ё counts as е and decides only between otherwise equal names (Елкин, Ёлкин, Емельянов).
    Case, apostrophes and accents do not count, a hyphen counts as a space. The spelling itself closes the key, so the
    order never depends on anything but the names. At most `MOST_CHARACTERS` long: what follows decides nothing in life.
    """
    fields = (surname, given, patronymic)
    spelling = _FIELD_END.join(nfc(field).lower() for field in fields)
    return (_FIELD_END.join(map(_ranks, fields)) + _KEY_END + spelling)[:MOST_CHARACTERS]


def _ranks(text: str) -> str:
    """One rank per letter; signs between letters count as one gap."""
    ranks = "".join(_rank(char) for char in nfc(text).lower() if char not in APOSTROPHES)
    return _GAP.join(filter(None, ranks.split(_GAP)))


def _rank(char: str) -> str:
    if char == "ё":
        return _RANKS["е"]
    return _RANKS.get(char) or "".join(_RANKS.get(letter, _OTHER + letter) for letter in fold(char)) or _GAP
