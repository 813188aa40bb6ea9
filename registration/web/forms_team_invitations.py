"""Forms of invitations and codes: the filter, one invitation, a list of them, a code."""

from datetime import date, datetime
from typing import Any, cast

from django import forms
from django.conf import settings
from django.utils.http import urlencode
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from forum.models import Forum
from forum.web.searched import WordsField, sealed
from registration.actions.codes import MOST_USES, CodeTerms
from registration.actions.imports import BatchTerms
from registration.actions.invitations import Wording
from registration.enums import InvitationState
from registration.models import Category, Delegation, Quota
from registration.queries.dossier import categories_of
from registration.queries.invitations import InvitationFilter, batches_of, end_of_day
from registration.queries.offers import delegations_of
from registration.queries.quotas import quotas_of
from registration.web.answers import LABELS
from registration.web.fields import LatinNameField, LineField, PlainEmailField, RussianNameField
from registration.web.forms import delegation_choices
from registration.web.forms_team_imports import UploadForm

ANY: list[Any] = [("", _("all"))]
SKIPS = _("Approve at once while there are places")
SKIPS_HELP = _("Without a place they wait in line as everybody does.")
UNTIL_HELP = _("That day included. Empty: until the forum is over.")
VALID_HELP = _("That day included. Empty: until applications close.")


