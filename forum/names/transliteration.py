"""Proposals for the Latin name. A proposal is never stored unless the person confirms it.

Russian: ICAO Doc 9303 part 3. Belarusian and Uzbek: what their passports print (Прыкладаў Сяргей: PRYKLADAU SIARHEI,
Ўткир: OTKIR). Older passports differ, so the document always wins.
"""

import re
import unicodedata
from typing import Literal

from forum.names.cleaning import APOSTROPHES, nfc

Language = Literal["ru", "be", "uz"]

_RUSSIAN = {
    "а": "A", "б": "B", "в": "V", "г": "G", "д": "D", "е": "E", "ё": "E", "ж": "ZH", "з": "Z", "и": "I", "й": "I",
    "к": "K", "л": "L", "м": "M", "н": "N", "о": "O", "п": "P", "р": "R", "с": "S", "т": "T", "у": "U", "ф": "F",
    "х": "KH", "ц": "TS", "ч": "CH", "ш": "SH", "щ": "SHCH", "ъ": "IE", "ы": "Y", "ь": "", "э": "E", "ю": "IU",
    "я": "IA",
    # Letters of neighbouring alphabets inside an otherwise Russian name.
    "ў": "U", "і": "I", "ї": "I", "є": "IE", "ґ": "G", "ғ": "G", "қ": "Q", "ҳ": "H", "ә": "A", "ө": "O", "ү": "U",
    "ұ": "U", "ң": "N", "һ": "H", "ҷ": "J", "ӣ": "I", "ӯ": "U", "ј": "J",
}  # fmt: skip
_TABLES: dict[Language, dict[str, str]] = {
    "ru": _RUSSIAN,
    "be": _RUSSIAN | {"г": "H", "ё": "IO", "ъ": ""},
    "uz": _RUSSIAN | {"ж": "J", "й": "Y", "х": "X", "ў": "O", "ъ": "", "ё": "YO", "ю": "YU", "я": "YA"},
}
# At the start of a word and after a vowel. Яўген YAUHEN, Узорная UZORNAYA; Намунаев NAMUNAYEV, Синовчиева SINOVCHIYEVA.
_OPEN: dict[Language, dict[str, str]] = {
    "ru": {},
    "be": {"е": "YE", "ё": "YO", "ю": "YU", "я": "YA"},
    "uz": {"е": "YE"},
}
_VOWELS = "аеёиіоуўыэюя"
_LATIN_LETTERS = str.maketrans(
    {"Ł": "L", "Đ": "D", "Ð": "D", "Þ": "TH", "Ø": "O", "Æ": "AE", "Œ": "OE", "ẞ": "SS", "Ə": "A", "Ŋ": "N"}
)


def guess_language(text: str) -> Language:
    """Whose letters these are; Russian when nothing says otherwise.

    ў tells Belarusian (always after a vowel) from Uzbek (a vowel itself); і is Belarusian; қ, ғ, ҳ are Uzbek.
    """
    lower = nfc(text).lower()
    if re.search("[қғҳ]", lower) or re.search(f"(?<![{_VOWELS}])ў", lower):
        return "uz"
    return "be" if re.search("[ўі]", lower) else "ru"


def icao9303(text: str, *, language: Language | None = None) -> str:
    """Latin proposal for a Cyrillic name: only A–Z, hyphen, space, and the apostrophe of a Latin name (O'NEIL).

    Latin letters are kept without their accents; any other script yields nothing. `language` None: guess from the
    letters of `text`; give it where the person's document tells more than one word does.
    """
    source = nfc(text).lower()
    speaks = language or guess_language(source)
    return " ".join("".join(_latin(source, place, speaks) for place in range(len(source))).split())


def _latin(source: str, place: int, language: Language) -> str:
    char, before, after = source[place], source[place - 1 : place] or " ", source[place + 1 : place + 2]
    if char in APOSTROPHES:
        return "'" if _is_latin(before) and _is_latin(after) else ""
    if char not in _RUSSIAN:
        return _without_accents(char)
    opens = not before.isalpha() or before in _VOWELS
    # Belarusian ыя is YIA in passports (Марыя: MARYIA), unlike other vowels before я.
    if opens and not (language == "be" and before == "ы" and char != "е"):
        return _OPEN[language].get(char) or _TABLES[language][char]
    return _TABLES[language][char]


def _is_latin(char: str) -> bool:
    return char.isalpha() and ord(char) < 0x250


def _without_accents(char: str) -> str:
    if unicodedata.category(char) == "Pd":
        return "-"
    if char.isspace():
        return " "
    bare = unicodedata.normalize("NFKD", char.upper().translate(_LATIN_LETTERS))
    return "".join(letter for letter in bare if "A" <= letter <= "Z")
