"""What is wrong with a document, and what one should know: pure, by codes; the words are in `words`.

Formats: Russian passport 4 + 6 digits and a department code 000-000 (government rules 828 of 1997, Interior Ministry order 773
of 2019), travel passport 2 + 7 digits; others as they come, since they differ: a pattern we know and do not find is a warning.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from registration.engine.documents.numbers import folded
from registration.enums import RUSSIAN_KINDS, DocumentKind

K = DocumentKind
OLDEST = 120
FIRST_PASSPORT = 14
"""Age at which a Russian passport is given."""
RENEWALS = (20, 45)
"""Ages at which it has to be renewed."""
ADULT = 18
_DIGITS = {
    (K.RU_PASSPORT, "series"): 4,
    (K.RU_PASSPORT, "number"): 6,
    (K.RU_TRAVEL, "series"): 2,
    (K.RU_TRAVEL, "number"): 7,
}
_USUAL = {"BY": re.compile(r"[A-Z]{2}\d{7}"), "UZ": re.compile(r"[A-Z]{2}\d{7}")}
_CODE = re.compile(r"\d{3}-\d{3}")
_NUMBER = re.compile(r"[A-Z0-9]{4,20}")


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Everything the checks look at. `values` are columns by name, dates as they are typed and understood."""

    kind: DocumentKind
    citizenship: str
    values: Mapping[str, str]
    issued_on: date | None
    expires_on: date | None
    birth_date: date | None
    today: date
    first_day: date
    last_day: date


@dataclass(frozen=True)
class Finding:
    """Where and what."""

    field: str
    code: str


def tidy(column: str, value: str) -> str:
    """As it is stored: numbers in capitals without blanks, a department code with its hyphen, the rest as typed."""
    if column in ("series", "number"):
        return folded("", value)
    if column == "department_code" and len(digits := "".join(re.findall(r"\d", value))) == 6:
        return f"{digits[:3]}-{digits[3:]}"
    return value.strip()


def errors(facts: Facts) -> list[Finding]:
    """What cannot be; empty when nothing is wrong."""
    return [*_about_kind(facts), *_about_number(facts), *_about_dates(facts), *_about_birth(facts)]


def warnings(facts: Facts) -> list[Finding]:
    """What can be and may still keep the person out: said, never refused."""
    return [*_about_expiry(facts), *_about_renewal(facts), *_about_pattern(facts), *_about_age(facts)]


def _about_kind(facts: Facts) -> Iterator[Finding]:
    if facts.kind in RUSSIAN_KINDS and facts.citizenship != "RU":
        yield Finding("kind", "kind_russian")
    if facts.kind in (K.FOREIGN_PASSPORT, K.ID_CARD, K.RESIDENCE_PERMIT) and facts.citizenship == "RU":
        yield Finding("kind", "kind_foreign")


def _about_number(facts: Facts) -> Iterator[Finding]:
    for column in ("series", "number"):
        value, length = facts.values.get(column, ""), _DIGITS.get((facts.kind, column))
        if value and length and not (len(value) == length and value.isascii() and value.isdigit()):
            yield Finding(column, f"{column}_{length}_digits")
    number = facts.values.get("number", "")
    if number and facts.kind not in RUSSIAN_KINDS and not _NUMBER.fullmatch(number):
        yield Finding("number", "number_signs")
    code = facts.values.get("department_code", "")
    if code and not _CODE.fullmatch(code):
        yield Finding("department_code", "department_code")


def _about_dates(facts: Facts) -> Iterator[Finding]:
    issued, expires, born = facts.issued_on, facts.expires_on, facts.birth_date
    if issued and issued > facts.today:
        yield Finding("issued_on", "issued_in_future")
    if issued and born and issued < born:
        yield Finding("issued_on", "issued_before_birth")
    elif issued and born and facts.kind == K.RU_PASSPORT and age(issued, born) < FIRST_PASSPORT:
        yield Finding("issued_on", "issued_before_14")
    if issued and issued.year < facts.today.year - OLDEST:
        yield Finding("issued_on", "issued_long_ago")
    if issued and expires and expires <= issued:
        yield Finding("expires_on", "expires_before_issue")


def _about_birth(facts: Facts) -> Iterator[Finding]:
    born = facts.birth_date
    if born and (born >= facts.today or born.year < facts.today.year - OLDEST):
        yield Finding("birth_date", "birth_impossible")


def _about_expiry(facts: Facts) -> Iterator[Finding]:
    if facts.expires_on and facts.expires_on < facts.today:
        yield Finding("expires_on", "expired")
    elif facts.expires_on and facts.expires_on <= facts.last_day:
        yield Finding("expires_on", "expires_before_forum")


def _about_renewal(facts: Facts) -> Iterator[Finding]:
    """A Russian passport given before the 20th or 45th birthday ends with it (90 days to renew it)."""
    if facts.kind != K.RU_PASSPORT or not (facts.issued_on and facts.birth_date):
        return
    then, now = age(facts.issued_on, facts.birth_date), age(facts.last_day, facts.birth_date)
    if any(then < limit <= now for limit in RENEWALS):
        yield Finding("issued_on", "renewal")


def _about_pattern(facts: Facts) -> Iterator[Finding]:
    usual, number = _USUAL.get(facts.citizenship), facts.values.get("number", "")
    whole = f"{facts.values.get('series', '')}{number}"
    if usual and number and facts.kind in (K.FOREIGN_PASSPORT, K.ID_CARD) and not usual.fullmatch(whole):
        yield Finding("number", "unusual_number")


def _about_age(facts: Facts) -> Iterator[Finding]:
    if facts.birth_date and age(facts.first_day, facts.birth_date) < ADULT:
        yield Finding("birth_date", "under_age")


def age(day: date, born: date) -> int:
    """Full years on `day`."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