def day_field(label: Any, *, help_text: Any = UNTIL_HELP) -> forms.DateField:
    """A last day, to its end on the forum's clock."""
    return forms.DateField(
        label=label,
        required=False,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def moment_after(day: date | None, forum: Forum) -> datetime | None:
    """The end of a day that was chosen, if one was."""
    return end_of_day(day, forum) if day else None


class InvitationFilterForm(forms.Form):
    """The filter; it lives in the address, the words of a search sealed."""

    words = WordsField()
    category = forms.ChoiceField(label=LABELS["category"], required=False)
    batch = forms.ChoiceField(label=_("List"), required=False)
    state = forms.ChoiceField(choices=[*ANY, *InvitationState.choices], required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, forum: Forum) -> None:
        super().__init__(data, label_suffix="")
        self.forum = forum
        categories = [(one.code, str(one)) for one in categories_of(forum)]
        lists = [(str(one.run.public_id), one.name) for one in batches_of(forum).select_related("run")]
        cast(forms.ChoiceField, self.fields["category"]).choices = ANY + categories
        cast(forms.ChoiceField, self.fields["batch"]).choices = ANY + lists
        self.is_valid()

    @property
    def narrowed_by(self) -> InvitationFilter:
        """What was asked for; whatever is not on the lists is left out."""
        given = {name: self.cleaned_data.get(name, "") for name in self.fields}
        return InvitationFilter(query=given.pop("words"), **given)

    def address(self, **changes: str) -> str:
        """The filter as the query of an address, with `changes`."""
        values = self.cleaned_data | {"words": sealed(self.narrowed_by.query)} | changes
        return urlencode({name: value for name, value in values.items() if value})


class InvitationForm(forms.Form):
    """One invitation. Everything but category, email and language is a proposal and may be empty."""

    category: "forms.ModelChoiceField[Category]" = forms.ModelChoiceField(
        Category.objects.none(), label=LABELS["category"], empty_label=None
    )
    email = PlainEmailField(label=LABELS["email"], help_text=_("The letter goes there, and the application keeps it."))
    language = forms.ChoiceField(label=LABELS["language"], choices=settings.LANGUAGES)
    surname = RussianNameField(label=LABELS["surname"], required=False)
    given_name = RussianNameField(label=LABELS["given_name"], required=False)
    patronymic = RussianNameField(label=LABELS["patronymic"], required=False)
    latin_surname = LatinNameField(label=LABELS["latin_surname"], required=False)
    latin_given_name = LatinNameField(label=LABELS["latin_given_name"], required=False)
    delegation: "forms.ModelChoiceField[Delegation]" = forms.ModelChoiceField(
        Delegation.objects.none(), label=LABELS["delegation"], required=False
    )
    organisation = LineField(label=LABELS["organisation"], max_length=250, required=False)
    position = LineField(label=LABELS["position"], max_length=250, required=False)
    expires_at = day_field(_("Open until"))
    skips_review = forms.BooleanField(label=SKIPS, required=False, help_text=SKIPS_HELP)
    note = LineField(
        label=_("Note"), max_length=300, required=False, help_text=_("For the team: the person does not see it.")
    )

    def __init__(self, data: Any = None, *, forum: Forum) -> None:
        super().__init__(data, label_suffix="", initial={"language": forum.languages[0]})
        self.forum = forum
        cast(forms.ModelChoiceField, self.fields["category"]).queryset = categories_of(forum)
        delegation = cast(forms.ModelChoiceField, self.fields["delegation"])
        delegation.queryset, delegation.choices = delegations_of(forum), delegation_choices(forum)
        self.fields["expires_at"].widget.attrs["min"] = f"{localdate():%Y-%m-%d}"

    def wording(self) -> Wording:
        """What was typed, for the action."""
        said = dict(self.cleaned_data)
        said["expires_at"] = moment_after(said["expires_at"], self.forum)
        return Wording(**said)


class InvitationListForm(UploadForm):
    """A list of people to invite."""

    field_order = ["name", "file", "category", "language", "expires_at", "skips_review"]
    name = LineField(
        label=_("Name of the list"),
        max_length=80,
        help_text=_("For the report, for example: speakers of the second day."),
    )
    expires_at = day_field(_("Open until"))
    skips_review = forms.BooleanField(label=SKIPS, required=False, help_text=SKIPS_HELP)

    def __init__(self, *args: Any, forum: Forum, **kwargs: Any) -> None:
        super().__init__(*args, forum=forum, **kwargs)
        self.forum = forum

    def terms(self) -> BatchTerms:
        """What holds for all of them."""
        given = self.cleaned_data
        until = moment_after(given["expires_at"], self.forum)
        return BatchTerms(name=given["name"], skips_review=given["skips_review"], expires_at=until)


class RemindForm(forms.Form):
    """Whom to remind: those who were sent their invitation so many days ago and have not used it."""

    days = forms.IntegerField(label=_("Sent at least so many days ago"), min_value=1, max_value=60, initial=7)


class QuotaChoiceField(forms.ModelChoiceField):
    """Quotas by the names of category and group."""

    def label_from_instance(self, obj: Any) -> str:
        """“Delegate: Uzbekistan”."""
        return quota_name(obj)


class CodeForm(forms.Form):
    """A new code; the letters and digits are drawn by lot."""

    name = LineField(
        label=_("For whom"), max_length=80, help_text=_("For the report, for example: partners of the exhibition.")
    )
    category: "forms.ModelChoiceField[Category]" = forms.ModelChoiceField(
        Category.objects.none(), label=LABELS["category"], empty_label=None
    )
    quota = QuotaChoiceField(
        Quota.objects.none(),
        label=_("Under the quota of"),
        required=False,
        empty_label=_("no quota: places of the category"),
        help_text=_("The applications come under this delegation or organisation."),
    )
    uses = forms.IntegerField(label=_("How many applications"), min_value=1, max_value=MOST_USES)
    valid_until = day_field(_("Valid until"), help_text=VALID_HELP)
    skips_review = forms.BooleanField(label=SKIPS, required=False, help_text=SKIPS_HELP)

    def __init__(self, data: Any = None, *, forum: Forum) -> None:
        super().__init__(data, label_suffix="")
        self.forum = forum
        cast(forms.ModelChoiceField, self.fields["category"]).queryset = categories_of(forum)
        quota = cast(forms.ModelChoiceField, self.fields["quota"])
        quota.queryset = quotas_of(forum)

    def terms(self) -> CodeTerms:
        """What was typed, for the action."""
        given = dict(self.cleaned_data)
        given["valid_until"] = moment_after(given["valid_until"], self.forum)
        return CodeTerms(**given)


def quota_name(quota: Any) -> str:
    """“Delegate: Uzbekistan”."""
    group = quota.delegation.region.name if quota.delegation else quota.organisation.name
    return f"{quota.category}: {group}"
