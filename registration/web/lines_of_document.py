"""The lines for machines of a document, typed or pasted: what they say goes into empty fields, to be compared and saved."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from registration.engine.documents.mrz import Mrz, MrzError, read_lines
from registration.engine.documents.words import words_of
from registration.enums import DocumentKind
from registration.models import Person
from registration.web.forms_document import DocumentForm


class LinesForm(forms.Form):
    """Nothing of it is stored."""

    lines = forms.CharField(
        label=_("The lines with «<<<» at the bottom of the document"),
        help_text=_(
            "Type or paste them whole: two lines of a passport, three of a card. Only empty fields are filled in."
        ),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off", "spellcheck": "false", "class": "code"}),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, label_suffix="")

    def clean_lines(self) -> Mrz:
        """Read and checked."""
        try:
            return read_lines(self.cleaned_data["lines"], today=localdate())
        except MrzError as error:
            reason, remedy = words_of(error.code)
            raise ValidationError(reason, code=error.code, params={"remedy": remedy}) from error


def filled_in(form: DocumentForm, typed: Any, found: Mrz) -> None:
    """Show in `form` what was typed, and in its empty fields what the lines say."""
    proposed = _columns(found, form.chosen)
    for column in form.needed:
        form.initial[column] = typed.get(column) or proposed.get(column, "")


def _columns(found: Mrz, kind: str) -> dict[str, str]:
    days = {"birth_date": found.birth_date, "expires_on": found.expires_on}
    columns = {column: day.isoformat() for column, day in days.items() if day} | {"sex": found.sex}
    if kind == DocumentKind.RU_PASSPORT:
        # The last digit of the series stands apart, first among the optional signs.
        return columns | {"series": found.number[:3] + found.optional[:1], "number": found.number[3:]}
    if kind == DocumentKind.RU_TRAVEL:
        return columns | {"series": found.number[:2], "number": found.number[2:]}
    return columns | {"number": found.number}


def other_name(found: Mrz, person: Person) -> str:
    """The name in the lines where it is not the Latin name we have; the document wins. Empty where they agree."""
    ours = f"{person.latin_surname} {person.latin_given_name}".upper().replace("-", " ").replace("'", "").split()
    theirs = f"{found.surname} {found.given}"
    # Russian passports write Cyrillic names by signs of their own, and long names are cut off.
    return "" if found.country == "RUS" or " ".join(ours).startswith(theirs) else theirs
