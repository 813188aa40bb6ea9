"""Names as people read them: in lists, on paper, at the head of a letter. Gender is never guessed."""

from dataclasses import dataclass

NO_BREAK_SPACE = "\u00a0"


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonName:
    """All spellings of one person. Everything but the surname may be empty: single names exist.

    `native` is free text in the person's own language; `preferred` is how the person wants to be addressed.
    """

    surname: str
    given: str = ""
    patronymic: str = ""
    latin_surname: str = ""
    latin_given: str = ""
    native: str = ""
    preferred: str = ""


def full_russian(name: PersonName) -> str:
    """Surname, given name, patronymic: the order of Russian lists and documents."""
    return _joined(name.surname, name.given, name.patronymic)


def full_latin(name: PersonName) -> str:
    """The Latin line as the document prints it: surname first, capitals kept, no patronymic."""
    return _joined(name.latin_surname, name.latin_given)


def full_in(name: PersonName, *, language: str) -> str:
    """The whole name in the script that readers of `language` know, else in the other one, else the native spelling."""
    spellings = [full_russian(name), full_latin(name)]
    return next(filter(None, spellings if language in ("ru", "be") else reversed(spellings)), name.native)


def short_russian(name: PersonName) -> str:
    """Surname with initials, which never part from it at the end of a line: Примерова А. И."""
    return NO_BREAK_SPACE.join(filter(None, [name.surname, _dotted(name.given), _dotted(name.patronymic)]))


def initials(name: PersonName) -> str:
    """One or two letters for a round picture: given name and surname, or the single name's first letter."""
    return (name.given[:1] + name.surname[:1]).upper()


def address_as(name: PersonName, *, language: str) -> str:
    """Whom a letter in `language` addresses (`ru`, `en`, `be`, `uz`), without the greeting word.

    Russian: given name and patronymic, else given name and surname. English: Latin given name and surname, never a
    patronymic. Belarusian and Uzbek: the native spelling when there is one, else as in Russian. `preferred` wins.
    """
    if name.preferred:
        return name.preferred
    if language == "en":
        return _english(name)
    if language in ("be", "uz") and name.native:
        return name.native
    return _joined(name.given, name.patronymic) if name.given and name.patronymic else _joined(name.given, name.surname)


def _english(name: PersonName) -> str:
    latin = _joined(name.latin_given, name.latin_surname)
    return _capitalised(latin) if latin else _joined(name.given, name.surname)


def _capitalised(text: str) -> str:
    """PRIMEROVA-O'NEIL becomes Primerova-O'Neil; text with small letters stays as it is."""
    return text.title() if text.isupper() else text


def _dotted(part: str) -> str:
    """А. or А.-М. for a double name."""
    return "-".join(f"{piece[:1].upper()}." for piece in part.replace(" ", "-").split("-") if piece)


def _joined(*parts: str) -> str:
    return " ".join(filter(None, parts))
