"""What a name field refuses, and that it refuses no real name."""

import pytest

from forum.names import InvalidNameError, check_latin, check_native, check_russian, clean_latin
from tests.forum.people import PEOPLE, Somebody

ACCEPTED = [
    "O",
    "Isa",
    "Carreño Quiñones",
    "Guðmundsdóttir",
    "Đặng Thị",
    "O'Neil",
    "Abd al-Rahman",
    "王小明",
    "A & B",
    "<b>x",
    "ж" * 80,
]


@pytest.mark.parametrize("name", ACCEPTED)
def test_native_spelling_is_free(name: str) -> None:
    check_native(name)


@pytest.mark.parametrize("somebody", PEOPLE, ids=lambda one: one.surname)
def test_real_people_pass(somebody: Somebody) -> None:
    check_russian(somebody.surname)
    check_latin(somebody.latin_surname)
    for native in filter(None, (somebody.belarusian, somebody.uzbek_cyrillic)):
        check_russian(native)
        check_native(native)


@pytest.mark.parametrize("typed", ["Primerova", "o’neil", "AB", "Abd al-Rahman"])
def test_latin_passes_after_cleaning(typed: str) -> None:
    check_latin(clean_latin(typed))


@pytest.mark.parametrize(
    ("check", "text", "code", "characters"),
    [
        (check_latin, "", "name.empty", ""),
        (check_latin, "ПРИМЕРОВА", "name.not_latin", "ПРИМЕОВА"),
        (check_latin, "ANNA1", "name.not_latin", "1"),
        (check_latin, "É", "name.not_latin", "É"),
        (check_latin, "-", "name.no_letters", ""),
        (check_russian, "Примерoва", "name.not_cyrillic", "o"),  # a Latin o
        (check_russian, "Анна2", "name.not_cyrillic", "2"),
        (check_russian, " \u200b", "name.empty", ""),
        (check_native, "Анна\nИльинична", "name.not_printable", "\n"),
        (check_native, "123", "name.no_letters", ""),
        (check_native, "ж" * 101, "name.too_long", ""),
    ],
)
def test_refusals_say_why(check: object, text: str, code: str, characters: str) -> None:
    with pytest.raises(InvalidNameError) as caught:
        check(text)  # type: ignore[operator]
    assert (caught.value.code, caught.value.characters) == (code, characters)
