"""Fields of the editor of forms that are several inputs each: the answers of a choice, and the condition.

Their value travels as JSON text, so that a page with two versions can carry it in one hidden input.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Union

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forum.names import clean_name
from registration.engine.questions.building import (
    ALL,
    ANY,
    NO,
    YES,
    Built,
    Comparison,
    Group,
    built_of,
    of_plain,
    tree_of,
)
from registration.engine.questions.checking import COMPARISONS
from registration.enums import QuestionKind

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Words = Union[str, "_StrPromise"]
LANGUAGES = ("ru", "en", "uz", "be")
MOST_CHOICES = 60
EMPTY_ROWS = 2
MOST_PLACES = 100_000
SAID: dict[str, Words] = {
    "eq": gettext_lazy("is"),
    "ne": gettext_lazy("is not"),
    "in": gettext_lazy("is one of"),
    "contains": gettext_lazy("includes"),
    "lt": gettext_lazy("is less than"),
    "le": gettext_lazy("is at most"),
    "gt": gettext_lazy("is more than"),
    "ge": gettext_lazy("is at least"),
    "answered": gettext_lazy("is answered"),
}
"""Comparisons in words."""


def as_json(value: Any) -> str:
    """The same text for the same value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _plain(text: Any, otherwise: Any) -> Any:
    try:
        found = json.loads(text) if text else otherwise
    except (TypeError, ValueError):
        return otherwise
    return found if isinstance(found, type(otherwise)) else otherwise


