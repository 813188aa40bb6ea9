"""Forms as data: the evaluator by its properties, circles and loose ends, every kind of answer with everything one types."""

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from registration.engine.questions.checking import cycles, is_well_formed, problems
from registration.engine.questions.cleaning import World
from registration.engine.questions.conditions import Facts, holds
from registration.engine.questions.judging import judge
from registration.engine.questions.sheet import Bounds, Item, Option, Part, Sheet
from registration.engine.questions.showing import shown
from registration.enums import QuestionKind, SizeSystem

K = QuestionKind
BOTH = {"ru": "текст", "en": "text"}
WORLD = World({"RU": "Россия", "UZ": "Узбекистан"}, {"RU-TOM": "Томская область"}, {"RU": "Россия"})


def item(code: str, kind: str = K.TEXT, **changes: Any) -> Item:
    options = tuple(
        Option(one, BOTH) for one in changes.pop("options", ("a", "b") if kind in ("choice", "several") else ())
    )
    bounds = changes.pop("bounds", Bounds(system=SizeSystem.SHOES) if kind == K.SIZE else Bounds())
    return Item(code=code, kind=K(kind), label=BOTH, purpose=BOTH, options=options, bounds=bounds, **changes)


def sheet(*items: Item, number: int = 1) -> Sheet:
    return Sheet(number, (Part(BOTH, {}, items),))


def answered(code: str, value: Any = None, compare: str = "eq") -> dict[str, Any]:
    return {"fact": f"answer:{code}", "is": compare, "value": value}


# --- the evaluator --------------------------------------------------------------------------------------------------------
plain = some.one_of(
    some.booleans(), some.integers(-50, 50), some.sampled_from(["", "a", "b", "RU", "2.5", "2027-05-20", "null"]),
    some.none(), some.lists(some.sampled_from(["a", "b", 3]), max_size=3),
)  # fmt: skip
leaves = some.fixed_dictionaries(
    {
        "fact": some.sampled_from(["answer:x", "answer:y", "citizenship", "age", "category", "nonsense"]),
        "is": some.sampled_from(["eq", "ne", "lt", "le", "gt", "ge", "in", "contains", "answered", "like"]),
        "value": plain,
    }
)
trees = some.recursive(
    leaves,
    lambda inner: some.one_of(
        some.lists(inner, max_size=3).map(lambda branches: {"all": branches}),
        some.lists(inner, max_size=3).map(lambda branches: {"any": branches}),
        inner.map(lambda branch: {"not": branch}),
    ),
    max_leaves=6,
)
people = some.builds(
    Facts,
    answers=some.dictionaries(some.sampled_from("xyz"), plain, max_size=3),
    citizenship=some.sampled_from(["", "RU", "UZ"]),
    age=some.one_of(some.none(), some.integers(0, 99)),
)
anything = some.recursive(
    plain, lambda inner: some.dictionaries(some.sampled_from(["all", "any", "not", "fact", "is"]), inner)
)


@example({"fact": "", "is": {}}, Facts())
@given(anything, people)
def test_whatever_stands_in_the_condition_nothing_breaks(tree: Any, facts: Facts) -> None:
    assert holds(tree, facts) in (True, False)
    assert is_well_formed(tree) in (True, False)


@given(trees, people)
def test_not_turns_round_and_groups_are_each_others_mirror(tree: Any, facts: Facts) -> None:
    assert holds({"not": tree}, facts) is not holds(tree, facts)
    other = {"fact": "citizenship", "is": "eq", "value": "RU"}
    either = holds({"any": [tree, other]}, facts)
    assert either is not holds({"all": [{"not": tree}, {"not": other}]}, facts)
    assert either is holds({"any": [other, tree]}, facts)


@given(leaves, people)
def test_nothing_holds_of_what_is_not_known(leaf: Any, facts: Facts) -> None:
    if facts.known(leaf["fact"]) is None:
        assert not holds(leaf, facts)


@given(some.integers(-(10**6), 10**6), some.integers(-(10**6), 10**6))
def test_numbers_compare_as_numbers_however_they_are_written(one: int, other: int) -> None:
    facts = Facts({"x": f"{one}.0"})
    assert holds(answered("x", other, "lt"), facts) is (one < other)
    assert holds(answered("x", str(other), "ge"), facts) is (one >= other)
    assert holds(answered("x", other), facts) is (one == other)


def test_true_is_not_one_and_days_are_in_their_order() -> None:
    assert not holds(answered("x", 1), Facts({"x": True}))
    assert holds(answered("x", "2027-05-20", "lt"), Facts({"x": "2027-05-19"}))
    assert not holds(answered("x", "2027-05-20", "lt"), Facts({"x": 5}))
    assert holds(answered("x", "b", "contains"), Facts({"x": ["a", "b"]}))
    assert holds({"fact": "age", "is": "ge", "value": 18}, Facts(age=18))


def test_a_deep_or_long_condition_is_refused_and_does_not_hold() -> None:
    deep: dict[str, Any] = {"fact": "citizenship", "is": "eq", "value": "RU"}
    long = {"any": [deep] * 200}
    for _ in range(50):
        deep = {"all": [deep]}
    assert not is_well_formed(deep)
    assert not is_well_formed(long)
    assert not holds(deep, Facts(citizenship="RU"))


