"""The form of a document: only what is needed, and nothing of what is stored is shown in it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from registration.engine.documents.answers import COLUMNS, DATES, asked, required_columns
from registration.engine.documents.checking import errors, tidy
from registration.engine.documents.numbers import masked
from registration.engine.documents.words import words_of
from registration.enums import RUSSIAN_KINDS, DocumentField, DocumentKind, Sex
from registration.models import IdentityDocument, Registration
from registration.queries.documents import facts_of, given_columns, values_of
from registration.web.fields import LineField
from registration.web.words_documents import COLUMNS as LABELS
from registration.web.words_documents import HINTS

LONG = {
    "issued_by": 300,
    "birth_place": 300,
    "registration_address": 300,
    "series": 20,
    "number": 30,
    "department_code": 10,
}
DAY_FORMATS = ["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"]


class KindForm(forms.Form):
    """Which document: it decides what is asked. The choice stands in the address, it tells nothing of the person."""

    kind = forms.ChoiceField(label=_("Which document will you show?"))

    def __init__(self, asked: str, *, registration: Registration, document: IdentityDocument | None) -> None:
        kinds = kinds_of(registration)
        usual = document.kind if document and document.kind in kinds else kinds[0]
        self.chosen = asked if asked in kinds else usual
        super().__init__(initial={"kind": self.chosen}, label_suffix="", auto_id="choose_%s")
        self.fields["kind"].choices = [(kind, DocumentKind(kind).label) for kind in kinds]


def kinds_of(registration: Registration) -> list[str]:
    """Those that the country of the document issues, the usual one first."""
    russian = registration.person.citizenship == "RU"
    return [kind.value for kind in DocumentKind if kind == DocumentKind.OTHER or (kind in RUSSIAN_KINDS) == russian]


class DocumentForm(forms.Form):
    """A field for each answer that is needed. What is stored may be left empty: it stays."""

    kind = forms.CharField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        registration: Registration,
        document: IdentityDocument | None,
        kind: str,
        fields: frozenset[DocumentField],
        version: int,
    ) -> None:
        super().__init__(data, initial={"kind": kind, "version": version}, label_suffix="")
        self.registration, self.chosen = registration, kind
        self.document = document if document and document.kind == kind else None
        self.needed = [column for field in asked(kind, fields) for column in COLUMNS.get(field, ("birth_date",))]
        stored, required = given_columns(self.document), required_columns(kind, fields)
        if registration.person.birth_date is not None and "birth_date" in self.needed:
            self.needed.remove("birth_date")
        for column in self.needed:
            self.fields[column] = self._field(column, column in stored, column in required or column == "birth_date")

    def _field(self, column: str, stored: bool, required: bool) -> forms.Field:
        hint = self._stored_hint(column) if stored else HINTS.get(column, "")
        if column == "series" and self.chosen in RUSSIAN_KINDS and not stored:
            hint = ""
        common: dict[str, Any] = {"label": LABELS[column], "required": required and not stored, "help_text": hint}
        if column in (*DATES, "birth_date"):
            widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "autocomplete": "off"})
            invalid = ValidationError(words_of("date_unreadable")[0])
            return forms.DateField(
                input_formats=DAY_FORMATS, widget=widget, error_messages={"invalid": invalid.message}, **common
            )
        if column == "sex":
            return forms.ChoiceField(
                choices=Sex.choices
                if required
                else [("", pgettext_lazy("sex in a document", "not said")), *Sex.choices],
                widget=forms.RadioSelect,
                **common,
            )
        attrs = {"autocomplete": "off", "spellcheck": "false"}
        if column in ("series", "number", "department_code") and self.chosen in RUSSIAN_KINDS:
            attrs["inputmode"] = "numeric"
        return LineField(max_length=LONG[column], widget=forms.TextInput(attrs=attrs), **common)

    def _stored_hint(self, column: str) -> str:
        if column == "number" and self.document is not None:
            return gettext("Stored: %(number)s. Leave it empty to keep it.") % {
                "number": masked(self.document.number or "")
            }
        return gettext("Stored. Leave it empty to keep it.")

    @property
    def rows(self) -> Sequence[Any]:
        """The visible fields in order."""
        return [self[column] for column in self.needed]

    def clean(self) -> dict[str, Any]:
        """What cannot be, with the remedy at its field."""
        given = super().clean() or {}
        stored = values_of(self.document) if self.document else {}
        facts = facts_of(
            self.registration, kind=self.chosen, values=stored | self.values(), birth_date=given.get("birth_date")
        )
        for finding in errors(facts):
            reason, remedy = words_of(finding.code)
            place = finding.field if finding.field in self.fields and finding.field != "kind" else None
            self.add_error(place, ValidationError(reason, code=finding.code, params={"remedy": remedy}))
        return given

    def values(self) -> dict[str, str]:
        """Columns that were filled, as they are stored."""
        typed = {column: self.cleaned_data.get(column) for column in self.needed if column != "birth_date"}
        texts = {column: value.isoformat() if isinstance(value, date) else value for column, value in typed.items()}
        return {column: tidy(column, text) for column, text in texts.items() if text}