# --- the answers of a choice ------------------------------------------------------------------------------------------
class ChoicesWidget(forms.Widget):
    """A line for each answer: texts in four languages, places. `more`: empty lines at the end."""

    use_fieldset = True
    more = EMPTY_ROWS

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        """Carried as a whole, or typed line by line."""
        if name in data:
            return str(data[name])
        count = min(int(text) if (text := str(data.get(f"{name}-count", ""))).isdecimal() else 0, MOST_CHOICES + 1)
        rows = [self._row(data, f"{name}-{at}") for at in range(count)]
        return as_json([row for row in rows if any(text for key, text in row.items() if key != "code")])

    def _row(self, data: Any, name: str) -> dict[str, str]:
        return {key: clean_name(str(data.get(f"{name}-{key}", ""))) for key in ("code", *LANGUAGES, "places")}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Empty lines are an answer, too."""
        return False

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> Any:
        """Filled lines, then empty ones."""
        rows = [row for row in _plain(value, []) if isinstance(row, dict)]
        rows += [{}] * self.more
        context = {
            "name": name,
            "rows": rows,
            "count": len(rows),
            "languages": LANGUAGES,
            "id": (attrs or {}).get("id"),
        }
        return render_to_string("registration/team/form_choices.html", context)


class ChoicesField(forms.Field):
    """A JSON list of answers; raises `ValidationError` that names the line."""

    widget = ChoicesWidget

    def clean(self, value: Any) -> str:
        """Lines with text, in their order."""
        rows = [row for row in _plain(value, []) if isinstance(row, dict)]
        if len(rows) > MOST_CHOICES:
            raise ValidationError(
                _("There are more than %(most)s answers."),
                params={"most": MOST_CHOICES, "remedy": _("Take answers out.")},
            )
        return as_json([self._cleaned(at, row) for at, row in enumerate(rows, start=1)])

    def _cleaned(self, at: int, row: Mapping[str, Any]) -> dict[str, Any]:
        texts = {code: clean_name(str(row.get(code) or ""))[:150] for code in LANGUAGES}
        if not texts["ru"]:
            raise _wrong(at, _("the Russian text is missing"), _("Write it, or empty the whole line."))
        typed = str(row.get("places") if row.get("places") is not None else "").strip()
        if typed and not (typed.isdecimal() and int(typed) <= MOST_PLACES):
            raise _wrong(at, _("the number of places is not a number"), _("Write it in digits, or leave it empty."))
        return {"code": str(row.get("code") or ""), **texts, "places": int(typed) if typed else None}


def _wrong(at: int, reason: str, remedy: str) -> ValidationError:
    words = _("Line %(number)s: %(reason)s.")
    return ValidationError(words % {"number": at, "reason": reason}, params={"remedy": remedy})


# --- the condition ----------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Fact:
    """What can be compared: how it is called, its kind, and its values where there are few."""

    label: str
    kind: str
    values: Sequence[tuple[str, str]] = ()
    group: str = ""


@dataclass
class Known:
    """Everything a condition of this form may look at, by fact."""

    facts: dict[str, Fact] = field(default_factory=dict)

    @property
    def kinds(self) -> dict[str, str]:
        """Fact -> kind."""
        return {name: fact.kind for name, fact in self.facts.items()}

    def grouped(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """For a select."""
        found: dict[str, list[tuple[str, str]]] = {}
        for name, fact in self.facts.items():
            found.setdefault(fact.group, []).append((name, fact.label))
        return list(found.items())


class ConditionWidget(forms.Widget):
    """Groups of comparisons. `more_lines`, `more_groups`: empty ones at the end."""

    use_fieldset = True
    known = Known()

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        """A tree carried as a whole, or groups line by line (then marked by `groups`)."""
        if name in data:
            return str(data[name])
        groups = [self._group(data, f"{name}-{at}") for at in range(_count(data, f"{name}-count"))]
        built = Built(str(data.get(f"{name}-join", ALL)), [group for group in groups if group.lines])
        return as_json(built.plain())

    def _group(self, data: Any, name: str) -> Group:
        lines = [self._line(data, f"{name}-{at}") for at in range(_count(data, f"{name}-count"))]
        return Group(str(data.get(f"{name}-join", ALL)), [line for line in lines if line.fact])

    def _line(self, data: Any, name: str) -> Comparison:
        values = data.getlist(f"{name}-value") if hasattr(data, "getlist") else data.get(f"{name}-value", [])
        line = Comparison(str(data.get(f"{name}-fact", "")), str(data.get(f"{name}-is", "")), list(values))
        fact = self.known.facts.get(line.fact)
        allowed = COMPARISONS.get(fact.kind, ()) if fact else ()
        if allowed and line.compare not in allowed:
            line.compare = allowed[0]  # another fact was chosen in this line
        return line

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """No comparison is an answer, too."""
        return False

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> Any:
        """Groups with an empty line each, and an empty group; what is deeper stays as it is."""
        built = read_condition(value)
        context: dict[str, Any] = {"name": name, "value": value}
        if built is not None:
            groups = [self._drawn(f"{name}-{at}", group) for at, group in enumerate([*built.groups, Group(ANY)])]
            context |= {"built": built, "groups": groups, "count": len(groups), "several": len(built.groups) > 1}
        return render_to_string("registration/team/form_condition.html", context)

    def _drawn(self, name: str, group: Group) -> dict[str, Any]:
        lines = [self._drawn_line(f"{name}-{at}", line) for at, line in enumerate([*group.lines, Comparison()])]
        return {"name": name, "join": group.join, "lines": lines, "count": len(lines), "several": len(group.lines) > 1}

    def _drawn_line(self, name: str, line: Comparison) -> dict[str, Any]:
        fact = self.known.facts.get(line.fact)
        kind = fact.kind if fact else ""
        return {
            "name": name,
            "fact": line.fact,
            "lost": bool(line.fact) and fact is None,
            "facts": self.known.grouped(),
            "is": line.compare,
            "comparisons": [(code, SAID[code]) for code in COMPARISONS.get(kind, ())],
            "values": line.values,
            "choices": fact.values if fact else (),
            "several": line.compare == "in",
            "input": {QuestionKind.DATE: "date"}.get(kind, "text"),  # type: ignore[call-overload]
            "needs_value": bool(fact) and line.compare != "answered",
        }


def _count(data: Any, name: str) -> int:
    text = str(data.get(name, ""))
    return min(int(text), MOST_CHOICES) if text.isdecimal() and len(text) < 4 else 0


def read_condition(value: Any) -> Built | None:
    """What a field holds: groups as typed, or a tree as stored; None for a tree that groups cannot say."""
    plain = _plain(value, {})
    if "groups" in plain:
        return of_plain(plain)
    return built_of(plain or None)


class ConditionField(forms.Field):
    """JSON of a tree, or nothing for everybody."""

    widget = ConditionWidget

    def __init__(self, *, known: Known, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.known = known
        self.widget.known = known

    def clean(self, value: Any) -> str:
        """As the evaluator reads it. Whether it makes sense is asked by the engine."""
        plain = _plain(value, {})
        if plain and "groups" not in plain and built_of(plain) is None:
            return as_json(plain)
        built = read_condition(value)
        tree = tree_of(built, self.known.kinds) if built else None
        return as_json(tree) if tree else ""


def yes_and_no() -> list[tuple[str, str]]:
    """Values of a tick."""
    return [(YES, _("yes")), (NO, _("no"))]
