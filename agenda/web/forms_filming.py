"""A wish to film, as the person states it, and the plant's answer."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agenda.actions.filming import Wish
from agenda.enums import FILMING_ANSWERS, FilmingMeans, FilmingState
from agenda.models import FilmingWish
from agenda.queries.filming_own import Chance
from forum.templatetags.times import day_text, when_text
from registration.models import Equipment
from registration.queries.equipment import line_of

MANY = forms.CheckboxSelectMultiple


class WishForm(forms.Form):
    """Where and when, what, how, with what."""

    where = forms.ChoiceField(label=gettext_lazy("Plant and day"))
    hours = forms.CharField(
        label=gettext_lazy("Hours"),
        help_text=gettext_lazy("If they matter, or if you do not go with the group."),
        required=False,
        max_length=100,
    )
    subject = forms.CharField(
        label=gettext_lazy("What do you want to film?"),
        help_text=gettext_lazy("Workshops, processes, people, interviews. The plant reads it as you write it."),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    means = forms.MultipleChoiceField(
        label=gettext_lazy("How?"),
        help_text=gettext_lazy("Plants decide about drones by themselves: ask for the drone in a wish of its own."),
        choices=FilmingMeans.choices,
        widget=MANY,
    )
    devices = forms.MultipleChoiceField(
        label=gettext_lazy("With what?"),
        help_text=gettext_lazy("From your list of equipment."),
        required=False,
        widget=MANY,
    )

    def __init__(
        self,
        data: Any = None,
        *,
        chances: Sequence[Chance],
        equipment: Sequence[Equipment],
        one: FilmingWish | None = None,
    ) -> None:
        super().__init__(data, initial=_as_typed(one) if one else None, label_suffix="")
        self.chances = {chance.key: chance for chance in chances}
        self.equipment = {str(device.public_id): device for device in equipment}
        cast(forms.ChoiceField, self.fields["where"]).choices = [("", "—"), *_by_plant(chances)]
        if equipment:
            lines = [(key, line_of(device)) for key, device in self.equipment.items()]
            cast(forms.MultipleChoiceField, self.fields["devices"]).choices = lines
        else:
            del self.fields["devices"]

    def wish(self) -> Wish:
        """For the action."""
        given = self.cleaned_data
        chance = self.chances[given["where"]]
        return Wish(
            programme=chance.programme,
            slot=chance.slot,
            day=chance.day,
            hours=given["hours"].strip(),
            subject=given["subject"].strip(),
            means=[FilmingMeans(means) for means in given["means"]],
            devices=[self.equipment[key] for key in given.get("devices", [])],
        )


def _as_typed(one: FilmingWish) -> dict[str, Any]:
    where = f"{one.programme.slug}/{one.slot.slug if one.slot else one.day.isoformat()}"
    devices = [device["key"] for device in one.devices]
    return {"where": where, "hours": one.hours, "subject": one.subject, "means": one.means, "devices": devices}


def _by_plant(chances: Iterable[Chance]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Plant by plant, each with its runs and days."""
    found: dict[str, list[tuple[str, str]]] = {}
    for chance in chances:
        programme = chance.programme
        plant = f"{programme.title} · {programme.host.name}"
        found.setdefault(plant, []).append((chance.key, _label(chance)))
    return list(found.items())


def _label(chance: Chance) -> str:
    said = {"day": day_text(chance.day), "until": when_text(chance.until, zone=chance.programme.forum.timezone)}
    if chance.slot:
        return _("%(day)s, with the visit (ask until %(until)s)") % said
    return _("%(day)s, on your own (ask until %(until)s)") % said


class AnswerForm(forms.Form):
    """What the plant says; the version shows whether somebody was faster."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    state = forms.ChoiceField(label=gettext_lazy("The plant's answer"), widget=forms.RadioSelect)
    answer = forms.CharField(
        label=gettext_lazy("In its words"),
        help_text=gettext_lazy("The person reads it in the letter. Needed with conditions."),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, data: Any = None, *, wish: FilmingWish) -> None:
        known = {"version": wish.version, "answer": wish.answer}
        if wish.state in FILMING_ANSWERS:
            known["state"] = wish.state
        super().__init__(data, initial=known, label_suffix="")
        choices = [(state.value, state.label) for state in FilmingState if state in FILMING_ANSWERS]
        cast(forms.ChoiceField, self.fields["state"]).choices = choices
