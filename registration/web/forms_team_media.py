"""The quota of an outlet."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from forum.models import Forum, Organisation
from registration.models import Category, Quota
from registration.queries.outlets import categories_of_outlets
from registration.queries.vehicles import organisations_of_passes


class QuotaForm(forms.Form):
    """How many places of a category are kept for an organisation."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    organisation: "forms.ModelChoiceField[Organisation]" = forms.ModelChoiceField(
        queryset=Organisation.objects.none(), label=_("Outlet"), empty_label="—"
    )
    category: "forms.ModelChoiceField[Category]" = forms.ModelChoiceField(
        queryset=Category.objects.none(), label=_("Category"), empty_label=None
    )
    places = forms.IntegerField(label=_("Places"), min_value=0, max_value=1000)
    overflows = forms.BooleanField(
        label=_("Whoever finds the quota full may have a place of the category"), required=False, initial=True
    )

    def __init__(self, data: Any = None, *, forum: Forum, quota: Quota | None = None) -> None:
        super().__init__(data, initial=_stored(quota) if quota else None, label_suffix="")
        self.fields["organisation"].queryset = organisations_of_passes()
        self.fields["category"].queryset = categories_of_outlets(forum)


def _stored(quota: Quota) -> dict[str, Any]:
    kept = {"version": quota.version, "organisation": quota.organisation_id, "category": quota.category_id}
    return kept | {"places": quota.pool.places, "overflows": quota.pool.overflows}
