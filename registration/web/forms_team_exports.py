"""The form of a table of people: which columns, what for, and under which name the choice is kept."""

from collections.abc import Iterator, Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as now_said
from django.utils.translation import gettext_lazy as _

from forum.registry import ExportColumn
from registration.web.fields import LineField


class ColumnsForm(forms.Form):
    """The ticked columns; `filter` is the address of the list that the table is of."""

    columns = forms.MultipleChoiceField(
        label=_("Columns"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one column.")},
    )
    filter = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, offered: Sequence[ExportColumn], initial: Any = None) -> None:
        super().__init__(data, initial=initial, label_suffix="")
        self.offered = offered
        cast(forms.MultipleChoiceField, self.fields["columns"]).choices = [(one.name, one.label) for one in offered]

    def groups(self) -> Iterator[tuple[str, list[dict[str, Any]]]]:
        """Boxes under the heading of their group, in the order of the table."""
        ticked, groups = set(self["columns"].value() or []), dict[str, list[dict[str, Any]]]()
        for one in self.offered:
            box = {"name": one.name, "label": one.label, "ticked": one.name in ticked}
            groups.setdefault(str(one.group), []).append(box)
        yield from groups.items()

    def chosen(self) -> list[ExportColumn]:
        """In the order of the table, whatever the order of the boxes was."""
        return [one for one in self.offered if one.name in self.cleaned_data["columns"]]


class PeopleExportForm(ColumnsForm):
    """Taking the table out."""

    reason = LineField(
        label=_("What is the table for?"), max_length=300, help_text=_("Kept in the log with your name.")
    )


class KeepColumnsForm(ColumnsForm):
    """Keeping the choice."""

    name = LineField(label=_("Name of this choice"), max_length=60, help_text=_("For example: list for the hotel"))
    shared = forms.BooleanField(label=_("for everybody who exports people"), required=False)

    def refuse(self, reasons: dict[str, str]) -> None:
        """What the action found."""
        for field, reason in reasons.items():
            self.add_error(field, now_said(reason))
