"""Sorting: the order of a Russian dictionary by plain code points."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.names import sort_key
from tests.forum.people import PEOPLE

IN_ORDER = [
    "Абрамов",
    "Гусев",
    "Ғуломов",
    "Дёмин",
    "Елкин",
    "Ёлкин",
    "Емельянов",
    "Жуков",
    "Иванов",
    "Іваноў",
    "Йодко",
    "Королёв",
    "Қосимов",
    "Лев",
    "Образцов",
    "Образцов-Учебный",
    "Образцова",
    "Узоров",
    "Ўткиров",
    "Фёдоров",
    "Хвостов",
    "Ҳакимов",
    "Цой",
    "Щебёнкина",
    "Эскизова",
    "Юрьев",
    "Яковлев",
    "Adams",
    "Élan",
    "Zola",
    "王",
]


@pytest.mark.parametrize("seed", range(3))
def test_surnames_sort_as_in_a_dictionary(seed: int) -> None:
    shuffled = Random(seed).sample(IN_ORDER, len(IN_ORDER))
    assert sorted(shuffled, key=sort_key) == IN_ORDER


def test_given_name_decides_between_equal_surnames() -> None:
    people = [("Макетов", "Глеб", "Андреевич"), ("Макетов", "Глеб", ""), ("Макетов", "", ""), ("Макетова", "Анна", "")]
    assert sorted(people, key=lambda names: sort_key(*names)) == [people[2], people[1], people[0], people[3]]


def test_key_is_what_postgresql_compares_by_bytes() -> None:
    keys = [sort_key(name) for name in IN_ORDER]
    assert sorted(keys) == sorted(keys, key=str.encode)


def test_case_and_apostrophes_do_not_move_a_name() -> None:
    assert sort_key("ОБРАЗЦОВ").split()[0] == sort_key("Образцов").split()[0]
    assert sort_key("O'Neil").split()[0] == sort_key("Oneil").split()[0]


@given(*[st.text(alphabet="еёЕЁж -'", max_size=4)] * 2)
def test_keys_are_equal_only_for_equal_names(one: str, other: str) -> None:
    assert (sort_key(one) == sort_key(other)) == (one.lower() == other.lower())


def test_keys_fit_their_column() -> None:
    assert all(len(sort_key(one.surname, one.given, one.patronymic)) <= 400 for one in PEOPLE)
    assert len(sort_key("王" * 100, "Ж" * 100, "Ж" * 100)) == 400
