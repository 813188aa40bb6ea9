"""What a file may change: only answers that nobody has touched since the last file wrote them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

ABSENT: tuple[Any, ...] = ("", None, [])


@dataclass(frozen=True)
class Merge:
    """`changes`: field -> new value. `conflicts`: fields that somebody has changed since, so they stay as they are."""

    changes: Mapping[str, Any]
    conflicts: tuple[str, ...]


def merge(
    new: Mapping[str, Any],
    stored: Mapping[str, Any],
    *,
    marks: Mapping[str, str],
    mark: Callable[[str, Any], str],
    editable: bool,
) -> Merge:
    """Compare a row with what is stored. `marks`: field -> mark of the value that the last file brought.

    A file that says what it said before says nothing new, even where the person has changed the answer since. An answer
    that is still empty is filled. `editable`: whether the application is still with its person at all.
    """
    changes, conflicts = {}, []
    for name, value in new.items():
        before = stored.get(name)
        if value == before or marks.get(name) == mark(name, value):
            continue
        untouched = before in ABSENT or marks.get(name) == mark(name, before)
        if editable and untouched:
            changes[name] = value
        else:
            conflicts.append(name)
    return Merge(changes, tuple(conflicts))
