"""Names as they are shown and addressed."""

import pytest

from forum.names import PersonName, address_as, full_in, full_latin, full_russian, initials, short_russian

ANNA = PersonName(
    surname="Примерова", given="Анна", patronymic="Ильинична", latin_surname="PRIMEROVA", latin_given="ANNA"
)
SIARHEI = PersonName(
    surname="Прикладов",
    given="Сергей",
    patronymic="Иванович",
    latin_surname="PRYKLADAU",
    latin_given="SIARHEI",
    native="Прыкладаў Сяргей Іванавіч",
)
LOLA = PersonName(
    surname="Андозаева", given="Лола", latin_surname="ANDOZAYEVA", latin_given="LOLA", native="Andozayeva Lola"
)
NAMUNA = PersonName(surname="Намуна", latin_surname="NAMUNA")


@pytest.mark.parametrize(
    ("name", "language", "expected"),
    [
        (ANNA, "ru", "Анна Ильинична"),
        (ANNA, "en", "Anna Primerova"),
        (ANNA, "be", "Анна Ильинична"),
        (SIARHEI, "be", "Прыкладаў Сяргей Іванавіч"),
        (SIARHEI, "en", "Siarhei Prykladau"),
        (LOLA, "ru", "Лола Андозаева"),
        (LOLA, "uz", "Andozayeva Lola"),
        (NAMUNA, "ru", "Намуна"),
        (NAMUNA, "en", "Namuna"),
        (NAMUNA, "uz", "Намуна"),
        (PersonName(surname="О'Нил", given="Ян"), "en", "Ян О'Нил"),
        (PersonName(surname="Нил", latin_surname="O'NEIL-SMITH", latin_given="IAN"), "en", "Ian O'Neil-Smith"),
        (PersonName(surname="Примерова", given="Анна", patronymic="Ильинична", preferred="Аня"), "ru", "Аня"),
    ],
)
def test_a_letter_addresses(name: PersonName, language: str, expected: str) -> None:
    assert address_as(name, language=language) == expected


def test_lists_show_russian_order_and_the_document_line() -> None:
    assert full_russian(ANNA) == "Примерова Анна Ильинична"
    assert full_latin(ANNA) == "PRIMEROVA ANNA"
    assert full_russian(NAMUNA) == "Намуна"


def test_short_form_never_parts_at_the_end_of_a_line() -> None:
    assert short_russian(ANNA) == "Примерова\u00a0А.\u00a0И."
    assert short_russian(PersonName(surname="Узор", given="Анна-Мария")) == "Узор\u00a0А.-М."
    assert short_russian(NAMUNA) == "Намуна"


def test_initials() -> None:
    assert [initials(name) for name in (ANNA, NAMUNA)] == ["АП", "Н"]


@pytest.mark.parametrize(
    ("language", "shown"),
    [("ru", full_russian(ANNA)), ("be", full_russian(ANNA)), ("en", "PRIMEROVA ANNA"), ("uz", "PRIMEROVA ANNA")],
)
def test_a_whole_name_is_in_the_script_of_the_page(language: str, shown: str) -> None:
    assert full_in(ANNA, language=language) == shown
    assert full_in(PersonName(surname="", native="Оспан"), language=language) == "Оспан"
