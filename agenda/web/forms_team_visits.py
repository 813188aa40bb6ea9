"""What the coordinator decides about a visitor."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agenda.queries.visitors import SlotRow
from forum.templatetags.times import when_text


class MoveForm(forms.Form):
    """Where to, what the person reads, and, where something speaks against it, why it is done all the same."""

    to = forms.ChoiceField(label=gettext_lazy("Move to"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=gettext_lazy("A line for the person"),
        help_text=gettext_lazy("Stands in the letter, below the new day and time."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    override = forms.CharField(
        label=gettext_lazy("Move all the same, because"),
        help_text=gettext_lazy(
            "Only where another place clashes, the way is too long or the list is closed and you have agreed it with the "
            "person or the plant. Kept in the log, not sent."
        ),
        required=False,
        max_length=300,
    )

    def __init__(self, data: Any = None, *, rows: Sequence[SlotRow]) -> None:
        super().__init__(data, label_suffix="")
        cast(forms.ChoiceField, self.fields["to"]).choices = [(key_of(row), _label(row)) for row in rows]


def key_of(row: SlotRow) -> str:
    """The public id of the run."""
    return str(row.place.slot.public_id) if row.place.slot else ""


def _label(row: SlotRow) -> str:
    place = row.place
    return _("%(what)s, %(when)s: %(left)s of %(places)s free") % {
        "what": place.name,
        "when": when_text(place.starts, zone=place.forum.timezone, end=place.stretches[0].ends),
        "left": place.pool.left,
        "places": place.pool.places,
    }


class TakeBackForm(forms.Form):
    """The line that the person reads."""

    note = forms.CharField(
        label=gettext_lazy("A line for the person"),
        help_text=gettext_lazy(
            "Stands in the letter. A refusal by the plant has no reason, and none is to be guessed."
        ),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Write a line for the person: it stands in the letter.")},
    )
