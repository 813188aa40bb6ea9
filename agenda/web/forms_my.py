"""What the form of a visit asks, and nothing more."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agenda.actions.bookings import Answers
from agenda.queries.my_places import MyPlace

OLDEST = 120


def is_birth_date(value: date) -> None:
    """Refuse what nobody alive was born on."""
    today = localdate()
    if not today.year - OLDEST <= value.year or value >= today:
        raise ValidationError(_("This cannot be a date of birth. Check the year."))


class RuleField(forms.BooleanField):
    """The tick under the rule. Its refusal names the remedy itself."""

    def validate(self, value: Any) -> None:
        """Raise `ValidationError` while it is not ticked."""
        if not value:
            raise ValidationError(_("Read the rule of this visit and tick the box under it."), code="not_ticked")


class VisitForm(forms.Form):
    """The date of birth, only where it is not known yet, and the tick under the rule, only where there is one."""

    birth_date = forms.DateField(
        label=gettext_lazy("Date of birth"),
        help_text=gettext_lazy(
            "As in the document you will show at the gate. We need it only for the plant's age limit and its list of visitors."
        ),
        input_formats=["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"],
        validators=[is_birth_date],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "autocomplete": "bday"}),
        error_messages={"invalid": gettext_lazy("Write the date like 31.12.1990.")},
    )
    rule = RuleField(label=gettext_lazy("I have read the rule and will keep it"))

    def __init__(self, data: Any = None, *, mine: MyPlace) -> None:
        super().__init__(data, label_suffix="")
        if not mine.asks_birth_date:
            del self.fields["birth_date"]
        if not (mine.place.slot and mine.place.slot.rule):
            del self.fields["rule"]

    def answers(self) -> Answers:
        """What was answered."""
        given = self.cleaned_data
        return Answers(birth_date=given.get("birth_date"), rule_accepted=bool(given.get("rule")))
