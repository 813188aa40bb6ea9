"""The quota of an organisation: of an outlet of the media, of a crew, of a partner."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from forum.models import Forum, Organisation
from registration.models import Category, Quota
from registration.queries.dossier import categories_of
from registration.queries.vehicles import organisations_of_passes
from registration.web.forms_team_delegations import QuotaForm


class OrganisationQuotaForm(QuotaForm):
    """How many places of a category are kept for an organisation, on the terms of every quota."""

    organisation: "forms.ModelChoiceField[Organisation]" = forms.ModelChoiceField(
        queryset=Organisation.objects.none(), label=_("Organisation"), empty_label="—"
    )
    category: "forms.ModelChoiceField[Category]" = forms.ModelChoiceField(
        queryset=Category.objects.none(), label=_("Category"), empty_label="—"
    )
    field_order = ["organisation", "category"]

    def __init__(self, data: Any = None, *, quota: Quota | None, forum: Forum) -> None:
        super().__init__(data, quota=quota, forum=forum)
        self.fields["release_on"].help_text = _(
            "From the next day on they are places of the category again. Empty: they stay with the organisation."
        )
        cast(forms.ModelChoiceField, self.fields["organisation"]).queryset = organisations_of_passes()
        cast(forms.ModelChoiceField, self.fields["category"]).queryset = categories_of(forum)
        if quota is not None:
            self.initial.update({"organisation": quota.organisation_id, "category": quota.category_id})
