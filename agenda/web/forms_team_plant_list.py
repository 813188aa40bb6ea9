"""What is said before data of documents leave the system."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agenda.enums import ListKind


class PlantListForm(forms.Form):
    """What the list is for, and as what it is handed over."""

    reason = forms.CharField(
        label=_("What is the list for?"),
        max_length=300,
        help_text=_("Kept in the log with your name; everybody on the list can see it. Write no names."),
    )
    kind = forms.ChoiceField(label=_("As"), choices=ListKind.choices, initial=ListKind.PDF, widget=forms.RadioSelect)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, label_suffix="")


class OpenListForm(forms.Form):
    """Why a list is opened once more."""

    reason = forms.CharField(label=_("What do you need it for?"), max_length=300)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, label_suffix="")
