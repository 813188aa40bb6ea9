"""Conditions as an officer builds them: comparisons in groups, one level deep. What is deeper is kept as it is.

Everything is plain data that travels through a form: values are the texts that were typed or chosen.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from registration.engine.questions.checking import as_number
from registration.engine.questions.conditions import Tree
from registration.enums import QuestionKind

ALL, ANY = "all", "any"
JOINS = (ALL, ANY)
YES, NO = "true", "false"


@dataclass
class Comparison:
    """One line. `values` has one text, several for “one of”, none for “is answered”."""

    fact: str = ""
    compare: str = ""
    values: list[str] = field(default_factory=list)


@dataclass
class Group:
    """Comparisons of which all have to hold, or any."""

    join: str = ALL
    lines: list[Comparison] = field(default_factory=list)


@dataclass
class Built:
    """Groups of which all have to hold, or any."""

    join: str = ALL
    groups: list[Group] = field(default_factory=list)

    def plain(self) -> dict[str, Any]:
        """For JSON."""
        groups = [
            {"join": group.join, "lines": [[line.fact, line.compare, line.values] for line in group.lines]}
            for group in self.groups
        ]
        return {"join": self.join, "groups": groups}


def of_plain(plain: Any) -> Built:
    """Back from JSON; whatever is no such thing is an empty one."""
    try:
        groups = [Group(_join(group["join"]), [_line(*line) for line in group["lines"]]) for group in plain["groups"]]
        return Built(_join(plain["join"]), groups)
    except (KeyError, TypeError, ValueError):
        return Built()


def _join(text: Any) -> str:
    return text if text in JOINS else ALL


def _line(fact: Any, compare: Any, values: Any) -> Comparison:
    return Comparison(str(fact), str(compare), [str(value) for value in values])


# --- from the tree ----------------------------------------------------------------------------------------------------
def built_of(tree: Tree | None) -> Built | None:
    """The condition in groups; None where it is deeper than groups can say."""
    if tree is None:
        return Built()
    join, branches = _branches(tree)
    if all("fact" in branch for branch in branches):
        return Built(ALL, [Group(join, [_read(branch) for branch in branches])])
    groups = [_group(branch) for branch in branches]
    return Built(join, [group for group in groups if group]) if all(groups) else None


def _branches(tree: Tree) -> tuple[str, list[Tree]]:
    join = next((join for join in JOINS if join in tree), "")
    return (join, list(tree[join])) if join else (ALL, [tree])


def _group(tree: Tree) -> Group | None:
    join, branches = _branches(tree)
    return Group(join, [_read(branch) for branch in branches]) if all("fact" in one for one in branches) else None


def _read(leaf: Tree) -> Comparison:
    value = leaf.get("value")
    values = value if isinstance(value, list) else [] if value is None else [value]
    return Comparison(leaf["fact"], str(leaf.get("is", "")), [_text(one) for one in values])


def _text(value: Any) -> str:
    return (YES if value else NO) if isinstance(value, bool) else str(value)


def simplest(tree: Tree) -> Tree:
    """The same condition without groups of one, as `tree_of` writes it."""
    join = next((join for join in JOINS if join in tree), "")
    if not join:
        return tree
    branches = [simplest(branch) for branch in tree[join]]
    return branches[0] if len(branches) == 1 else {join: branches}


# --- to the tree ------------------------------------------------------------------------------------------------------
def tree_of(built: Built, kinds: Mapping[str, str]) -> Tree | None:
    """The condition; None where nothing is compared. `kinds`: fact -> kind of the question, or the fact's own name."""
    groups = [(group.join, leaves) for group in built.groups if (leaves := _leaves(group, kinds))]
    trees = [leaves[0] if len(leaves) == 1 else {join: leaves} for join, leaves in groups]
    if not trees:
        return None
    return trees[0] if len(trees) == 1 else {built.join: trees}


def _leaves(group: Group, kinds: Mapping[str, str]) -> list[Tree]:
    return [_leaf(line, kinds.get(line.fact, "")) for line in group.lines if line.fact]


def _leaf(line: Comparison, kind: str) -> Tree:
    leaf: dict[str, Any] = {"fact": line.fact, "is": line.compare}
    values = [_value(text, kind) for text in line.values if text.strip()]
    if line.compare == "in":
        leaf["value"] = values
    elif line.compare != "answered":
        leaf["value"] = values[0] if values else ""
    return leaf


def _value(text: str, kind: str) -> Any:
    """As answers of this kind are stored."""
    text = text.strip()
    if kind == QuestionKind.TICK:
        return text == YES
    if kind in (QuestionKind.NUMBER, "age") and (number := as_number(text.replace(",", "."))) is not None:
        return int(number) if number == number.to_integral_value() else _plain(number)
    return text


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f")
