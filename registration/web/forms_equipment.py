"""A line of the list of equipment."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registration.actions.equipment import Device
from registration.enums import EquipmentKind
from registration.models import Equipment
from registration.models.equipment import MOST
from registration.web.fields import LineField


class EquipmentForm(forms.Form):
    """What, of which make, which one, how many."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=[("", "—"), *EquipmentKind.choices])
    model = LineField(label=_("Make and model"), max_length=80, help_text=_("As it is written on it."))
    serial = LineField(
        label=_("Serial number"),
        required=False,
        max_length=60,
        help_text=_("It saves you questions on the way out: by it the guards see that the thing is yours."),
    )
    count = forms.IntegerField(label=_("How many"), min_value=1, max_value=MOST, initial=1)

    def __init__(self, data: Any = None, *, one: Equipment | None = None) -> None:
        names = ("kind", "model", "serial", "count")
        super().__init__(data, initial={name: getattr(one, name) for name in names} if one else None, label_suffix="")

    def device(self) -> Device:
        """For the action."""
        given = self.cleaned_data
        kind = EquipmentKind(given["kind"])
        return Device(kind=kind, model=given["model"], serial=given["serial"], count=given["count"])
