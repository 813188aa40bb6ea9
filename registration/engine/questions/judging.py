"""A whole set of answers against a form: what is kept, what is wrong, and who still has to answer what."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from registration.engine.questions.cleaning import AnswerError, World, clean
from registration.engine.questions.conditions import Facts
from registration.engine.questions.sheet import Item, Sheet
from registration.engine.questions.showing import shown


@dataclass(frozen=True)
class Given:
    """A stored answer: its value, and the version of the form under which it was given. `placeless`: what was chosen has
    places, and this person has none of them, while none is free.
    """

    value: Any
    number: int
    placeless: bool = False


@dataclass
class Judged:
    """`values` of what applies, by code (what was left empty is None), `errors` by code, and what applies, in order."""

    values: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, AnswerError] = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)


def judge(sheet: Sheet, raw: Mapping[str, Any], facts: Facts, world: World) -> Judged:
    """Clean everything, then look what applies under what is clean. What does not apply is neither kept nor wrong."""
    values: dict[str, Any] = {}
    errors: dict[str, AnswerError] = {}
    for item in sheet:
        try:
            values[item.code] = clean(item, raw.get(item.code), world)
        except AnswerError as error:
            errors[item.code] = error
    items = shown(sheet, facts, values)
    applying = {item.code for item in items}
    return Judged(
        {code: value for code, value in values.items() if code in applying},
        {code: error for code, error in errors.items() if code in applying},
        items,
    )


def still_good(item: Item, given: Given, world: World) -> bool:
    """Whether an earlier answer still is one: not to be asked again, still offered, and with its place."""
    if given.number < item.good_from or given.placeless:
        return False
    try:
        clean(item, given.value, world)
    except AnswerError:
        return False
    return True


def follow(sheet: Sheet, before: Sheet | None) -> Sheet:
    """A draft as it would be published after `before`: which earlier answers still are ones. A question that is new, of
    another kind, or asks again has none.
    """
    parts = tuple(
        replace(part, items=tuple(replace(item, good_from=_good_from(item, sheet, before)) for item in part.items))
        for part in sheet.parts
    )
    return replace(sheet, parts=parts)


def _good_from(item: Item, sheet: Sheet, before: Sheet | None) -> int:
    was = before.by_code.get(item.code) if before else None
    return sheet.number if was is None or was.kind != item.kind or item.asks_again else was.good_from


def good_values(sheet: Sheet, given: Mapping[str, Given], world: World) -> dict[str, Any]:
    """Values of those answers that still are ones."""
    return {
        code: one.value
        for code, one in given.items()
        if (item := sheet.by_code.get(code)) and still_good(item, one, world)
    }


def owed(sheet: Sheet, given: Mapping[str, Given], facts: Facts, world: World) -> list[Item]:
    """Questions that have to be answered (again): needed and without an answer, or with one that no longer is one."""
    good = good_values(sheet, given, world)
    known = {code: one.value for code, one in given.items()}
    return [
        item for item in shown(sheet, facts, known) if item.code not in good and (item.required or item.code in given)
    ]
