"""The lines for machines at the bottom of a passport or on the back of an identity card (ICAO Doc 9303, parts 4 and 5).

Read and checked by their check digits; what they say is a proposal that the person compares and saves.
"""

from dataclasses import dataclass
from datetime import date

_SIGNS = str.maketrans("АВЕКМНОРСТУХІЅЈ«‹", "ABEKMHOPCTYXISJ<<")
"""What people type and copy for the signs of the lines."""
_WEIGHTS = (7, 3, 1)
SEXES = {"M": "m", "F": "f"}


class MrzError(ValueError):
    """`code` names what is wrong: `mrz_shape`, or `mrz_number`, `mrz_birth`, `mrz_expiry`, `mrz_whole` for a check digit."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, kw_only=True)
class Mrz:
    """What the lines say. `country` issued the document (three letters); None and '' for what they leave open."""

    country: str
    number: str
    optional: str
    birth_date: date | None
    expires_on: date | None
    sex: str
    surname: str
    given: str


NOTHING = Mrz(country="", number="", optional="", birth_date=None, expires_on=None, sex="", surname="", given="")


def read_lines(text: str, *, today: date) -> Mrz:
    """Two lines of 44 signs (passport) or three of 30 (card), however they were broken. Raises `MrzError`."""
    signs = "".join(text.upper().translate(_SIGNS).split())
    if not signs.isascii() or not all(sign.isalnum() or sign == "<" for sign in signs):
        raise MrzError("mrz_shape")
    if len(signs) == 88 and signs[0] == "P":
        return _passport(signs[:44], signs[44:], today)
    if len(signs) == 90 and signs[0] in "ACI":
        return _card(signs[:30], signs[30:60], signs[60:], today)
    raise MrzError("mrz_shape")


def check_digit(signs: str) -> str:
    """The weighted sum of digits, letters (A is 10) and fillers, modulo ten."""
    return str(sum(int(sign, 36) * _WEIGHTS[place % 3] for place, sign in enumerate(signs.replace("<", "0"))) % 10)


def _passport(first: str, second: str, today: date) -> Mrz:
    whole = second[:10] + second[13:20] + second[21:43]
    _check("mrz_number", second[:9], second[9])
    _check("mrz_whole", whole, second[43])
    return _read(first[2:5], second[:9], second[28:42], second[13:20], second[20], second[21:28], first[5:], today)


def _card(first: str, second: str, third: str, today: date) -> Mrz:
    whole = first[5:] + second[:7] + second[8:15] + second[18:29]
    _check("mrz_number", first[5:14], first[14])
    _check("mrz_whole", whole, second[29])
    return _read(first[2:5], first[5:14], first[15:], second[:7], second[7], second[8:15], third, today)


def _read(
    country: str, number: str, optional: str, birth: str, sex: str, expiry: str, names: str, today: date
) -> Mrz:  # fmt: skip
    if not _plain(number):
        raise MrzError("mrz_shape")
    _check("mrz_birth", birth[:6], birth[6])
    _check("mrz_expiry", expiry[:6], expiry[6])
    surname, _sep, given = names.partition("<<")
    born, ends = _day(birth[:6], today.year, "mrz_birth"), _day(expiry[:6], today.year + 50, "mrz_expiry")
    return Mrz(
        country=_plain(country), number=_plain(number), optional=_plain(optional), birth_date=born, expires_on=ends,
        sex=SEXES.get(sex, ""), surname=_words(surname), given=_words(given),
    )  # fmt: skip


def _check(code: str, signs: str, digit: str) -> None:
    """A digit may be left out (`<`) where nothing is to be checked."""
    if check_digit(signs) != digit.replace("<", "0"):
        raise MrzError(code)


def _day(signs: str, latest: int, code: str) -> date | None:
    """The year has two digits: the last century in which it is not later than `latest`. None where nothing is said."""
    if not signs.strip("<"):
        return None
    try:
        year = int(signs[:2]) + latest // 100 * 100
        return date(year if year <= latest else year - 100, int(signs[2:4]), int(signs[4:]))
    except ValueError as error:
        raise MrzError(code) from error


def _plain(signs: str) -> str:
    return signs.replace("<", "")


def _words(signs: str) -> str:
    return " ".join(signs.replace("<", " ").split())
