"""What happens to every typed name before it is stored: nothing that changes how it reads."""

import unicodedata

# Signs people type for the Uzbek oʻ/gʻ mark, the tutuq belgisi and the Belarusian apostrophe. Two are right
# (U+02BB, U+02BC), the others are what keyboards offer; they are stored as typed and compared without them.
APOSTROPHES = frozenset("\u02bb\u02bc'\u2018\u2019\u201b`\u00b4\u02b9\u02bd\u2032\uff07\u02c8")
# Joiners change how Arabic and Indic names are drawn, so they stay; every other format sign is invisible rubbish.
JOINERS = frozenset("\u200c\u200d")


def nfc(text: str) -> str:
    """Composed form: `и` + breve becomes `й`, which fonts and comparisons expect."""
    return unicodedata.normalize("NFC", text)


def clean_name(text: str) -> str:
    """Typed text ready to store: composed, without control and invisible signs, single spaces, trimmed.

    Letters, capitals, apostrophes and hyphens stay as the person typed them.
    """
    if text.isprintable() and unicodedata.is_normalized("NFC", text):  # nearly always: nothing to take out
        return " ".join(text.split())
    kept = (" " if char.isspace() else char for char in nfc(text) if char.isspace() or not _is_rubbish(char))
    return nfc(" ".join("".join(kept).split()))


def clean_latin(text: str) -> str:
    """Latin name in the capitals that documents print, with one kind of apostrophe and of hyphen."""
    return clean_name("".join(map(_straight, text))).upper()


def _straight(char: str) -> str:
    return "'" if char in APOSTROPHES else "-" if unicodedata.category(char) == "Pd" else char


def _is_rubbish(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co") and char not in JOINERS
