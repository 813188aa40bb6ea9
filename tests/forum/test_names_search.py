"""Search: any spelling finds the person, in either script."""

import pytest

from forum.names import cyrillic_spellings, search_text, search_words
from tests.forum.people import PEOPLE, SPEAKERS, Somebody


def finds(query: str, *names: str) -> bool:
    """As the query on the people's table does it: every word is contained."""
    stored = search_text(*names)
    return all(word in stored for word in search_words(query))


@pytest.mark.parametrize("somebody", PEOPLE, ids=lambda somebody: somebody.surname)
def test_every_own_spelling_finds_the_person(somebody: Somebody) -> None:
    names = (
        somebody.surname,
        somebody.given,
        somebody.patronymic,
        somebody.latin_surname,
        somebody.latin_given,
        somebody.belarusian or somebody.uzbek_latin,
    )
    for query in (*names, f"{somebody.given} {somebody.surname}".strip(), somebody.surname[:4].lower()):
        assert finds(query, *names)


@pytest.mark.parametrize("somebody", [one for one in SPEAKERS if one.method == "icao"], ids=lambda one: one.surname)
def test_either_script_is_enough(somebody: Somebody) -> None:
    """Only one script was typed at registration, the other is searched for."""
    assert finds(f"{somebody.latin_surname} {somebody.latin_given}", somebody.surname, somebody.given)
    assert finds(f"{somebody.surname} {somebody.given}", somebody.latin_surname, somebody.latin_given)


@pytest.mark.parametrize(
    ("query", "stored"),
    [
        ("Primerova", "Примерова"),
        ("Примерова", "Primerova"),
        ("Прикладов", "Прыкладаў"),
        ("Прыкладаў", "Прикладов"),
        ("Прикладов", "PRYKLADAU"),
        ("Yuriy", "Юрий"),
        ("Юрий", "Yuriy"),
        ("Andrey", "Андрей"),
        ("уткир", "Ўткир"),
        ("otkir", "Ўткир"),
        ("oneil", "O'Neil"),
        ("образцов учебный", "Образцов-Учебный"),
    ],
)
def test_search_across_spellings(query: str, stored: str) -> None:
    assert finds(query, stored)


def test_search_does_not_find_strangers() -> None:
    assert not finds("Иванов", "Примерова", "Анна")
    assert not finds("Примерова Инна", "Примерова", "Анна")


def test_search_text_of_nothing_is_empty() -> None:
    assert search_text("", "") == ""
    assert search_words("  -- ") == []


def test_spellings_stay_few() -> None:
    assert len(cyrillic_spellings("hxjtsiaiuieio" * 5)) <= 6
