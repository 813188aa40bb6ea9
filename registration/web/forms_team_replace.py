"""The form that gives a delegate's place to a substitute."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from forum.refs import format_ref, normalise_ref
from registration.models import Registration
from registration.web.fields import LineField


class ReplaceForm(forms.Form):
    """Whose application gets the place, and why. `cleaned_data["substitute"]` is the application itself."""

    substitute = LineField(
        label=_("Number of the substitute's application"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("It stands in the letter “We have your application”."),
    )
    reason = LineField(
        label=_("Why is the delegate replaced?"), max_length=300, help_text=_("Kept in the log, not sent.")
    )

    def __init__(
        self, data: Any = None, *, registration: Registration, among: QuerySet[Registration], **changes: Any
    ) -> None:
        super().__init__(data, label_suffix="", **changes)
        self.registration = registration
        self.among = among

    def clean_substitute(self) -> Registration:
        """One of the applications among which this person may choose, of the same edition."""
        visible = self.among.filter(forum_id=self.registration.forum_id)
        try:
            found = visible.filter(ref=normalise_ref(self.cleaned_data["substitute"])).first()
        except ValueError:
            found = None
        if found is None:
            raise ValidationError(
                _("There is no application with this number."),
                params={"remedy": _("Copy the number from the person's page: ten letters and digits.")},
            )
        return found

    @property
    def typed_ref(self) -> str:
        """The number as people read it, for the hidden field of the confirmation."""
        return format_ref(self.cleaned_data["substitute"].ref)