# --- what applies -----------------------------------------------------------------------------------------------------------
def test_an_answer_that_does_not_apply_opens_no_other_question() -> None:
    three = sheet(
        item("car", K.TICK),
        item("plate", condition=answered("car", True)),
        item("colour", condition=answered("plate", compare="answered")),
    )
    answers = {"plate": "A001", "colour": "red"}
    assert [one.code for one in shown(three, Facts(), answers | {"car": True})] == ["car", "plate", "colour"]
    assert [one.code for one in shown(three, Facts(), answers | {"car": False})] == ["car"]


@given(some.dictionaries(some.sampled_from("abcd"), plain), some.lists(trees, min_size=4, max_size=4))
def test_what_applies_is_decided_for_any_form_even_with_circles(answers: dict[str, Any], conditions: list[Any]) -> None:
    spoken = {"x": "a", "y": "b"}

    def named(tree: Any) -> Any:
        if isinstance(tree, dict):
            return {k: named(v) for k, v in tree.items()}
        if isinstance(tree, list):
            return [named(one) for one in tree]
        return f"answer:{spoken[tree[-1]]}" if isinstance(tree, str) and tree.startswith("answer:") else tree

    form = sheet(*(item(code, condition=named(tree)) for code, tree in zip("abcd", conditions, strict=True)))
    found = shown(form, Facts(), answers)
    assert [one for one in form if one in found] == found
    if not cycles(form):
        assert shown(form, Facts(), {one.code: answers[one.code] for one in found if one.code in answers}) == found


def test_answers_that_do_not_apply_are_neither_kept_nor_wrong() -> None:
    form = sheet(item("car", K.TICK), item("plate", required=True, condition=answered("car", True)))
    assert judge(form, {"car": False, "plate": "x" * 300}, Facts(), WORLD).values == {"car": False}
    wrong = judge(form, {"car": True}, Facts(), WORLD)
    assert {code: error.code for code, error in wrong.errors.items()} == {"plate": "missing"}


# --- what may be published ---------------------------------------------------------------------------------------------------
def codes(form: Sheet) -> list[tuple[str, str]]:
    return [(problem.code, problem.where) for problem in problems(form)]


def test_circles_are_named_once_with_their_way() -> None:
    form = sheet(
        item("a", condition=answered("b", compare="answered")),
        item("b", condition={"all": [answered("c", compare="answered")]}),
        item("c", condition={"not": answered("a", compare="answered")}),
        item("self", condition=answered("self", compare="answered")),
    )
    assert cycles(form) == [["a", "b", "c", "a"], ["self", "self"]]
    assert [problem.data["chain"] for problem in problems(form)] == ["a → b → c → a", "self → self"]


@pytest.mark.parametrize(
    ("leaf", "wrong"),
    [
        (answered("gone", "a"), "dangling"),
        ({"fact": "shoe", "is": "eq", "value": "1"}, "dangling"),
        (answered("choice", "a", "lt"), "wrong_comparison"),
        (answered("text", "a"), "wrong_comparison"),
        (answered("choice", "z"), "wrong_value"),
        (answered("choice", ["a", "z"], "in"), "wrong_value"),
        (answered("choice", [], "in"), "wrong_value"),
        (answered("number", "many", "lt"), "wrong_value"),
        (answered("number", True), "wrong_value"),
        (answered("date", "2027-02-30", "lt"), "wrong_value"),
        (answered("tick", "yes"), "wrong_value"),
        ({"fact": "age", "is": "ge", "value": "old"}, "wrong_value"),
        ({"fact": "citizenship", "is": "eq"}, "wrong_value"),
        ({"all": []}, "condition_malformed"),
        ({"fact": "age", "is": "like", "value": 1}, "condition_malformed"),
        ({"any": [{"fact": "age", "is": "ge", "value": 1}], "all": []}, "condition_malformed"),
    ],
)
def test_loose_ends_and_wrong_types_keep_a_form_from_being_published(leaf: Any, wrong: str) -> None:
    others = (
        item("choice", "choice"),
        item("text"),
        item("number", "number"),
        item("date", "date"),
        item("tick", "tick"),
    )
    assert codes(sheet(*others, item("last", condition=leaf))) == [(wrong, "last")]


@pytest.mark.parametrize(
    ("one", "wrong"),
    [
        (item("x", "choice", options=()), "no_choices"),
        (item("x", "number", bounds=Bounds("5", "3")), "bounds_reversed"),
        (item("x", "number", bounds=Bounds("five")), "bounds_unreadable"),
        (item("x", "number", bounds=Bounds("nan")), "bounds_unreadable"),
        (item("x", "date", bounds=Bounds("2027-02-30")), "bounds_unreadable"),
        (item("x", "size", bounds=Bounds()), "no_sizes"),
        (Item(code="x", kind=K.TEXT, label={"ru": "только"}, purpose=BOTH), "unlabelled"),
        (Item(code="x", kind=K.TEXT, label=BOTH), "no_purpose"),
    ],
)
def test_questions_that_cannot_be_answered_keep_it_back_too(one: Item, wrong: str) -> None:
    assert codes(sheet(one)) == [(wrong, "x")]
