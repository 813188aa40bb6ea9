"""Pure pieces of registration: proposals, texts, countries."""

import pytest
from django.utils.translation import override

from registration.countries import FIRST, country_choices, country_name, country_names
from registration.demo_data.consent import CONSENT
from registration.engine.proposals import SHORT_POSITION, propose_latin, propose_short_position
from registration.engine.texts import Part, parts_of

LANGUAGES = ["ru", "en", "uz", "be"]


@pytest.mark.parametrize(
    ("values", "proposal"),
    [
        (("RU", "Примерова", "Анна", ""), "PRIMEROVA ANNA"),
        (("RU", "Щёголев", "Юрий", ""), "SHCHEGOLEV IURII"),
        (("BY", "Прикладов", "Сергей", "Прыкладаў Сяргей"), "PRYKLADAU SIARHEI"),
        (("BY", "Прыкладаў", "Сяргей", ""), "PRYKLADAU SIARHEI"),
        (("UZ", "Намунаев", "Жасур", "Namunayev Jasur Toʻlqin oʻgʻli"), "NAMUNAYEV JASUR"),
        (("UZ", "Ўткир", "", ""), "OTKIR"),
        (("KZ", "", "", ""), ""),
        (("CN", "王", "小明", ""), ""),
    ],
)
def test_latin_names_are_proposed_as_documents_print_them(values: tuple[str, ...], proposal: str) -> None:
    citizenship, surname, given, native = values
    found = propose_latin(citizenship=citizenship, surname=surname, given=given, native=native)
    assert str(found) == proposal
    assert bool(found) is bool(proposal)


@pytest.mark.parametrize(
    ("position", "short"),
    [
        ("директор", "директор"),
        ("x" * 80, "x" * 80),
        ("x" * 200, "x" * 80),
        (
            "менеджер по взаимодействию с органами власти, социально-экономическое развитие регионов присутствия",
            "менеджер по взаимодействию с органами власти",
        ),
        ("директор " * 20, ("директор " * 9).strip()),  # 80 characters
        ("а, " + "очень длинная часть должности без единого знака препинания до самого конца строки и дальше", None),
    ],
)
def test_short_positions_end_with_a_word(position: str, short: str | None) -> None:
    found = propose_short_position(position)
    assert len(found) <= SHORT_POSITION
    assert position.startswith(found)
    if short is not None:
        assert found == short


def test_a_text_falls_into_its_parts() -> None:
    assert parts_of("## Заголовок\r\n\r\nАбзац\nдальше\n\n- раз\n- два\n\n\n") == [
        Part("heading", "Заголовок"),
        Part("paragraph", "Абзац дальше"),
        Part("list", items=("раз", "два")),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_consent_says_the_same_in_every_language(language: str) -> None:
    parts = parts_of(CONSENT[f"body_{language}"])
    original = parts_of(CONSENT["body_ru"])
    assert [part.kind for part in parts] == [part.kind for part in original]
    assert [len(part.items) for part in parts] == [len(part.items) for part in original]
    assert CONSENT[f"title_{language}"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_country_has_a_name(language: str) -> None:
    names = country_names(language)
    assert len(names) == 249
    assert all(names.values())
    with override(language):
        groups = country_choices()
        assert [code for code, _name in groups[0][1]] == list(FIRST)
        assert {code for _label, rows in groups for code, _name in rows} == set(names)
        assert country_name("UZ") == names["UZ"]
        assert (country_name(""), country_name("XX")) == ("", "XX")
