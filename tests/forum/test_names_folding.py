"""Folding: what counts as the same name."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.names import clean_latin, clean_name, fold, nfc
from tests.forum.people import PEOPLE

LETTERS = st.text(alphabet="абвгґдеёжзийіїклмнопрстуўфхцчшщъыьэюяқғҳOoGg'ʻʼ’`-  ABCabcéŁß", max_size=40)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Щебёнкина", "ЩЕБЕНКИНА"),
        ("Образцов-Учебный", "Образцов  Учебный"),
        ("Oʻtkir", "O'tkir"),
        ("Oʻtkir", "O‘tkir"),
        ("Gʻuncha", "G`uncha"),
        ("Sanʼat", "Sanat"),
        ("Синов ўғли", "Синов угли"),
        ("Объектов", "Обьектов"),
        ("Прыкладава", "Прикладава"),
        ("Прыкладаў", "Прикладав"),
        ("Андрей", "Андреи"),
        ("Andrey", "Andrej"),
        ("Andrei", "ANDREY"),
        ("Guðmundsdóttir", "gudmundsdottir"),
        ("Carreño Quiñones", "Carreno Quinones"),
        ("Завод «Образец»", "завод образец"),
        ("Й", "И\u0306"),
    ],
)
def test_fold_meets_other_spellings(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("Иванов", "Иваненко"), ("Ольга", "Волга"), ("Анна", "Инна")])
def test_fold_keeps_different_names_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text(max_size=60))
def test_fold_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(LETTERS)
def test_fold_ignores_case_and_composition(text: str) -> None:
    assert fold(text.upper()) == fold(text.lower()) == fold(unicodedata.normalize("NFD", text))


@given(LETTERS, st.integers(min_value=0, max_value=40))
def test_fold_of_a_beginning_is_the_beginning(text: str, length: int) -> None:
    assert fold(text).startswith(fold(text[:length]))


@given(st.text(max_size=60))
def test_cleaned_name_is_stable_and_composed(text: str) -> None:
    cleaned = clean_name(text)
    assert clean_name(cleaned) == cleaned == nfc(cleaned)
    assert "\n" not in cleaned


@pytest.mark.parametrize("somebody", PEOPLE, ids=lambda somebody: somebody.surname)
def test_cleaning_changes_no_real_name(somebody: object) -> None:
    for name in (somebody.surname, somebody.given, somebody.belarusian, somebody.uzbek_latin):  # type: ignore[attr-defined]
        assert clean_name(name) == name


def test_cleaning_drops_what_nobody_sees() -> None:
    assert clean_name("  И\u0306о\u200bд \u202eПётр\u00a0 ") == "Йод Пётр"


def test_latin_is_cleaned_to_document_form() -> None:
    assert clean_latin(" o’neil–Smith  anna ") == "O'NEIL-SMITH ANNA"
