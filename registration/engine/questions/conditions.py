"""The one evaluator of conditions. A condition is a tree of JSON:

`{"all": [tree, …]}`, `{"any": [tree, …]}`, `{"not": tree}`, or a comparison `{"fact": …, "is": …, "value": …}`. A fact is
`answer:<code>`, `citizenship`, `category` or `age` (whole years on the forum's first day). No condition at all always
holds. A comparison with something that is not known (not answered yet) does not hold, whatever is compared; `not` turns
that round like everything else. Nothing here raises: whatever has no meaning does not hold; what may be published is
decided by `checking`.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

Tree = Mapping[str, Any]
ANSWER = "answer:"
PERSONAL = ("citizenship", "category", "age")
MOST_DEPTH = 6
MOST_COMPARISONS = 60
_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class Facts:
    """What is known of somebody. `answers` holds stored values of questions that apply."""

    answers: Mapping[str, Any] = field(default_factory=dict)
    citizenship: str = ""
    category: str = ""
    age: int | None = None

    def known(self, name: str) -> Any:
        """The value of a fact; None where it is not known."""
        if name.startswith(ANSWER):
            return self.answers.get(name.removeprefix(ANSWER))
        value = getattr(self, name) if name in PERSONAL else None
        return None if value == "" else value


def holds(tree: Tree | None, facts: Facts, depth: int = 0) -> bool:
    """Whether the condition is met."""
    if tree is None:
        return True
    if not isinstance(tree, Mapping) or depth > MOST_DEPTH:
        return False
    if isinstance(branches := tree.get("all"), list):
        return all(holds(branch, facts, depth + 1) for branch in branches)
    if isinstance(branches := tree.get("any"), list):
        return any(holds(branch, facts, depth + 1) for branch in branches)
    if "not" in tree:
        return not holds(tree["not"], facts, depth + 1)
    return _compared(tree, facts)


def _compared(leaf: Tree, facts: Facts) -> bool:
    name, compare = leaf.get("fact"), COMPARE.get(str(leaf.get("is")))
    if not isinstance(name, str) or compare is None:
        return False
    known = facts.known(name)
    return known is not None and compare(known, leaf.get("value"))


def _ordered(wanted: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    def compare(known: Any, value: Any) -> bool:
        one, other = _measure(known), _measure(value)
        if one is None or other is None or type(one) is not type(other):
            return False
        return wanted(one, other)

    return compare


def _measure(value: Any) -> Decimal | str | None:
    """A number, or a day as ISO text, which sorts by itself; None for anything that has no order."""
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return Decimal(value)
    return value if isinstance(value, str) and _DAY.fullmatch(value) else None


def equal(known: Any, value: Any) -> bool:
    """The same, numbers by their size however they are written; true is not 1."""
    if isinstance(known, bool) or isinstance(value, bool):
        return known is value
    one, other = _measure(known), _measure(value)
    return one == other if one is not None and other is not None else bool(known == value)


def among(known: Any, values: Any) -> bool:
    """One of a list."""
    return isinstance(values, list) and any(equal(known, value) for value in values)


COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "answered": lambda known, value: True,
    "eq": equal,
    "ne": lambda known, value: not equal(known, value),
    "in": among,
    "contains": lambda known, value: isinstance(known, list) and among(value, known),
    "lt": _ordered(lambda one, other: one < other),
    "le": _ordered(lambda one, other: one <= other),
    "gt": _ordered(lambda one, other: one > other),
    "ge": _ordered(lambda one, other: one >= other),
}


def comparisons(tree: Any, depth: int = 0) -> Iterator[Tree]:
    """Every leaf of a tree; deeper ones than may be are not looked for."""
    if not isinstance(tree, Mapping) or depth > MOST_DEPTH:
        return
    branches = next((tree[name] for name in ("all", "any") if isinstance(tree.get(name), list)), None)
    if branches is None and "not" in tree:
        branches = [tree["not"]]
    if branches is None:
        yield tree
        return
    for branch in branches:
        yield from comparisons(branch, depth + 1)


def questions_in(tree: Tree | None) -> set[str]:
    """Codes of the questions whose answers the condition looks at."""
    names = (str(leaf.get("fact", "")) for leaf in comparisons(tree))
    return {name.removeprefix(ANSWER) for name in names if name.startswith(ANSWER)}
