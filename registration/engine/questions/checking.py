"""What keeps a draft from being published: each thing wrong as a code, the question it is about, and facts for the words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from registration.engine.questions.conditions import (
    ANSWER,
    COMPARE,
    MOST_COMPARISONS,
    MOST_DEPTH,
    Tree,
    comparisons,
    questions_in,
)
from registration.engine.questions.sheet import Item, Sheet, Words
from registration.enums import QuestionKind

K = QuestionKind
MOST_QUESTIONS = 120
NEEDED_LANGUAGES = ("ru", "en")
"""Texts that have to be there; the other languages read them where their own is missing, and the page of publication says so."""
COUNTED = frozenset({K.TEXT, K.LONG_TEXT, K.SEVERAL})
"""Kinds whose limits count letters or ticks."""
_CHOSEN, _ORDERED = ("eq", "ne", "in"), ("eq", "ne", "lt", "le", "gt", "ge")
COMPARISONS: dict[str, tuple[str, ...]] = {
    K.TEXT: ("answered",),
    K.LONG_TEXT: ("answered",),
    K.PHONE: ("answered",),
    K.NUMBER: (*_ORDERED, "answered"),
    K.DATE: (*_ORDERED, "answered"),
    K.CHOICE: (*_CHOSEN, "answered"),
    K.COUNTRY: (*_CHOSEN, "answered"),
    K.REGION: (*_CHOSEN, "answered"),
    K.LANGUAGE: (*_CHOSEN, "answered"),
    K.SIZE: (*_CHOSEN, "answered"),
    K.SEVERAL: ("contains", "answered"),
    K.TICK: ("eq",),
    K.FILE: ("answered",),
    K.PHOTO: ("answered",),
    "citizenship": _CHOSEN,
    "category": _CHOSEN,
    "age": (*_ORDERED, "answered"),
}
"""What may be compared how: by kind of the question, or by the fact."""


@dataclass(frozen=True)
class Problem:
    """`code` chooses the words, `where` is the code of the question, empty for the whole form."""

    code: str
    where: str = ""
    data: Mapping[str, str] = field(default_factory=dict)


def problems(sheet: Sheet) -> list[Problem]:
    """Everything, in the order of the form; a form without any may be published."""
    found = [problem for item in sheet for problem in _of_item(item, sheet)]
    if len(list(sheet)) > MOST_QUESTIONS:
        found.append(Problem("too_many", data={"most": str(MOST_QUESTIONS)}))
    for part in sheet.parts:
        if _lacks(part.title):
            found.append(Problem("section_untitled"))
    return found + [Problem("cycle", chain[0], {"chain": " → ".join(chain)}) for chain in cycles(sheet)]


def _of_item(item: Item, sheet: Sheet) -> Iterator[Problem]:
    if _lacks(item.label):
        yield Problem("unlabelled", item.code)
    if _lacks(item.purpose):
        yield Problem("no_purpose", item.code)
    yield from _of_options(item)
    yield from _of_bounds(item)
    yield from _of_condition(item, sheet)


def _lacks(words: Words) -> bool:
    return not all(words.get(language) for language in NEEDED_LANGUAGES)


def _of_options(item: Item) -> Iterator[Problem]:
    if item.is_chosen and not item.options:
        yield Problem("no_choices", item.code)
    if item.is_chosen and any(_lacks(option.label) for option in item.options):
        yield Problem("choice_unlabelled", item.code)


def _of_bounds(item: Item) -> Iterator[Problem]:
    bounds, read = item.bounds, _as_day if item.kind == K.DATE else as_number
    if item.kind in COUNTED:
        read = _as_count
    least, most = (read(text) if text else None for text in (bounds.least, bounds.most))
    if (bounds.least and least is None) or (bounds.most and most is None):
        yield Problem("bounds_unreadable", item.code)
    elif least is not None and most is not None and least > most:  # type: ignore[operator]  # both of one kind
        yield Problem("bounds_reversed", item.code)
    if item.kind == K.SIZE and not bounds.system:
        yield Problem("no_sizes", item.code)


def _as_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def as_number(text: str) -> Decimal | None:
    """A finite number, or None."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _as_count(text: str) -> Decimal | None:
    return Decimal(text) if text.isdecimal() and len(text) < 6 and int(text) else None


