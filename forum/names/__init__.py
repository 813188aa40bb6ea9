"""Names kit: up to four spellings of one person, compared, sorted and shown, none derived silently from another."""

from forum.names.cleaning import clean_latin, clean_name, nfc
from forum.names.display import (
    PersonName,
    address_as,
    full_in,
    full_latin,
    full_russian,
    initials,
    short_russian,
)
from forum.names.folding import fold
from forum.names.layouts import other_layout
from forum.names.searching import one_slip_apart, search_text, search_words
from forum.names.sorting import sort_key
from forum.names.spellings import cyrillic_spellings
from forum.names.transliteration import Language, guess_language, icao9303
from forum.names.validation import InvalidNameError, check_latin, check_native, check_russian

__all__ = [
    "InvalidNameError",
    "Language",
    "PersonName",
    "address_as",
    "check_latin",
    "check_native",
    "check_russian",
    "clean_latin",
    "clean_name",
    "cyrillic_spellings",
    "fold",
    "full_in",
    "full_latin",
    "full_russian",
    "guess_language",
    "icao9303",
    "initials",
    "nfc",
    "one_slip_apart",
    "other_layout",
    "search_text",
    "search_words",
    "short_russian",
    "sort_key",
]
