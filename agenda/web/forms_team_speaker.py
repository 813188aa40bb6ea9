"""A speaker's entry, and the cast of a session."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agenda.actions.cast import Part
from agenda.actions.texts import REQUIRED
from agenda.enums import SpeakerRole
from agenda.models import Speaker
from agenda.web.forms_team_session import LANGUAGE_NAMES
from forum.models import Forum, Organisation, Region
from forum.refs import format_ref
from registration.enums import SpokenLanguage
from registration.queries.people import person_of_ref

NAMES = ("surname", "given_name", "patronymic", "latin_surname", "latin_given_name", "native_name")


class SpeakerForm(forms.Form):
    """Names in Russian and as in the document, position, organisation, languages, and the consent to publication."""

    surname = forms.CharField(label=_("Surname"), max_length=100)
    given_name = forms.CharField(label=_("Given name"), max_length=100, required=False)
    patronymic = forms.CharField(label=_("Patronymic"), max_length=100, required=False)
    latin_surname = forms.CharField(
        label=_("Surname in Latin letters"), max_length=100, help_text=_("As in the document.")
    )
    latin_given_name = forms.CharField(label=_("Given name in Latin letters"), max_length=100, required=False)
    native_name = forms.CharField(
        label=_("Name in the person's own spelling"),
        max_length=200,
        required=False,
        help_text=_("Uzbek, Belarusian, …"),
    )
    region: forms.ModelChoiceField = forms.ModelChoiceField(label=_("Where from"), queryset=Region.objects.none())
    organisation: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.none(), required=False
    )
    new_organisation = forms.CharField(
        label=_("Another organisation"), max_length=250, required=False, help_text=_("If it is not on the list.")
    )
    languages = forms.MultipleChoiceField(
        label=_("Speaks"), choices=SpokenLanguage.choices, widget=forms.CheckboxSelectMultiple
    )
    remote = forms.BooleanField(label=_("Takes part online"), required=False)
    publication_consent = forms.BooleanField(
        label=_("Has agreed to be named on the site"),
        required=False,
        help_text=_("Without it the programme says “speaker to be announced”."),
    )
    application = forms.CharField(
        label=_("Reference of the application"),
        max_length=20,
        required=False,
        help_text=_(
            "If the speaker has applied to the forum: then their own consent decides, and its withdrawal hides them."
        ),
    )
    role = forms.ChoiceField(label=_("Role"), choices=SpeakerRole.choices, initial=SpeakerRole.SPEAKER)

    def __init__(
        self,
        *args: Any,
        forum: Forum,
        organisations: QuerySet[Organisation],
        speaker: Speaker | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, initial=entry_of(speaker) if speaker else None, **kwargs)
        self.forum = forum
        regions = Region.objects.filter(
            pk__in=[forum.host_region_id, *forum.guest_regions.values_list("pk", flat=True)]
        )
        cast(forms.ModelChoiceField, self.fields["region"]).queryset = regions.order_by("name")
        cast(forms.ModelChoiceField, self.fields["organisation"]).queryset = organisations.order_by("name")
        for code, _name in settings.LANGUAGES:
            self.fields[f"position_{code}"] = forms.CharField(
                label=gettext("Position, %(language)s") % {"language": str(LANGUAGE_NAMES.get(code, code)).lower()},
                max_length=250,
                required=code in REQUIRED,
            )
        if speaker:
            del self.fields["role"]

    def clean(self) -> dict[str, Any]:
        """One organisation: from the list, or a new one."""
        cleaned = super().clean() or {}
        if not cleaned.get("organisation") and not cleaned.get("new_organisation"):
            self.add_error("organisation", gettext("Choose an organisation, or write its name below."))
        return cleaned

    def clean_application(self) -> str:
        """The reference of an application to this edition, in the form it is stored in."""
        typed = self.cleaned_data["application"].strip()
        if typed and person_of_ref(self.forum, typed) is None:
            raise forms.ValidationError(
                gettext("No application has this reference. Ask the speaker to read it to you.")
            )
        return typed

    def values(self) -> dict[str, Any]:
        """What `create_speaker` and `correct_speaker` take, apart from the organisation."""
        names = {name: self.cleaned_data[name] for name in (*NAMES, "region", "languages", "remote")}
        codes = [code for code, _name in settings.LANGUAGES]
        names["person"] = person_of_ref(self.forum, self.cleaned_data["application"])
        return names | {"position": {code: self.cleaned_data[f"position_{code}"] for code in codes}}


def entry_of(speaker: Speaker) -> dict[str, Any]:
    """What is stored, under the names of the form's fields."""
    positions = {f"position_{code}": getattr(speaker, f"position_{code}") or "" for code, _name in settings.LANGUAGES}
    fields = (*NAMES, "region", "organisation", "languages", "remote", "publication_consent")
    own = speaker.person.registrations.order_by("pk").last() if speaker.person else None
    reference = {"application": format_ref(own.ref) if own else ""}
    return {name: getattr(speaker, name) for name in fields} | positions | reference


def read_cast(data: QueryDict, *, known: Sequence[Speaker]) -> list[Part]:
    """The cast as typed: those not removed in the order of their numbers, then the one to add. Unknown ids are left out."""
    by_id = {str(speaker.public_id): speaker for speaker in known}
    rows = []
    for place, key in enumerate(dict.fromkeys(data.getlist("speaker")), start=1):
        if key in by_id and f"remove-{key}" not in data:
            wish = data.get(f"place-{key}", "")
            rows.append((int(wish) if wish.isdecimal() and len(wish) < 4 else place, place, key))
    parts = [Part(by_id[key], _role(data.get(f"role-{key}"))) for _wish, _place, key in sorted(rows)]
    added = data.get("add", "")
    if added in by_id and by_id[added] not in [part.speaker for part in parts]:
        parts.append(Part(by_id[added], _role(data.get("add_role"))))
    return parts


def _role(text: str | None) -> SpeakerRole:
    return SpeakerRole.MODERATOR if text == SpeakerRole.MODERATOR else SpeakerRole.SPEAKER
