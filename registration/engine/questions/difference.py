"""What a draft changes of the version in force: which questions come, which go, and what is different of the others."""

from dataclasses import dataclass, field

from registration.engine.questions.sheet import Item, Sheet

PARTS = (
    "kind",
    "label",
    "help",
    "required",
    "bounds",
    "options",
    "condition",
    "purpose",
    "legal_basis",
    "kept_days",
    "visible_to",
    "is_sensitive",
)
"""What is compared, in the order in which it is told."""


@dataclass(frozen=True)
class Change:
    """One question that stays: as it was, as it will be, and the names of what differs. `again`: earlier answers end."""

    before: Item
    after: Item
    parts: tuple[str, ...]
    again: bool


@dataclass
class Difference:
    """From one version to the next. `moved`: the questions that stay stand in another order or under other headings."""

    added: list[Item] = field(default_factory=list)
    removed: list[Item] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    moved: bool = False

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return bool(self.added or self.removed or self.changed or self.moved)


def difference(before: Sheet | None, after: Sheet) -> Difference:
    """From the version in force (None: there is none) to a draft."""
    was = before.by_code if before else {}
    kept = [item for item in after if item.code in was]
    changes = [_change(was[item.code], item) for item in kept]
    return Difference(
        added=[item for item in after if item.code not in was],
        removed=[item for item in was.values() if item.code not in after.by_code],
        changed=[change for change in changes if change.parts or change.again],
        moved=before is not None and _order(before, after) != _order(after, before),
    )


def _change(before: Item, after: Item) -> Change:
    parts = tuple(name for name in PARTS if _compared(before, name) != _compared(after, name))
    return Change(before, after, parts, again=after.asks_again or before.kind != after.kind)


def _compared(item: Item, name: str) -> object:
    if name == "options":
        return [(one.code, dict(one.label), one.places) for one in item.options]
    return getattr(item, name)


def _order(sheet: Sheet, other: Sheet) -> list[object]:
    """Headings and the questions that both have."""
    return [
        (dict(part.title), dict(part.hint), [item.code for item in part.items if item.code in other.by_code])
        for part in sheet.parts
    ]
