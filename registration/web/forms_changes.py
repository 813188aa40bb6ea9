"""Changing what one has told after sending: what one may change alone; asking for a key field, and answering that."""

from copy import deepcopy
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registration.actions.own_changes import FREE
from registration.countries import country_choices, country_name
from registration.enums import KeyField
from registration.models import Registration
from registration.queries.changes import stored_value
from registration.queries.offers import open_categories
from registration.web.answers import LABELS
from registration.web.fields import LineField
from registration.web.forms import ContactForm, NameForm, WorkForm

MAY_BE_EMPTY = frozenset({KeyField.PATRONYMIC, KeyField.NATIVE_NAME, KeyField.BADGE_NAME, KeyField.GIVEN_NAME})


class FactsForm(ContactForm, WorkForm):
    """What one may change alone."""

    def __init__(self, data: Any = None, *, registration: Registration) -> None:
        super().__init__(data, registration=registration)
        for name in self.fields.keys() - {*FREE}:
            del self.fields[name]

    @property
    def asks(self) -> tuple[str, ...]:
        """Of two steps of the application some answers each."""
        return FREE

    def clean(self) -> dict[str, Any]:
        """A badge that shows the whole position goes on doing so: the old one left in its field is not what was meant."""
        given, stored = self.cleaned_data, self.registration
        was_whole = given.get("position_short") == stored.position_short == stored.position
        if was_whole and given.get("position") != stored.position:
            given["position_short"] = ""
        return super().clean()


class WhichForm(forms.Form):
    """Which field it is about; it lives in the address."""

    field = forms.ChoiceField(
        label=_("What should be changed?"), choices=[(one.value, LABELS[one.value]) for one in KeyField]
    )


class ChangeForm(forms.Form):
    """The new value, checked as on the form of the application, and why."""

    why = LineField(
        label=_("Why?"),
        max_length=300,
        help_text=_("For example: I have a new passport; a letter was mistyped."),
    )

    def __init__(self, data: Any = None, *, registration: Registration, field: KeyField) -> None:
        super().__init__(data, initial={"value": stored_value(registration, field)}, label_suffix="")
        self.fields["value"] = value_field(registration, field)
        self.order_fields(["value", "why"])


def value_field(registration: Registration, field: KeyField) -> forms.Field:
    """The field of the application's form, with the label of the lists."""
    made: forms.Field
    if field == KeyField.CITIZENSHIP:
        made = forms.ChoiceField(choices=country_choices())
    elif field == KeyField.CATEGORY:
        made = forms.ChoiceField(choices=[(one.code, one.name) for one in open_categories(registration.forum)])
    else:
        made = deepcopy((NameForm.base_fields | WorkForm.base_fields)[field])
        made.required = field not in MAY_BE_EMPTY
        made.help_text = ""
    made.label = LABELS[field]
    return made


def shown_value(registration: Registration, field: KeyField | str, value: str | None) -> str:
    """A value in words; `names` of categories are read once."""
    if field == KeyField.CITIZENSHIP:
        return country_name(value) if value else ""
    if field == KeyField.CATEGORY:
        names = {one.code: one.name for one in registration.forum.categories.all()}
        return str(names.get(value or "", value))
    return value or ""


class AnswerForm(forms.Form):
    """Why a change is declined."""

    answer = forms.CharField(
        label=_("Why not?"),
        max_length=2000,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The person reads this text in a letter."),
    )
