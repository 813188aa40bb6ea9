"""What is decided about many, and the words of the letters."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from forum.models import Forum
from registration.enums import MassDecision, ReasonKind
from registration.queries.reasons import in_use

SAYS = {MassDecision.ASK: ReasonKind.ASK, MassDecision.REJECT: ReasonKind.REJECT}
"""Decisions with a letter that says why."""


class BulkForm(forms.Form):
    """`counts`: for how many of those chosen each decision is possible; one that is for nobody is not offered.

    `cleaned_data["reason"]` is the text itself, or None.
    """

    decision = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    reason = forms.ChoiceField(
        label=_("Ready-made text"),
        required=False,
        help_text=_("Everybody reads it in the language of their application."),
    )
    note = forms.CharField(
        label=_("Or in your own words"),
        required=False,
        max_length=2000,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("All of them get these very words, whatever their language."),
    )

    def __init__(self, data: Any = None, *, forum: Forum, counts: dict[MassDecision, int], first: str = "") -> None:
        offered = [(one.value, f"{one.label}: {counts[one]}") for one in MassDecision if counts[one]]
        first = first if first in dict(offered) else next(iter(dict(offered)), "")
        super().__init__(data, initial={"decision": first}, label_suffix="")
        cast(forms.ChoiceField, self.fields["decision"]).choices = offered
        self.texts = {str(one.public_id): one for one in in_use(forum)}
        groups = [
            (kind.label, [(key, one.title) for key, one in self.texts.items() if one.kind == kind])
            for kind in ReasonKind
        ]
        choices: list[Any] = [("", _("none")), *((label, group) for label, group in groups if group)]
        cast(forms.ChoiceField, self.fields["reason"]).choices = choices

    def clean(self) -> dict[str, Any]:
        """A text that fits the decision, and words where somebody has to change something."""
        given = super().clean() or {}
        decision, reason = given.get("decision"), self.texts.get(given.get("reason", ""))
        given["reason"] = reason
        if decision not in SAYS:
            given["reason"], given["note"] = None, ""
        elif reason and reason.kind != SAYS[MassDecision(decision)]:
            self.add_error("reason", _("This text belongs to another decision. Choose one that fits."))
        elif decision == MassDecision.ASK and not (reason or given.get("note")):
            self.add_error("note", _("Say what has to be changed: choose a text, or write your own."))
        return given
