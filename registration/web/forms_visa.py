"""The stay, as the person tells it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registration.enums import VisaOutcome
from registration.models import VisaCase
from registration.queries.visas import STAY
from registration.web.fields import LineField
from registration.web.forms_document import DAY_FORMATS


def day_field(**more: Any) -> forms.DateField:
    """A day, typed or chosen."""
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "autocomplete": "off"})
    return forms.DateField(
        input_formats=DAY_FORMATS, widget=widget, error_messages={"invalid": _("This is not a date.")}, **more
    )


class StayForm(forms.Form):
    """When and where somebody comes in. What is not known yet may be told later."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    arrives_on = day_field(label=_("Day of arrival in Russia"), required=False)
    leaves_on = day_field(label=_("Day of departure from Russia"), required=False)
    entry_place = LineField(
        label=_("Where do you enter Russia?"),
        required=False,
        max_length=120,
        help_text=_("Airport, station or border crossing, for example Moscow, Sheremetyevo."),
    )
    consulate = LineField(
        label=_("At which consulate do you apply?"),
        required=False,
        max_length=120,
        help_text=_("City and country. The letter is addressed to it."),
    )

    def __init__(self, data: Any = None, *, case: VisaCase) -> None:
        stored = {name: getattr(case, name) for name in STAY}
        super().__init__(data, initial={"version": case.version, **stored}, label_suffix="")
        if case.outcome == VisaOutcome.FREE:
            del self.fields["consulate"]

    @property
    def rows(self) -> list[Any]:
        """The visible fields in order."""
        return [self[name] for name in STAY if name in self.fields]

    def values(self) -> dict[str, Any]:
        """For `save_stay`; a field that is not asked keeps nothing."""
        return {name: self.cleaned_data.get(name) or (None if name.endswith("_on") else "") for name in STAY}
