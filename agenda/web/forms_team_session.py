"""Forms of one session: content, cast, time and hall."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agenda.actions.texts import REQUIRED
from agenda.models import Hall, Session
from agenda.queries.conflicts import Place
from agenda.queries.snapshot import hall_key, halls_of
from forum.models import Forum
from registration.enums import SpokenLanguage

LANGUAGE_NAMES = {"ru": _("Russian"), "en": _("English"), "uz": _("Uzbek"), "be": _("Belarusian")}
DAYS_TO_ANSWER = 3


class ContentForm(forms.Form):
    """Title and description in each language, languages of speech and interpretation."""

    languages = forms.MultipleChoiceField(
        label=_("Spoken"), choices=SpokenLanguage.choices, widget=forms.CheckboxSelectMultiple
    )
    interpretation = forms.MultipleChoiceField(
        label=_("Interpretation into"),
        choices=SpokenLanguage.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        self.session = session
        super().__init__(*args, initial=content_of(session), **kwargs)
        for code, _name in settings.LANGUAGES:
            required = code in REQUIRED
            self.fields[f"title_{code}"] = forms.CharField(label=_("Title"), max_length=250, required=required)
            self.fields[f"description_{code}"] = forms.CharField(
                label=_("Description"),
                max_length=2000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 5}),
            )

    def clean(self) -> dict[str, Any]:
        """Browsers send line ends in their own way."""
        cleaned = super().clean() or {}
        return {
            name: value.replace("\r\n", "\n") if isinstance(value, str) else value for name, value in cleaned.items()
        }

    def groups(self) -> list[dict[str, Any]]:
        """Fields by language, the required ones first."""
        return [
            {
                "code": code,
                "name": LANGUAGE_NAMES.get(code, code),
                "required": code in REQUIRED,
                "open": code in REQUIRED or bool(self[f"title_{code}"].value() or self[f"description_{code}"].value()),
                "fields": [self[f"title_{code}"], self[f"description_{code}"]],
            }
            for code, _name in settings.LANGUAGES
        ]

    def values(self) -> dict[str, Any]:
        """What `edit_session` takes."""
        texts = {
            field: {code: self.cleaned_data[f"{field}_{code}"] for code, _name in settings.LANGUAGES}
            for field in ("title", "description")
        }
        return texts | {name: self.cleaned_data[name] for name in ("languages", "interpretation")}


def content_of(session: Session) -> dict[str, Any]:
    """What is stored, under the names of the form's fields."""
    columns = [f"{field}_{code}" for field in ("title", "description") for code, _name in settings.LANGUAGES]
    stored = {column: getattr(session, column) or "" for column in columns}
    return stored | {"languages": session.languages, "interpretation": session.interpretation}


class PlaceForm(forms.Form):
    """Another time or hall. Times are those of the forum's zone; where the other side must agree, why and until when."""

    hall = forms.ChoiceField(label=_("Hall"))
    linked = forms.MultipleChoiceField(
        label=_("Linked with"), required=False, widget=forms.CheckboxSelectMultiple, help_text=_("For a telebridge.")
    )
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    starts = forms.TimeField(
        label=pgettext_lazy("time", "Start"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    ends = forms.TimeField(
        label=pgettext_lazy("time", "End"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    answer_by = forms.DateField(
        label=_("Answer until the end of"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, session: Session, halls: dict[str, Hall], asks: bool, **kwargs: Any) -> None:
        self.forum, self.halls = session.forum, halls
        super().__init__(*args, initial=self._initial(session), **kwargs)
        links = [(key, _hall_name(hall)) for key, hall in halls.items() if hall.hybrid]
        cast(forms.ChoiceField, self.fields["hall"]).choices = [(key, _hall_name(hall)) for key, hall in halls.items()]
        cast(forms.MultipleChoiceField, self.fields["linked"]).choices = links
        if not asks:
            del self.fields["reason"], self.fields["answer_by"]

    def _initial(self, session: Session) -> dict[str, Any]:
        zone = ZoneInfo(self.forum.timezone)
        starts, ends = session.period.lower.astimezone(zone), session.period.upper.astimezone(zone)
        latest = (starts - timedelta(days=1)).date()
        return {
            "hall": hall_key(session.hall),
            "linked": [hall_key(hall) for hall in halls_of(session)[1:]],
            "day": starts.date(),
            "starts": starts.time(),
            "ends": ends.time(),
            "answer_by": min((now().astimezone(zone) + timedelta(days=DAYS_TO_ANSWER)).date(), latest),
        }

    def place(self) -> Place:
        """Where and when, as asked for."""
        values = self.cleaned_data
        return Place(
            hall=self.halls[values["hall"]],
            linked=tuple(self.halls[key] for key in values["linked"]),
            starts=self._moment("starts"),
            ends=self._moment("ends"),
        )

    def answer_until(self) -> datetime:
        """The end of the day chosen."""
        return end_of_day(self.cleaned_data["answer_by"], self.forum)

    def _moment(self, field: str) -> datetime:
        clock: time = self.cleaned_data[field]
        return datetime.combine(self.cleaned_data["day"], clock, ZoneInfo(self.forum.timezone))


def end_of_day(day: Any, forum: Forum) -> datetime:
    """Midnight after `day`, in the zone of the forum."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(forum.timezone))


def _hall_name(hall: Hall) -> str:
    place = hall.venue.city or hall.venue.name
    return f"{hall.name}, {place}"


def chosen_languages(codes: Iterable[str]) -> str:
    """Languages in words, for the comparison of two versions."""
    return ", ".join(str(SpokenLanguage(code).label) for code in codes)
