"""Forms of the officers about entry: the board's filter, a decision, a reason, a rule."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from registration.actions.visa_rules import RuleTerms
from registration.enums import RULED, DocumentKind, VisaOutcome, VisaState
from registration.models import VisaRule
from registration.web.fields import CountryField, LineField
from registration.web.forms_visa import day_field


class BoardForm(forms.Form):
    """The filter of the board; it lives in the address."""

    state = forms.ChoiceField(label=_("State"), required=False)
    country = CountryField(empty=_("all"), label=_("Citizenship"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data, label_suffix="")
        self.fields["state"].choices = [("", _("open")), ("all", _("all")), *VisaState.choices]
        self.is_valid()

    def chosen(self, name: str) -> str:
        """What was asked for; whatever is not on the lists is left out."""
        return str(self.cleaned_data.get(name, ""))


class DecisionForm(forms.Form):
    """Where the case goes, and a remark for the other officers."""

    to = forms.ChoiceField(choices=VisaState.choices, widget=forms.HiddenInput)
    remark = forms.CharField(
        label=_("Remark for the officers"),
        required=False,
        max_length=1000,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Seen by officers, and by the person among their data."),
    )


class LetterReasonForm(forms.Form):
    """Why a letter is made void or anew, or opened."""

    reason = LineField(label=_("Why?"), max_length=300, help_text=_("Kept in the log with your name."))


class RuleForm(forms.Form):
    """A dated rule of entry."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    citizenship = CountryField(empty="—", label=_("Citizenship"))
    document = forms.ChoiceField(
        label=_("Document"), required=False, help_text=_("A rule for one document goes before a rule for any.")
    )
    outcome = forms.ChoiceField(label=_("What holds"), choices=RULED, widget=forms.RadioSelect)
    most_days = forms.IntegerField(
        label=_("Days without a visa"),
        required=False,
        min_value=1,
        max_value=365,
        help_text=_("Only where no visa is needed; empty: the length of the stay does not matter."),
    )
    lead_days = forms.IntegerField(
        label=_("Days before the forum by which the data are wanted"), min_value=0, max_value=365, initial=30
    )
    since = day_field(label=_("Holds from"), required=False, help_text=_("Empty: since ever."))
    until = day_field(label=_("Holds until and with"), required=False, help_text=_("Empty: until further notice."))
    source = LineField(
        label=_("Source"), required=False, max_length=300, help_text=_("Law, treaty or page from which you know it.")
    )

    def __init__(self, data: Any = None, *, rule: VisaRule | None = None) -> None:
        super().__init__(data, initial=_stored(rule) if rule else None, label_suffix="")
        self.fields["document"].choices = [("", _("any document")), *DocumentKind.choices]
        for language, name in settings.LANGUAGES:
            self.fields[f"note_{language}"] = forms.CharField(
                label=_(str(name)),
                required=False,
                max_length=600,
                strip=True,
                widget=forms.Textarea(attrs={"rows": 2, "lang": language}),
            )

    @property
    def notes(self) -> list[Any]:
        """What people read, language by language."""
        return [self[f"note_{language}"] for language, _name in settings.LANGUAGES]

    def terms(self) -> RuleTerms:
        """For `set_rule`."""
        given = self.cleaned_data
        return RuleTerms(
            citizenship=given["citizenship"],
            document=given["document"],
            since=given["since"],
            until=given["until"],
            outcome=VisaOutcome(given["outcome"]),
            most_days=given["most_days"],
            lead_days=given["lead_days"],
            notes={language: given[f"note_{language}"] for language, _name in settings.LANGUAGES},
            source=given["source"],
        )


def _stored(rule: VisaRule) -> dict[str, Any]:
    named = ("version", "citizenship", "document", "outcome", "most_days", "lead_days", "source")
    notes = {f"note_{language}": getattr(rule, f"note_{language}") for language, _name in settings.LANGUAGES}
    return {name: getattr(rule, name) for name in named} | notes | {"since": rule.since, "until": rule.until}
