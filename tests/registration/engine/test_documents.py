"""Documents as plain data: formats by kind, what cannot be, what should be said, folding and masking."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import translation

from registration.engine.documents.answers import SEALED, asked, fields_of, required_columns
from registration.engine.documents.checking import Facts, errors, tidy, warnings
from registration.engine.documents.numbers import folded, masked
from registration.engine.documents.words import _WORDS, words_of
from registration.enums import DocumentField, DocumentKind

F, K = DocumentField, DocumentKind
TODAY, FIRST, LAST = date(2027, 4, 1), date(2027, 5, 20), date(2027, 5, 21)
RU = {"series": "0001", "number": "712345"}


def facts(kind: DocumentKind = K.RU_PASSPORT, citizenship: str = "RU", **changes: Any) -> Facts:
    days = {"issued_on": date(2015, 6, 1), "expires_on": None, "birth_date": date(1990, 5, 17)}
    rest = {"today": TODAY, "first_day": FIRST, "last_day": LAST, "values": RU}
    return Facts(kind=kind, citizenship=citizenship, **rest | days | changes)


def codes(found: Any) -> list[str]:
    return [f"{finding.field}:{finding.code}" for finding in found]


def test_a_usual_document_is_right() -> None:
    assert errors(facts()) == warnings(facts()) == []
    uzbek = facts(K.FOREIGN_PASSPORT, "UZ", values={"number": "ZZ7654321"}, expires_on=date(2031, 1, 1))
    assert errors(uzbek) == warnings(uzbek) == []


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"values": {"series": "001", "number": "712345"}}, ["series:series_4_digits"]),
        ({"values": {"series": "0001", "number": "71234"}}, ["number:number_6_digits"]),
        ({"values": {"series": "٠٠٠١", "number": "712345"}}, ["series:series_4_digits"]),
        ({"values": RU | {"department_code": "0000-01"}}, ["department_code:department_code"]),
        ({"kind": K.RU_TRAVEL, "values": {"series": "00", "number": "712345"}}, ["number:number_7_digits"]),
        ({"citizenship": "UZ"}, ["kind:kind_russian"]),
        ({"kind": K.ID_CARD, "values": {"number": "AB12"}}, ["kind:kind_foreign"]),
        ({"kind": K.OTHER, "values": {"number": "A1"}}, ["number:number_signs"]),
        ({"kind": K.OTHER, "values": {"number": "Ж" * 7}}, ["number:number_signs"]),
        ({"issued_on": TODAY + timedelta(days=1)}, ["issued_on:issued_in_future"]),
        ({"issued_on": date(1990, 5, 16)}, ["issued_on:issued_before_birth"]),
        ({"issued_on": date(2004, 5, 16)}, ["issued_on:issued_before_14"]),
        ({"issued_on": date(1890, 1, 1), "birth_date": None}, ["issued_on:issued_long_ago"]),
        ({"expires_on": date(2015, 6, 1)}, ["expires_on:expires_before_issue"]),
        ({"birth_date": TODAY, "issued_on": None}, ["birth_date:birth_impossible"]),
        ({"birth_date": date(1850, 1, 1), "issued_on": None}, ["birth_date:birth_impossible"]),
    ],
)
def test_what_cannot_be_is_an_error(changes: dict[str, Any], found: list[str]) -> None:
    assert codes(errors(facts(**changes))) == found


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"expires_on": TODAY - timedelta(days=1)}, ["expires_on:expired"]),
        ({"expires_on": LAST}, ["expires_on:expires_before_forum"]),
        ({"expires_on": LAST + timedelta(days=1)}, []),
        ({"birth_date": FIRST.replace(year=FIRST.year - 18), "issued_on": date(2024, 1, 1)}, []),
        ({"birth_date": FIRST.replace(year=FIRST.year - 18, day=21), "issued_on": date(2024, 1, 1)}, ["birth_date:under_age"]),
        # Given at 19, twenty before the forum ends; given at 20, nothing.
        ({"birth_date": date(2007, 5, 21), "issued_on": date(2026, 6, 1)}, ["issued_on:renewal"]),
        ({"birth_date": date(2007, 5, 22), "issued_on": date(2026, 6, 1)}, []),
        ({"birth_date": date(1982, 5, 1), "issued_on": date(2020, 6, 1)}, ["issued_on:renewal"]),
        ({"kind": K.FOREIGN_PASSPORT, "citizenship": "BY", "values": {"number": "712345"}}, ["number:unusual_number"]),
    ],
)  # fmt: skip
def test_what_may_keep_somebody_out_is_a_warning(changes: dict[str, Any], found: list[str]) -> None:
    assert codes(errors(facts(**changes))) == []
    assert codes(warnings(facts(**changes))) == found


@pytest.mark.parametrize(
    ("column", "typed", "stored"),
    [
        ("department_code", "000001", "000-001"), ("department_code", " 000 001 ", "000-001"),
        ("department_code", "12", "12"), ("number", " zz 765-4321", "ZZ7654321"), ("number", "МР1234567", "MP1234567"),
        ("issued_by", "  ОВД  ", "ОВД"),
    ],
)  # fmt: skip
def test_answers_are_tidied(column: str, typed: str, stored: str) -> None:
    assert tidy(column, typed) == stored


def test_one_number_in_many_spellings_is_one_number() -> None:
    spellings = [("MP", "1234567"), ("", "МР 1234567"), ("mp", "123-45-67"), ("ＭＰ", "1234567")]
    assert {folded(series, number) for series, number in spellings} == {"MP1234567"}


@pytest.mark.parametrize(
    ("number", "shown"), [("712345", "•• 345"), ("ZZ7654321", "•• 4321"), ("1234", "•• 34"), ("1", "••"), ("", "••")]
)
def test_a_mask_shows_less_than_half(number: str, shown: str) -> None:
    assert masked(number) == shown


def test_only_what_the_kind_has_is_asked() -> None:
    everything = set(F)
    assert F.EXPIRES_ON not in asked(K.RU_PASSPORT, everything)
    assert F.DEPARTMENT_CODE not in asked(K.FOREIGN_PASSPORT, everything)
    assert asked(K.RU_PASSPORT, set()) == []
    assert required_columns(K.FOREIGN_PASSPORT, {F.NUMBER, F.DEPARTMENT_CODE}) == ["number"]
    assert required_columns(K.RU_PASSPORT, {F.NUMBER, F.BIRTH_DATE}) == ["series", "number"]
    assert fields_of(SEALED) == [field for field in F if field != F.BIRTH_DATE]


@pytest.mark.parametrize("language", ["ru", "en", "uz", "be"])
def test_every_finding_has_reason_and_remedy(language: str) -> None:
    with translation.override(language):
        assert all(all(words_of(code)) for code in _WORDS)
