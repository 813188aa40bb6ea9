"""Forms of who answers for personal data: the register's filter, the reason of an export, a new text."""

from functools import reduce
from operator import or_
from typing import Any, cast

from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from forum.models import Forum, Organisation
from forum.web.searched import WordsField, sealed
from registration.disclosures import disclosures
from registration.enums import ConsentEvidence, ConsentPurpose
from registration.queries.consent_register import LIVE, OLDER, WITHDRAWN, RegisterFilter
from registration.web.fields import LineField, TickField

ANY: list[Any] = [("", _("all"))]
STANDINGS = [(LIVE, _("in force")), (WITHDRAWN, _("taken back")), (OLDER, _("to an older text"))]
REQUIRED = ("ru", "en")


class RegisterForm(forms.Form):
    """The filter; it lives in the address, the words of a search sealed."""

    words = WordsField()
    purpose = forms.ChoiceField(label=_("Purpose"), choices=[*ANY, *ConsentPurpose.choices], required=False)
    standing = forms.ChoiceField(label=_("State"), choices=[*ANY, *STANDINGS], required=False)
    evidence = forms.ChoiceField(label=_("Evidence"), choices=[*ANY, *ConsentEvidence.choices], required=False)
    language = forms.ChoiceField(label=_("Language"), choices=[*ANY, *settings.LANGUAGES], required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data, label_suffix="")
        self.is_valid()

    @property
    def narrowed_by(self) -> RegisterFilter:
        """What was asked for; whatever is not on the lists is left out."""
        given = {name: self.cleaned_data.get(name, "") for name in self.fields}
        return RegisterFilter(query=given.pop("words"), **given)

    @property
    def address(self) -> str:
        """The filter as the query of an address."""
        values = self.cleaned_data | {"words": sealed(self.narrowed_by.query)}
        return urlencode({name: value for name, value in values.items() if value})


class ExportForm(forms.Form):
    """Why a copy of the register leaves the system."""

    reason = LineField(label=_("What is the copy for?"), max_length=300, help_text=_("Kept in the log with your name."))


class NewTextForm(forms.Form):
    """The next version of a text, in all languages. Published at once, and never changed again."""

    purpose = forms.ChoiceField(label=_("Purpose"), choices=ConsentPurpose.choices)
    receiver: "forms.ModelChoiceField[Organisation]" = forms.ModelChoiceField(
        label=_("Receiver"),
        queryset=Organisation.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label="—",
        help_text=_("For data to a plant or to an organisation abroad: each receiver has a text of its own."),
    )
    checked = TickField(
        label=_("I have compared the languages. A published text cannot be changed, only followed by a newer one."),
        refusal=_("Compare the texts first."),
    )

    def __init__(self, data: Any = None, *, forum: Forum, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial, label_suffix="")
        self.forum = forum
        known = [one.receivers(forum).order_by().values("pk") for one in disclosures]
        receivers = Organisation.objects.filter(reduce(or_, (Q(pk__in=keys) for keys in known), Q(pk__in=[])))
        cast(forms.ModelChoiceField, self.fields["receiver"]).queryset = receivers.order_by("name")
        for code, language in settings.LANGUAGES:
            named = {"language": gettext(str(language))}
            self.fields[f"title_{code}"] = LineField(
                label=gettext("Title, %(language)s") % named, max_length=200, required=code in REQUIRED
            )
            self.fields[f"body_{code}"] = forms.CharField(
                label=gettext("Text, %(language)s") % named,
                max_length=20000,
                required=code in REQUIRED,
                widget=forms.Textarea(attrs={"rows": 8}),
            )

    def clean(self) -> dict[str, Any]:
        """A title and a text, or neither; a receiver where the purpose has one, and of its kind."""
        given = super().clean() or {}
        self._check_receiver(given.get("purpose", ""), given.get("receiver"))
        for code, _language in settings.LANGUAGES:
            if bool(given.get(f"title_{code}")) != bool(given.get(f"body_{code}")) and code not in REQUIRED:
                self.add_error(f"title_{code}", gettext("Give both the title and the text, or leave both empty."))
        return given

    def _check_receiver(self, purpose: str, receiver: Organisation | None) -> None:
        kind = next((one for one in disclosures if one.purpose == purpose), None)
        if kind is None and receiver is not None:
            self.add_error("receiver", gettext("This purpose has no receiver: leave it empty."))
        elif kind and receiver is None and "receiver" not in self.errors:
            self.add_error("receiver", gettext("Choose who gets the data."))
        elif kind and receiver and not kind.receivers(self.forum).filter(pk=receiver.pk).exists():
            self.add_error("receiver", gettext("This organisation gets no data of this kind. Choose another one."))

    def texts(self) -> dict[str, str]:
        """Translated columns for `publish_consent`."""
        return {
            f"{part}_{code}": self.cleaned_data[f"{part}_{code}"].replace("\r\n", "\n")
            for code, _language in settings.LANGUAGES
            for part in ("title", "body")
        }

    def languages(self) -> list[tuple[Any, Any]]:
        """Title and text side by side, for the page."""
        return [(self[f"title_{code}"], self[f"body_{code}"]) for code, _language in settings.LANGUAGES]


class ErasePersonForm(forms.Form):
    """Why a person is erased by hand."""

    reason = LineField(
        label=_("On what ground?"),
        max_length=300,
        help_text=_("For example: letter of the person of 12 March. Kept in the log; write no name."),
    )
