"""What a form field needs to be drawn: its kind, its describing ids, and every error as field, reason, remedy."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

# What helps when a validator names no remedy of its own (`ValidationError(…, params={"remedy": …})`).
REMEDIES: dict[str, Promise] = {
    "required": _("Please fill it in."),
    "invalid_choice": _("Choose one from the list."),
    "invalid_list": _("Choose from the list."),
    "max_length": _("Please shorten it."),
    "invalid_extension": _("Choose a file of another type."),
}


@dataclass(frozen=True)
class FieldError:
    """One thing wrong: where (`label`, `anchor` is the id to jump to), why, and what helps."""

    label: str
    anchor: str
    reason: str
    remedy: str


def field_errors(field: BoundField) -> list[FieldError]:
    """The errors of one bound field, in the order the form found them."""
    problems = field.form.errors.as_data().get(field.name, []) if field.form.is_bound else []
    return [
        FieldError(str(field.label), anchor_of(field), reason, remedy_of(problem))
        for problem in problems
        for reason in problem.messages
    ]


def remedy_of(problem: forms.ValidationError) -> str:
    """The validator's own remedy, else the usual one for its code, else nothing."""
    params = getattr(problem, "params", None) or {}
    return str(params.get("remedy", "") or REMEDIES.get(getattr(problem, "code", None) or "", ""))


def form_errors(form: BaseForm) -> list[FieldError]:
    """All errors of a form, those of the whole form first (they have no anchor)."""
    whole = form.errors.as_data().get(NON_FIELD_ERRORS, []) if form.is_bound else []
    errors = [FieldError("", "", reason, remedy_of(problem)) for problem in whole for reason in problem.messages]
    for field in form:
        errors += field_errors(field)
    return errors


def anchor_of(field: BoundField) -> str:
    """Id of the first thing that takes focus; a group of radios has its first option."""
    if is_group(field) and (options := list(field.subwidgets)):
        return str(options[0].id_for_label)
    return str(field.id_for_label or field.auto_id)


def is_group(field: BoundField) -> bool:
    """Whether the field is several inputs of its own, framed by a fieldset."""
    return isinstance(field.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)


def kind_of(field: BoundField) -> str:
    """How the template draws the field: hidden, group, several (inputs), tick, area, choice or line."""
    widget = field.field.widget
    if widget.is_hidden:
        return "hidden"
    if is_group(field):
        return "group"
    if widget.use_fieldset:
        return "several"
    kinds = {forms.CheckboxInput: "tick", forms.Textarea: "area", forms.Select: "choice"}
    return next((kind for cls, kind in kinds.items() if isinstance(widget, cls)), "line")


def field_context(
    field: BoundField, *, label: str = "", hint: str = "", width: str = "", optional: bool = False
) -> dict[str, Any]:
    """Everything forum/components/field.html needs; `optional` writes “optional” where no star stands."""
    errors = field_errors(field)
    hint = hint or str(field.help_text)
    base = field.auto_id or field.html_name
    described = [f"{base}_hint"] * bool(hint) + [f"{base}_errors"] * bool(errors)
    kind = kind_of(field)
    return {
        "field": field,
        "kind": kind,
        "label": label or str(field.label),
        "hint": hint,
        "errors": errors,
        "base": base,
        "described": " ".join(described),
        "control": "" if kind == "group" else control(field, described=described),
        "width": width,
        "optional": optional and not field.field.required,
    }


def control(field: BoundField, *, described: list[str]) -> SafeString:
    """The input itself, described by its hint and its errors."""
    attrs: dict[str, str | bool] = {"aria-describedby": " ".join(described)} if described else {}
    return field.as_widget(attrs=attrs)
