"""Forms of the print desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from badges.queries.printing import PrintFilter, PrintState
from forum.models import Forum
from registration.models import Category, Delegation

SHEETS = [("a6", _("A6, one badge to a page")), ("a4", _("A4, four badges with cut marks"))]
SIDES = [("2", _("both sides")), ("1", _("front only"))]


class PrintFilterForm(forms.Form):
    """Filters of the desk; they live in the address. An empty state means everything that has to be printed."""

    state = forms.ChoiceField(label=_("State"), required=False)
    category = forms.ChoiceField(label=_("Category"), required=False)
    delegation = forms.ChoiceField(label=_("Delegation"), required=False)

    def __init__(self, *args: Any, forum: Forum, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        categories = Category.objects.filter(forum=forum, prints_badge=True)
        delegations = Delegation.objects.filter(forum=forum).select_related("region")
        by_name = sorted(delegations, key=lambda d: d.region.name)
        self.fields["state"].choices = [("", _("new and out of date")), *PrintState.choices]
        self.fields["category"].choices = [("", _("all")), *((c.code, c.name) for c in categories)]
        self.fields["delegation"].choices = [("", _("all")), *((d.region.code, d.region.name) for d in by_name)]

    def chosen(self) -> PrintFilter:
        """What was asked for; whatever is not on the lists is left out."""
        self.is_valid()
        return PrintFilter(**{name: self.cleaned_data.get(name, "") for name in self.fields})


class PrintForm(forms.Form):
    """How to print. `reason` is asked for when badges are on paper already."""

    sheet = forms.ChoiceField(label=_("Paper"), choices=SHEETS, initial="a4")
    sides = forms.TypedChoiceField(label=_("Sides"), choices=SIDES, initial="2", coerce=int)
    reason = forms.CharField(label=_("Why print again"), required=False, max_length=200)


class ReissueForm(forms.Form):
    """Why a badge is replaced."""

    reason = forms.CharField(label=_("Why is the badge replaced?"), max_length=200)
