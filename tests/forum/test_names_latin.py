"""Latin proposals by ICAO Doc 9303, and by what Belarusian and Uzbek passports print."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.names import guess_language, icao9303
from tests.forum.people import EDGE_CASES, SPEAKERS, Somebody

RUSSIAN = [one for one in SPEAKERS + EDGE_CASES if one.method == "icao"]
BELARUSIAN = [one for one in SPEAKERS + EDGE_CASES if one.belarusian and one.method == "passport"]
UZBEK = [one for one in SPEAKERS if one.uzbek_cyrillic]


def first_two(native: str) -> list[str]:
    return native.split()[:2]


@pytest.mark.parametrize("somebody", RUSSIAN, ids=lambda one: one.surname)
def test_russian_documents_follow_the_table(somebody: Somebody) -> None:
    assert icao9303(somebody.surname) == somebody.latin_surname
    assert icao9303(somebody.given) == somebody.latin_given


def test_whole_table() -> None:
    assert icao9303("абвгдеёжзий клмнопрсту фхцчшщ ъыьэюя") == "ABVGDEEZHZII KLMNOPRSTU FKHTSCHSHSHCH IEYEIUIA"


@pytest.mark.parametrize("somebody", BELARUSIAN, ids=lambda one: one.belarusian)
def test_belarusian_passports(somebody: Somebody) -> None:
    expected = [somebody.latin_surname, somebody.latin_given]
    assert [icao9303(name, language="be") for name in first_two(somebody.belarusian)] == expected


@pytest.mark.parametrize("somebody", UZBEK, ids=lambda one: one.uzbek_cyrillic)
def test_uzbek_passports(somebody: Somebody) -> None:
    expected = [somebody.latin_surname, somebody.latin_given]
    assert [icao9303(name, language="uz") for name in first_two(somebody.uzbek_cyrillic)] == expected
    assert [icao9303(name).replace("'", "") for name in first_two(somebody.uzbek_latin)] == expected


@pytest.mark.parametrize(
    ("text", "language"),
    [("Прыкладаў", "be"), ("Ігараўна", "be"), ("Ўткир", "uz"), ("Мўтабар", "uz"), ("Ғунча", "uz"), ("Примерова", "ru")],
)
def test_letters_tell_the_language(text: str, language: str) -> None:
    assert guess_language(text) == language


@pytest.mark.parametrize(
    ("text", "latin"),
    [
        ("O'Neil", "O'NEIL"),
        ("Oʻtkir", "O'TKIR"),
        ("Guðmundsdóttir", "GUDMUNDSDOTTIR"),
        ("Анна–Мария", "ANNA-MARIIA"),
        ("  Анна   Мария ", "ANNA MARIIA"),
        ("王", ""),
        ("", ""),
    ],
)
def test_other_input(text: str, latin: str) -> None:
    assert icao9303(text) == latin


@given(st.text(max_size=40))
def test_proposal_holds_nothing_but_document_letters(text: str) -> None:
    assert re.fullmatch("[A-Z' -]*", icao9303(text))
