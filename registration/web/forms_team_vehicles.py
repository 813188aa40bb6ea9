"""Forms of the officers about vehicles."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from forum.models import Forum, Organisation
from forum.templatetags.times import day_text
from registration.actions.vehicles import VehicleTerms
from registration.enums import VehicleState
from registration.models import Delegation, Vehicle, Zone
from registration.queries.vehicles import delegations_of_passes, organisations_of_passes, pass_days, zones_of_passes
from registration.web.fields import LineField


class BoardForm(forms.Form):
    """The filter of the list; it lives in the address."""

    state = forms.ChoiceField(label=_("State"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data, label_suffix="")
        self.fields["state"].choices = [("", _("open and valid")), ("all", _("all")), *VehicleState.choices]
        self.is_valid()

    def chosen(self) -> str:
        """What was asked for; whatever is not on the list is left out."""
        return str(self.cleaned_data.get("state", ""))


class ReasonForm(forms.Form):
    """Why a pass is refused or withdrawn."""

    reason = LineField(label=_("Why?"), max_length=300, help_text=_("Kept in the log with your name."))


class DriverForm(forms.Form):
    """Who drives."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    driver = LineField(label=_("Driver"), max_length=120, help_text=_("Full name, as in the driving licence."))
    driver_phone = LineField(label=_("Phone of the driver"), max_length=40)

    def __init__(self, data: Any = None, *, forum: Forum, vehicle: Vehicle | None = None) -> None:
        super().__init__(data, initial=_stored(vehicle) if vehicle else None, label_suffix="")


class VehicleForm(DriverForm):
    """Everything that is asked for."""

    plate = LineField(
        label=_("Number plate"), max_length=20, help_text=_("Cyrillic or Latin letters, with blanks or without.")
    )
    make = LineField(label=_("Make and model"), max_length=80, help_text=_("For example GAZelle Next, white."))
    organisation: "forms.ModelChoiceField[Organisation]" = forms.ModelChoiceField(
        queryset=Organisation.objects.none(), label=_("Organisation"), required=False, empty_label="—"
    )
    delegation: "forms.ModelChoiceField[Delegation]" = forms.ModelChoiceField(
        queryset=Delegation.objects.none(), label=_("or delegation"), required=False, empty_label="—"
    )
    purpose = LineField(
        label=_("What for"), max_length=200, help_text=_("For example: brings the stand of the museum.")
    )
    days = forms.TypedMultipleChoiceField(
        label=_("Days"), coerce=date.fromisoformat, widget=forms.CheckboxSelectMultiple, required=False
    )
    zones: "forms.ModelMultipleChoiceField[Zone]" = forms.ModelMultipleChoiceField(
        queryset=Zone.objects.none(), label=_("Zones"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, data: Any = None, *, forum: Forum, vehicle: Vehicle | None = None) -> None:
        super().__init__(data, forum=forum, vehicle=vehicle)
        self.fields["organisation"].queryset = organisations_of_passes()
        self.fields["delegation"].queryset = delegations_of_passes(forum)
        self.fields["zones"].queryset = zones_of_passes(forum)
        days = [(day.isoformat(), day_text(day)) for day in pass_days(forum)]
        self.fields["days"].choices = days

    def terms(self) -> VehicleTerms:
        """For the action."""
        given = self.cleaned_data
        names = ("plate", "make", "driver", "driver_phone", "organisation", "delegation", "days", "purpose")
        return VehicleTerms(zones=list(given["zones"]), **{name: given[name] for name in names})


def _stored(vehicle: Vehicle) -> dict[str, Any]:
    plain = ("version", "plate", "make", "organisation", "delegation", "purpose", "driver", "driver_phone")
    return {name: getattr(vehicle, name) for name in plain} | {
        "days": [row.day.isoformat() for row in vehicle.days.all()],
        "zones": list(vehicle.zones.all()),
    }
