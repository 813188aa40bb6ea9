"""Checks of typed names, shared by models, forms and imports. They refuse little: people know their own names."""

import unicodedata
from collections.abc import Callable

from forum.names.cleaning import APOSTROPHES, JOINERS, clean_name

MOST_CHARACTERS = 100
_LATIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ-' ")


class InvalidNameError(ValueError):
    """`code` says why (`name.empty`, `name.too_long`, `name.no_letters`, `name.not_latin`, `name.not_cyrillic`,
    `name.not_printable`); `characters` are those that may not stand there, for the message."""

    def __init__(self, code: str, characters: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.characters = characters


def check_latin(text: str) -> None:
    """Name as in the document: A–Z, hyphen, space, apostrophe (O'NEIL), capitals as documents print it.

    Raises `InvalidNameError`. Pass typed text through `clean_latin` first.
    """
    _check_each(text, allowed=_LATIN.__contains__, code="name.not_latin")


def check_russian(text: str) -> None:
    """Name in Russian: Cyrillic letters (of any language: Ў, І, Қ occur), hyphen, space, apostrophe, full stop.

    Raises `InvalidNameError`.
    """
    _check_each(text, allowed=_is_cyrillic_or_sign, code="name.not_cyrillic")


def check_native(text: str) -> None:
    """The person's own spelling: any script and signs, one line, at least one letter. Raises `InvalidNameError`."""
    _check_each(text, allowed=lambda char: char.isprintable() or char in JOINERS, code="name.not_printable")


def _check_each(text: str, *, allowed: Callable[[str], bool], code: str) -> None:
    if not clean_name(text):
        raise InvalidNameError("name.empty")
    if len(text) > MOST_CHARACTERS:
        raise InvalidNameError("name.too_long")
    if wrong := "".join(dict.fromkeys(char for char in text if not allowed(char))):
        raise InvalidNameError(code, wrong)
    if not any(char.isalpha() for char in text):
        raise InvalidNameError("name.no_letters")


def _is_cyrillic_or_sign(char: str) -> bool:
    return char in APOSTROPHES or char in "- ." or ("CYRILLIC" in unicodedata.name(char, "") and char.isalpha())
