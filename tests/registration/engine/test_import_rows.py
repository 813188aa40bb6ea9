"""Columns, values, people who are known again, and what a file may change."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.names import fold
from registration.engine.imports.columns import FIELDS, SYNONYMS, guess, preselected
from registration.engine.imports.countries import country_code, language_code
from registration.engine.imports.dates import read_date
from registration.engine.imports.merging import merge
from registration.engine.imports.rows import known_by, read_rows
from registration.engine.imports.tables import Table
from registration.engine.imports.text import find_delimiter, find_encoding, read_text
from registration.engine.imports.values import Places, read_values
from registration.engine.imports.words import FIELDS as WORDS
from registration.engine.imports.words import ROWS

PLACES = Places(
    {fold("Томская область"): "RU-TOM", fold("RU-TOM"): "RU-TOM", fold("Oʻzbekiston"): "UZ", "uz": "UZ"},
    {fold("Гость"): "guest", "guest": "guest"},
    "delegate",
    date(2026, 11, 28),
)


def read(**texts: str) -> Any:
    return read_values({"surname": "Примерова"} | texts, places=PLACES)


@pytest.mark.parametrize(
    ("heads", "fields"),
    [
        (["Фамилия", "Имя", "Отчество", "E-mail"], ["surname", "given_name", "patronymic", "email"]),
        (["№", "Ф.И.О. участника", "Электронная почта*"], ["", "full_name", "email"]),
        (["Surname (Latin)", "First name, latin", "Country"], ["latin_surname", "latin_given_name", "delegation"]),
        (["Familiya", "Ismi", "Tugʻilgan sanasi"], ["surname", "given_name", "birth_date"]),
        (["Familiya", "Ismi", "Tug'ilgan sanasi"], ["surname", "given_name", "birth_date"]),
        (["Прозвішча", "Імя", "Імя па бацьку", "Пасада"], ["surname", "given_name", "patronymic", "position"]),
        (["Дата рождения (дд.мм.гггг)", "ГРАЖДАНСТВО"], ["birth_date", "citizenship"]),
        (["Email", "Почта", "Телефон"], ["email", "", ""]),
    ],
)
def test_heads_are_understood(heads: list[str], fields: list[str]) -> None:
    assert list(guess(heads)) == fields


def test_a_date_of_birth_is_taken_only_when_chosen() -> None:
    assert preselected(["Фамилия", "Дата рождения"]) == ("surname", "")


@given(st.lists(st.text(max_size=40), max_size=20))
@settings(max_examples=60, deadline=None)
def test_no_field_is_guessed_twice(heads: list[str]) -> None:
    found = [field for field in guess(heads) if field]
    assert len(guess(heads)) == len(heads)
    assert sorted(set(found)) == sorted(found)


def test_every_field_has_words_and_every_head_means_one_field() -> None:
    assert set(WORDS) == set(FIELDS)
    for field, heads in SYNONYMS.items():
        assert [head for head in heads if guess([head]) != (field,)] == []


def test_a_whole_row() -> None:
    said = read(
        given_name=" Анна ",
        email="<Anna@Example.org>",
        citizenship="Российская Федерация",
        delegation="томская  область",
        languages="русский, English; узбекский и бел",
        birth_date="31184",
        organisation="Завод\u00a0«Образец»",
        position="инженер",
        category="Гость",
        language="английский",
        external_id="17",
    )
    assert (said.errors, said.external_id) == ([], "17")
    assert said.answers == {
        "surname": "Примерова",
        "given_name": "Анна",
        "email": "anna@example.org",
        "citizenship": "RU",
        "delegation": "RU-TOM",
        "languages": ["ru", "en", "uz", "be"],
        "birth_date": "1985-05-17",
        "organisation": "Завод «Образец»",
        "position": "инженер",
        "position_short": "инженер",
        "category": "guest",
        "language": "en",
    }


def test_latin_letters_go_where_they_belong() -> None:
    said = read_values({"full_name": "Namunayev Jasur To‘lqin o‘g‘li"}, places=PLACES)
    assert (said.errors, said.answers) == (
        [],
        {
            "latin_surname": "NAMUNAYEV",
            "latin_given_name": "JASUR",
            "native_name": "Namunayev Jasur To‘lqin o‘g‘li",
            "category": "delegate",
        },
    )


@pytest.mark.parametrize(
    ("texts", "error"),
    [
        ({"surname": ""}, ("surname", "missing")),
        ({"email": "anna at example"}, ("email", "email_invalid")),
        ({"email": "a@example.org, b@example.org"}, ("email", "email_invalid")),
        ({"citizenship": "Нарния"}, ("citizenship", "country_unknown")),
        ({"delegation": "Франция"}, ("delegation", "region_unknown")),
        ({"category": "царь"}, ("category", "category_unknown")),
        ({"language": "немецкий"}, ("language", "letters_language_unknown")),
        ({"languages": "эльфийский"}, ("languages", "language_unknown")),
        ({"birth_date": "вчера"}, ("birth_date", "date_unreadable")),
        ({"birth_date": "31.02.1985"}, ("birth_date", "date_unreadable")),
        ({"birth_date": "17.05.2085"}, ("birth_date", "date_impossible")),
        ({"position": "я" * 251}, ("position", "too_long")),
        ({"surname": "Примерова2"}, ("surname", "name.not_cyrillic")),
        ({"latin_surname": "PRIMEROVÄ"}, ("latin_surname", "name.not_latin")),
        ({"surname": "я" * 101}, ("surname", "name.too_long")),
    ],
)
def test_what_is_wrong_is_named_by_field_and_has_words(texts: dict[str, str], error: tuple[str, str]) -> None:
    assert read(**texts).errors == [error]
    assert error[1] in ROWS


@given(st.dates(min_value=date(1900, 4, 9), max_value=date(2100, 1, 1)))
@settings(max_examples=50, deadline=None)
def test_a_day_is_read_from_every_form(day: date) -> None:
    serial = str((day - date(1899, 12, 30)) // timedelta(days=1))
    assert {read_date(text) for text in (f"{day:%d.%m.%Y}", day.isoformat(), f"{day} 00:00:00", serial)} == {day}


@given(st.dictionaries(st.sampled_from(FIELDS), st.text(max_size=60), max_size=8))
@settings(max_examples=100, deadline=None)
def test_any_texts_give_answers_or_known_errors(texts: dict[str, str]) -> None:
    said = read_values(texts, places=PLACES)
    assert {code for _field, code in said.errors} <= set(ROWS)
    assert said.errors or known_by(said.answers)
    again = {n: ", ".join(v) if isinstance(v, list) else v for n, v in said.answers.items() if n != "category"}
    if not said.errors:  # what was cleaned once stays as it is
        assert read_values(again, places=PLACES).answers == said.answers


@given(
    st.lists(st.text("абвгдABC 0123-", min_size=1, max_size=9), min_size=2, max_size=5),
    st.sampled_from([",", ";", "\t"]),
)
@settings(max_examples=50, deadline=None)
def test_delimiter_and_encoding_are_found(cells: list[str], sign: str) -> None:
    text = "\r\n".join([sign.join(cells)] * 3)
    assert {",": "comma", ";": "semicolon", "\t": "tab"}[sign] == find_delimiter(text)
    assert find_encoding(b"\xef\xbb\xbf" + text.encode()) == "utf-8"
    assert find_encoding(text.encode("utf-16")) == "utf-16"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Узбекистан", "UZ"),
        ("O'zbekiston", "UZ"),
        ("ўзбекистон", "UZ"),
        ("Белоруссия", "BY"),
        ("rus", "RU"),
        ("Atlantis", ""),
    ],
)
def test_countries_in_any_spelling(text: str, code: str) -> None:
    assert country_code(text) == code


@pytest.mark.parametrize(
    ("text", "code"), [("Русский язык", "ru"), ("o‘zbek tili", "uz"), ("EN", "en"), ("клингон", "")]
)
def test_languages_in_any_spelling(text: str, code: str) -> None:
    assert language_code(text) == code


def rows_of(*rows: tuple[str, ...], columns: tuple[str, ...] = ("surname", "email", "external_id")) -> list[Any]:
    return read_rows(Table(columns, tuple(enumerate(rows, start=2))), columns=columns, places=PLACES)


def test_the_second_row_of_a_person_is_an_error_and_numbers_tell_namesakes_apart() -> None:
    rows = rows_of(("Ёлкин", "a@example.org"), ("ЕЛКИН", "A@example.org"), ("Ёлкин", "b@example.org"))
    assert [row.errors for row in rows] == [(), (("email", "twice"),), ()]
    rows = rows_of(("Ёлкин", "a@example.org", "1"), ("Ёлкин", "a@example.org", "2"), ("Пихтов", "c@example.org", "1"))
    assert [row.errors for row in rows] == [(), (), (("external_id", "twice"),)]


def test_without_an_address_the_organisation_tells_namesakes_apart() -> None:
    columns = ("surname", "organisation")
    rows = rows_of(("Ёлкин", "Завод"), ("Ёлкин", "Музей"), ("Елкин", "завод"), columns=columns)
    assert [bool(row.errors) for row in rows] == [False, False, True]


def mark(name: str, value: Any) -> str:
    return f"{name}={value}"


def merged(new: dict[str, Any], stored: dict[str, Any], last: dict[str, Any], *, editable: bool = True) -> Any:
    return merge(new, stored, marks={n: mark(n, v) for n, v in last.items()}, mark=mark, editable=editable)


def test_a_file_changes_only_what_nobody_has_touched_since() -> None:
    last = {"position": "инженер", "organisation": "Завод"}
    same = merged(last, last, last)
    assert (same.changes, same.conflicts) == ({}, ())
    again = merged(last, {"position": "директор", "organisation": "Завод"}, last)
    assert (again.changes, again.conflicts) == ({}, ())
    new = merged({"position": "гид", "organisation": "Музей"}, {"position": "директор", "organisation": "Завод"}, last)
    assert (new.changes, new.conflicts) == ({"organisation": "Музей"}, ("position",))
    sent = merged({"position": "гид"}, last, last, editable=False)
    assert (sent.changes, sent.conflicts) == ({}, ("position",))


@given(
    st.dictionaries(st.sampled_from("abc"), st.text("xy", max_size=2)),
    st.dictionaries(st.sampled_from("abc"), st.text("xy", max_size=2)),
)
@settings(max_examples=50, deadline=None)
def test_applied_changes_leave_nothing_to_change(new: dict[str, str], stored: dict[str, str]) -> None:
    first = merged(new, stored, stored)
    after = {**stored, **first.changes}
    assert not merged(new, after, {**stored, **first.changes}).changes
    assert not first.conflicts


def test_text_with_a_broken_quote_is_read_or_refused_but_never_breaks() -> None:
    table = read_text('Фамилия,Email\r\n"Ёлкин, a@example.org\r\n'.encode())
    assert len(table.rows) == 1
