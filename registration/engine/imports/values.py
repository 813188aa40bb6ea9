"""What one row says: texts made into answers, and what is wrong with them as (field, code)."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from forum.names import InvalidNameError, check_latin, check_native, check_russian, clean_latin, clean_name, fold
from registration.engine.imports.countries import country_code, language_code
from registration.engine.imports.dates import read_date
from registration.engine.proposals import SHORT_POSITION

LETTER_LANGUAGES = ("ru", "en", "uz", "be")
LIMITS = {"organisation": 250, "position": 250, "position_short": SHORT_POSITION, "external_id": 60, "email": 254}
OLDEST = 120
"""Years of age beyond which a date of birth is a slip of the pen."""
_RUSSIAN, _LATIN = ("surname", "given_name", "patronymic"), ("latin_surname", "latin_given_name")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_LATIN_LETTER = re.compile("[A-Za-z\u00c0-\u024f]")
_MAIL_DRESS = re.compile(r"^(?:mailto:)?<?|>?$", re.IGNORECASE)
_APART = re.compile(r"[,;/+\n]| и | and | va ")


@dataclass(frozen=True)
class Places:
    """What this edition knows: folded name or code -> code. `category` is for rows that name none; `own` is the only
    delegation that a head's list may bring people of, empty for lists of the organisers.
    """

    delegations: Mapping[str, str]
    categories: Mapping[str, str]
    category: str
    today: date
    own: str = ""


@dataclass
class Said:
    """Answers of a row in plain values (codes, texts, ISO days), without those that are empty."""

    answers: dict[str, Any] = field(default_factory=dict)
    errors: list[tuple[str, str]] = field(default_factory=list)
    external_id: str = ""


def read_values(texts: Mapping[str, str], *, places: Places) -> Said:
    """Make answers of what the row says. A cell that is empty says nothing, so it never empties an answer."""
    said = Said()
    given = {name: clean_name(text) for name, text in texts.items() if clean_name(text)}
    _read_names(given, said)
    for name, read in _READERS.items():
        if name in given:
            _keep(said, name, partial(read, given[name], places))
    if (position := said.answers.get("position", "")) and len(position) <= SHORT_POSITION:
        said.answers.setdefault("position_short", position)  # as the form does: it fits the badge as it is
    said.answers.setdefault("category", places.category)
    if places.own:
        said.answers.setdefault("delegation", places.own)
    said.external_id = said.answers.pop("external_id", "")
    return said


class _WrongError(ValueError):
    """The text is no answer; the argument is the code."""


def _keep(said: Said, name: str, read: Callable[[], Any]) -> None:
    try:
        said.answers[name] = read()
    except _WrongError as wrong:
        said.errors.append((name, str(wrong)))
    except InvalidNameError as wrong:
        said.errors.append((name, wrong.code))


# --- names ------------------------------------------------------------------------------------------------------------
def _read_names(given: Mapping[str, str], said: Said) -> None:
    """Each spelling into its own field. A list in Latin letters often calls its columns just “Surname” and “Name”."""
    names = {name: given[name] for name in (*_RUSSIAN, *_LATIN, "native_name", "badge_name") if name in given}
    if "full_name" in given and "surname" not in names:
        names |= _split(given["full_name"])
    if not any(_CYRILLIC.search(names.get(name, "")) for name in _RUSSIAN):
        names = _as_latin(names)
    for name, text in names.items():
        _keep(said, name, partial(_name, name, text))
    wrong = {name for name, _code in said.errors}
    if not {"surname", "latin_surname"} & (names.keys() | wrong):
        said.errors.append(("surname", "missing"))


def _split(full: str) -> dict[str, str]:
    """Surname first, as lists are written; all from the third word on is the patronymic (Toʻlqin oʻgʻli)."""
    parts = full.split(" ", 2)
    return dict(zip(_RUSSIAN, parts, strict=False))


def _as_latin(names: dict[str, str]) -> dict[str, str]:
    """Nothing is transliterated: Latin letters go where Latin letters belong, the whole spelling stays beside them."""
    typed = [names[name] for name in _RUSSIAN if name in names]
    if not typed or not _LATIN_LETTER.search(" ".join(typed)):
        return names
    moved = {name: text for name, text in names.items() if name not in _RUSSIAN}
    for russian, latin in (("surname", "latin_surname"), ("given_name", "latin_given_name")):
        if russian in names:
            moved.setdefault(latin, names[russian])
    whole = " ".join(typed)
    if "patronymic" in names or clean_latin(whole) != clean_latin(fold(whole)):
        moved.setdefault("native_name", whole)
    return moved


def _name(name: str, text: str) -> str:
    if name in _LATIN:
        latin = clean_latin(text)
        check_latin(latin)
        return latin
    (check_russian if name in _RUSSIAN else check_native)(text)
    return text


# --- everything else ----------------------------------------------------------------------------------------------------
def _line(name: str) -> Callable[[str, Places], str]:
    def read(text: str, places: Places) -> str:
        if len(text) > LIMITS[name]:
            raise _WrongError("too_long")
        return text

    return read


def _email(text: str, places: Places) -> str:
    address = _MAIL_DRESS.sub("", text).strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise _WrongError("email_invalid") from error
    return _line("email")(address, places)


def _citizenship(text: str, places: Places) -> str:
    if code := country_code(text):
        return code
    raise _WrongError("country_unknown")


def _delegation(text: str, places: Places) -> str:
    """By code, by the name of the region, or by another name of the country."""
    code = places.delegations.get(fold(text)) or places.delegations.get(fold(country_code(text)))
    if code and places.own not in ("", code):
        raise _WrongError("region_other")
    if code:
        return code
    raise _WrongError("region_unknown")


def _category(text: str, places: Places) -> str:
    if code := places.categories.get(fold(text)):
        return code
    raise _WrongError("category_unknown")


def _language(text: str, places: Places) -> str:
    code = language_code(text)
    if code in LETTER_LANGUAGES:
        return code
    raise _WrongError("letters_language_unknown")


def _languages(text: str, places: Places) -> list[str]:
    names = [name.strip() for name in _APART.split(text) if name.strip()]
    codes = [language_code(name) for name in names]
    if not codes or not all(codes):
        raise _WrongError("language_unknown")
    return list(dict.fromkeys(codes))


def _birth_date(text: str, places: Places) -> str:
    day = read_date(text)
    if day is None:
        raise _WrongError("date_unreadable")
    if not places.today.year - OLDEST <= day.year or day >= places.today:
        raise _WrongError("date_impossible")
    return day.isoformat()


_READERS: dict[str, Callable[[str, Places], Any]] = {
    "email": _email,
    "citizenship": _citizenship,
    "birth_date": _birth_date,
    "language": _language,
    "languages": _languages,
    "delegation": _delegation,
    "category": _category,
    "organisation": _line("organisation"),
    "position": _line("position"),
    "position_short": _line("position_short"),
    "external_id": _line("external_id"),
}
