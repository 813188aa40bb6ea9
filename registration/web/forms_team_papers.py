"""Forms for somebody who signs on paper: the paper, and what is still missing of the application; and for a consent that is
taken back by letter, by email or at the desk.
"""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from registration.actions.consents_received import Received
from registration.actions.paper import Paper
from registration.enums import WithdrawalWay
from registration.models import ConsentDocument, Registration
from registration.web.answers import LABELS, WHOLE
from registration.web.fields import LineField
from registration.web.forms import WholeForm


class PaperForm(forms.Form):
    """What lies on the desk."""

    signed_on = forms.DateField(label=_("Signed on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    witness = LineField(
        label=_("Who saw the signature being made"),
        max_length=200,
        help_text=_("Surname and given name; it stays with the consent."),
    )
    language = forms.ChoiceField(label=_("In which language was the text read"), choices=settings.LANGUAGES)

    def __init__(self, data: Any = None, *, registration: Registration) -> None:
        initial = {"signed_on": localdate(), "language": registration.language}
        super().__init__(data, initial=initial, label_suffix="")

    def paper(self, document: ConsentDocument) -> Paper:
        """As the action takes it."""
        given = self.cleaned_data
        return Paper(
            document=document, language=given["language"], signed_on=given["signed_on"], witness=given["witness"]
        )


class WithdrawalForm(forms.Form):
    """What came from the person."""

    received_on = forms.DateField(
        label=_("Received on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), initial=localdate
    )
    way = forms.ChoiceField(
        label=_("How it came"),
        choices=[(way.value, way.label) for way in WithdrawalWay if way != WithdrawalWay.OWN_CLICK],
    )
    note = LineField(
        label=_("Note for the log"),
        max_length=200,
        help_text=_("Where the proof lies, for example: letter of 12 March, folder 4. Write no name."),
    )

    def received(self) -> Received:
        """As the action takes it."""
        given = self.cleaned_data
        return Received(way=WithdrawalWay(given["way"]), received_on=given["received_on"], note=given["note"])


class CompleteForm(WholeForm):
    """Everything that the application needs, without an address."""

    def __init__(self, data: Any = None, *, registration: Registration) -> None:
        super().__init__(data, registration=registration)
        for field in self.asks:
            self.fields[field].label = LABELS[field]
            self.fields[field].help_text = ""
        del self.fields["email"]

    @property
    def asks(self) -> tuple[str, ...]:
        """The address only where there is one."""
        return tuple(field for field in WHOLE if field != "email")
