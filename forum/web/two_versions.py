"""Two people edited one version: both versions side by side, field by field, and nothing typed is lost (PRG-3).

A form carries what each field held when its page was opened (`was-…`), so that it can be said who changed what.
"""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import QueryDict

WAS, PICK, ASK = "was-", "pick-", "ask"
MINE, THEIRS = "mine", "theirs"

Stored = dict[str, Any]
"""Field of the form -> what is stored: a text, a number, a list of codes, or whether a box is ticked."""


def opened_with(data: QueryDict, stored: Stored) -> Stored:
    """What the fields held when the page was opened; what is stored where the form does not say it."""
    return {name: _read(data, f"{WAS}{name}", value) for name, value in stored.items()}


def resolved(data: QueryDict, stored: Stored) -> QueryDict:
    """What was typed, with the stored value in every field for which theirs was chosen."""
    chosen = data.copy()
    for name, value in stored.items():
        if data.get(f"{PICK}{name}") == THEIRS:
            chosen.setlist(name, value if isinstance(value, list) else [value])
    return chosen


def undecided(data: QueryDict) -> bool:
    """Whether a field that both sides changed has no choice yet."""
    return any(data.get(f"{PICK}{name}") not in (MINE, THEIRS) for name in data.getlist(ASK))


def differing(form: forms.Form, *, stored: Stored, was: Stored) -> list[dict[str, Any]]:
    """Fields in which what was typed is not what is stored now. `picked` is empty where both sides changed the field."""
    rows = []
    for name, value in stored.items():
        mine = form.cleaned_data[name]
        if mine != value:
            both = mine != was[name] and value != was[name]
            picked = "" if both else THEIRS if mine == was[name] else MINE
            rows.append({"field": form[name], "name": name, "theirs": value, "mine": mine, "picked": picked})
    return rows


def hidden(values: Stored, *, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Names and values of the hidden inputs that carry `values` along."""
    for name, value in values.items():
        for one in value if isinstance(value, list) else [value]:
            yield f"{prefix}{name}", one


def _read(data: QueryDict, name: str, like: Any) -> Any:
    if isinstance(like, list):
        return data.getlist(name) if name in data else like
    if isinstance(like, bool):
        return data.get(name, str(like)) == str(True)
    if isinstance(like, int):
        text = data.get(name, "")
        return int(text) if text.isdecimal() and len(text) < 10 else like
    # Browsers send line ends in their own way.
    return data[name].replace("\r\n", "\n").strip() if name in data else like
