"""Forms of a delegation: quota, head, one more person, places without names, a member who leaves, who fetches badges."""

from datetime import datetime, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from forum.models import Forum
from forum.web.forms_team import end_of
from registration.actions.placeholders import Kept
from registration.actions.quotas import Terms
from registration.models import Category, Delegation, Quota, Registration
from registration.queries.imports import categories_for, usual_category
from registration.web.fields import LineField

MOST_PLACES = 10_000


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


class QuotaForm(forms.Form):
    """What is agreed on. `beyond_free` is asked only once more was wanted than is free."""

    places = forms.IntegerField(label=_("Places"), min_value=0, max_value=MOST_PLACES)
    release_on = _day(
        _("Unused places go back after"),
        required=False,
        help_text=_(
            "From the next day on they are places of the category again. Empty: they stay with the delegation."
        ),
    )
    overflows = forms.BooleanField(
        label=_("Whoever finds the quota full may have a free place of the category"), required=False
    )
    beyond_free = forms.BooleanField(label=_("Give more places than are free"), required=False)
    reason = LineField(label=_("Why?"), max_length=300, required=False, help_text=_("Kept in the log, not sent."))
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, data: Any = None, *, quota: Quota | None, forum: Forum) -> None:
        self.forum = forum
        super().__init__(data, initial=_stored(quota, forum), label_suffix="")

    def terms(self) -> Terms:
        """As the action takes them."""
        given = self.cleaned_data
        release = end_of(given["release_on"], forum=self.forum) if given["release_on"] else None
        return Terms(places=given["places"], overflows=given["overflows"], release_at=release, version=given["version"])


def _stored(quota: Quota | None, forum: Forum) -> dict[str, Any]:
    if quota is None:
        return {"overflows": True, "version": 0}
    pool = quota.pool
    return {
        "places": pool.places,
        "overflows": pool.overflows,
        "release_on": _day_before(pool.release_at, forum) if pool.release_at else None,
        "version": quota.version,
    }


def _day_before(moment: datetime, forum: Forum) -> Any:
    """The last whole day before an end, as `end_of` made it."""
    return (moment.astimezone(ZoneInfo(forum.timezone)) - timedelta(seconds=1)).date()


LANGUAGE_OF = {"RU": "ru", "BY": "be", "UZ": "uz"}
"""What is proposed for the head of a delegation from there."""


class HeadForm(forms.Form):
    """Who leads the delegation, and how long."""

    email = forms.EmailField(label=_("Email of the head"), max_length=254)
    language = forms.ChoiceField(
        label=_("Language of the letter"),
        choices=settings.LANGUAGES,
        help_text=_("Whoever has signed in before gets it in their own."),
    )
    valid_until = _day(_("Until the end of"), help_text=_("After that day they see nothing of it any more."))

    def __init__(self, data: Any = None, *, delegation: Delegation) -> None:
        until = max(delegation.forum.ends_on, localdate()) + timedelta(days=7)
        language = LANGUAGE_OF.get(delegation.region.country, "en")
        super().__init__(data, initial={"valid_until": until, "language": language}, label_suffix="")


class MemberForm(forms.Form):
    """One person: what a row of a list may say. Everything else they fill in themselves."""

    surname = LineField(
        label=_("Surname"), max_length=100, help_text=_("In Cyrillic or Latin letters, as they write it.")
    )
    given_name = LineField(label=_("Given name"), max_length=100, required=False)
    patronymic = LineField(label=_("Patronymic"), max_length=100, required=False)
    email = LineField(
        label=_("Email"),
        max_length=254,
        required=False,
        help_text=_("Their own link goes there. Without an email they sign on paper at the desk."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    organisation = LineField(label=_("Organisation"), max_length=250)
    position = LineField(label=_("Position"), max_length=250)
    category: "forms.ModelChoiceField[Category]" = forms.ModelChoiceField(
        Category.objects.none(), label=_("Category"), empty_label=None
    )
    language = forms.ChoiceField(label=_("Language of letters"), choices=settings.LANGUAGES)

    def __init__(self, data: Any = None, *, delegation: Delegation) -> None:
        forum = delegation.forum
        own = categories_for(delegation).filter(quotas__delegation=delegation).order_by("seniority").first()
        initial = {"category": own or usual_category(forum), "language": forum.languages[0]}
        super().__init__(data, initial=initial, label_suffix="")
        cast(forms.ModelChoiceField, self.fields["category"]).queryset = categories_for(delegation)

    def texts(self) -> dict[str, str]:
        """By the names of a list's columns."""
        names = ("surname", "given_name", "patronymic", "email", "organisation", "position")
        return {name: self.cleaned_data[name] for name in names}


class PlacesForm(forms.Form):
    """So many places for people without a name yet."""

    number = forms.IntegerField(label=_("How many places"), min_value=1, max_value=MOST_PLACES, initial=1)
    names_by = _day(_("Names follow by"))
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, data: Any = None, *, forum: Forum, seen: int) -> None:
        self.forum = forum
        super().__init__(data, initial={"seen": seen, "names_by": _fortnight_before(forum)}, label_suffix="")

    def wanted(self) -> Kept:
        """As the action takes it."""
        given = self.cleaned_data
        return Kept(number=given["number"], names_by=end_of(given["names_by"], forum=self.forum), seen=given["seen"])


def _fortnight_before(forum: Forum) -> Any:
    return max(forum.starts_on - timedelta(days=14), localdate() + timedelta(days=1))


class GiveBackForm(forms.Form):
    """How many of the places without names are not needed after all."""

    number = forms.IntegerField(label=_("How many places"), min_value=1, max_value=MOST_PLACES)


class LeaveForm(forms.Form):
    """Why a member does not come."""

    reason = LineField(
        label=_("Why?"), max_length=300, help_text=_("The person reads it in the letter, and it stays in the history.")
    )


class CollectForm(forms.Form):
    """Who fetches the badges, and whose."""

    collector = LineField(
        label=_("Who collects the badges"), max_length=200, help_text=_("Surname, given name and patronymic in full.")
    )
    refs = forms.MultipleChoiceField(
        label=_("For whom"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one person.")},
    )

    def __init__(self, data: Any = None, *, delegation: Delegation, people: list[tuple[Registration, str]]) -> None:
        ticked = [one.ref for one, _name in people]
        super().__init__(data, initial={"collector": delegation.collector, "refs": ticked}, label_suffix="")
        choices = [(one.ref, name) for one, name in people]
        cast(forms.MultipleChoiceField, self.fields["refs"]).choices = choices
