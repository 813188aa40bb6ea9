"""What people type becomes an answer or is refused in words; who must answer a newer version again."""

from typing import Any

import pytest

from registration.engine.questions.cleaning import AnswerError, clean
from registration.engine.questions.conditions import Facts, comparisons
from registration.engine.questions.judging import Given, follow, owed
from registration.engine.questions.sheet import Bounds
from registration.engine.questions.words import ERRORS, error_words, value_words
from tests.hostile.texts import NAUGHTY
from tests.registration.engine.test_questions import WORLD, K, answered, item, sheet

# --- answers ------------------------------------------------------------------------------------------------------------------
TYPED = [*NAUGHTY.values(), "A" * 10_000_000, "-1", "1e400", "١٢", [], {}, 3.5, True, 10**400, ["a"]]


@pytest.mark.parametrize("kind", [kind.value for kind in K])
def test_anything_typed_becomes_a_storable_answer_or_is_refused(kind: str) -> None:
    one = item("x", kind)
    for typed in TYPED:
        try:
            value = clean(one, typed, WORLD)
        except AnswerError as error:
            assert all(error_words(error))
            continue
        assert "\x00" not in str(value)
        assert clean(one, value, WORLD) == value
        assert len(str(value)) <= 4000
        assert isinstance(value_words(one, value, WORLD), str)


@pytest.mark.parametrize(
    ("kind", "typed", "stored"),
    [
        ("text", "  Завод\t «Образец» ", "Завод «Образец»"),
        ("long_text", "раз \r\nдва\r\n", "раз\nдва"),
        ("number", "1 000", 1000),
        ("number", 7, 7),
        ("date", "17.05.2027", "2027-05-17"),
        ("date", "2027-05-17", "2027-05-17"),
        ("choice", "b", "b"),
        ("several", ["b", "a", "b"], ["a", "b"]),
        ("country", "UZ", "UZ"),
        ("region", "RU-TOM", "RU-TOM"),
        ("phone", "8 (913) 000-00-00", "+79130000000"),
        ("phone", "+998 90 000 00 00", "+998900000000"),
        ("language", "uz", "uz"),
        ("size", "43", "43"),
        ("tick", "on", True),
        ("tick", False, False),
        ("text", "   ", None),
        ("several", [], None),
    ],
)
def test_what_people_type_is_understood(kind: str, typed: Any, stored: Any) -> None:
    assert clean(item("x", kind), typed, WORLD) == stored


@pytest.mark.parametrize(
    ("kind", "typed", "bounds", "code"),
    [
        ("date", "31.02.2027", Bounds(), "no_such_day"),
        ("date", "2027-13-01", Bounds(), "no_such_day"),
        ("date", "29.02.2027", Bounds(), "no_such_day"),
        ("date", "45000", Bounds(), "no_such_day"),
        ("date", "01.01.0001", Bounds(), "day_far_away"),
        ("date", "19.05.2027", Bounds("2027-05-20", "2027-05-21"), "date_between"),
        ("date", "22.05.2027", Bounds(most="2027-05-21"), "date_at_most"),
        ("number", "2,5", Bounds(), "not_whole"),
        ("number", "0", Bounds("1"), "number_at_least"),
        ("number", "11", Bounds("1", "10"), "number_between"),
        ("several", ["a", "b"], Bounds(most="1"), "several_at_most"),
        ("choice", "z", Bounds(), "not_offered"),
        ("country", "XX", Bounds(), "not_offered"),
        ("phone", "123", Bounds(), "not_a_phone"),
        ("text", "я" * 251, Bounds(), "too_long"),
        ("text", "abcdef", Bounds(most="5"), "too_long"),
    ],
)
def test_what_is_no_answer_is_refused_with_reason_and_remedy(kind: str, typed: Any, bounds: Bounds, code: str) -> None:
    with pytest.raises(AnswerError) as refusal:
        clean(item("x", kind, bounds=bounds), typed, WORLD)
    assert refusal.value.code == code
    assert "%(" not in "".join(error_words(refusal.value))


def test_decimals_are_kept_as_text_never_as_floats() -> None:
    one = item("x", "number", bounds=Bounds(whole=False))
    assert [clean(one, typed, WORLD) for typed in ("2,50", 2.5, "3.0")] == ["2.5", "2.5", 3]


def test_every_bound_has_words() -> None:
    assert {
        f"{kind}_{end}" for kind in ("number", "date", "several") for end in ("between", "at_least", "at_most")
    } < set(ERRORS)


# --- versions -------------------------------------------------------------------------------------------------------------------
def test_who_must_answer_again() -> None:
    first = follow(sheet(item("a"), item("b"), item("c", "choice")), None)
    second = follow(
        sheet(
            item("a", asks_again=True), item("b", required=True), item("c", "choice", options=("b", "z")),
            item("d", required=True), item("e"), number=2,
        ),
        first,
    )  # fmt: skip
    third = follow(sheet(*(item(one.code, one.kind, required=one.required) for one in second), number=3), second)
    assert [one.good_from for one in third] == [2, 1, 1, 2, 2]
    earlier = {"a": Given("x", 1), "b": Given("x", 1), "c": Given("a", 1)}
    assert [one.code for one in owed(second, earlier, Facts(), WORLD)] == ["a", "c", "d"]
    anew = earlier | {"a": Given("y", 2), "c": Given("b", 2), "d": Given("x", 2)}
    assert owed(second, anew, Facts(), WORLD) == []
    assert owed(second, anew | {"c": Given("b", 2, placeless=True)}, Facts(), WORLD)[0].code == "c"


def test_a_question_of_another_kind_has_no_answers_yet() -> None:
    before = follow(sheet(item("x", "text")), None)
    assert next(iter(follow(sheet(item("x", "number"), number=4), before))).good_from == 4


def test_comparisons_are_found_in_every_group() -> None:
    tree = {"all": [answered("a"), {"any": [answered("b"), {"not": answered("c")}]}]}
    assert [leaf["fact"] for leaf in comparisons(tree)] == ["answer:a", "answer:b", "answer:c"]