# --- conditions -----------------------------------------------------------------------------------------------------------
def _of_condition(item: Item, sheet: Sheet) -> Iterator[Problem]:
    if item.condition is None:
        return
    if not is_well_formed(item.condition):
        yield Problem("condition_malformed", item.code)
        return
    for leaf in comparisons(item.condition):
        yield from _of_comparison(leaf, item, sheet)


def is_well_formed(tree: Any, depth: int = 0) -> bool:
    """Whether a tree has the shape of a condition and is not too large, whatever it compares."""
    if depth == 0 and sum(1 for _leaf in comparisons(tree)) > MOST_COMPARISONS:
        return False
    if not isinstance(tree, Mapping) or depth > MOST_DEPTH:
        return False
    for name in ("all", "any"):
        if name in tree:
            branches = tree[name]
            good = isinstance(branches, list) and branches and set(tree) == {name}
            return bool(good) and all(is_well_formed(branch, depth + 1) for branch in branches)
    if "not" in tree:
        return set(tree) == {"not"} and is_well_formed(tree["not"], depth + 1)
    is_named = isinstance(tree.get("fact"), str) and isinstance(tree.get("is"), str)
    return set(tree) <= {"fact", "is", "value"} and is_named and tree["is"] in COMPARE


def _of_comparison(leaf: Tree, item: Item, sheet: Sheet) -> Iterator[Problem]:
    name: str = leaf["fact"]
    asked = sheet.by_code.get(name.removeprefix(ANSWER)) if name.startswith(ANSWER) else None
    kind = asked.kind if asked else name
    if kind not in COMPARISONS:
        yield Problem("dangling", item.code, {"fact": name.removeprefix(ANSWER)})
    elif leaf["is"] not in COMPARISONS[kind]:
        yield Problem("wrong_comparison", item.code, {"fact": name.removeprefix(ANSWER)})
    elif leaf["is"] != "answered" and not _is_value(leaf, kind, asked):
        yield Problem("wrong_value", item.code, {"fact": name.removeprefix(ANSWER)})


def _is_value(leaf: Tree, kind: str, asked: Item | None) -> bool:
    """Whether what is compared with can be an answer at all."""
    value = leaf.get("value")
    if leaf["is"] == "in":
        return isinstance(value, list) and bool(value) and all(_is_one(one, kind, asked) for one in value)
    return _is_one(value, kind, asked)


def _is_one(value: Any, kind: str, asked: Item | None) -> bool:
    if kind == K.TICK:
        return isinstance(value, bool)
    if kind in (K.NUMBER, "age"):
        return not isinstance(value, bool) and isinstance(value, int | str) and as_number(str(value)) is not None
    if not isinstance(value, str) or not value:
        return False
    if kind == K.DATE:
        return _as_day(value) is not None
    return asked is None or not asked.is_chosen or value in asked.by_code


def cycles(sheet: Sheet) -> list[list[str]]:
    """Questions that wait for each other, as chains that end where they began; each circle once."""
    found: list[list[str]] = []
    done: set[str] = set()
    for item in sheet:
        _follow(item.code, [], sheet, done, found)
    return found


def _follow(code: str, way: list[str], sheet: Sheet, done: set[str], found: list[list[str]]) -> None:
    if code in way:
        found.append([*way[way.index(code) :], code])
    elif code not in done and (item := sheet.by_code.get(code)):
        for other in sorted(questions_in(item.condition)):
            _follow(other, [*way, code], sheet, done, found)
        done.add(code)
