"""What a reader of the programme looks for; a GET form, so that a filtered programme can be shared."""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from agenda.engine.programme import Choice, Item
from agenda.enums import SessionKind
from agenda.queries.speaker_pages import SpeakerCard
from forum.names import search_words
from registration.enums import SpokenLanguage

CHOSEN = ("words", "track", "language", "region", "kind")
Options = Iterable[tuple[str, Any]]


class WithItems(Protocol):
    """A programme, as far as its filters need to know it."""

    @property
    def items(self) -> Sequence[Item]:
        """Its sessions."""


def _as_search(field: forms.Field) -> None:
    cast(forms.TextInput, field.widget).input_type = "search"


class FilterForm(forms.Form):
    """Choices are those that occur in the programme. An unknown value chooses nothing and is said to be unknown."""

    words = forms.CharField(label=_("Search"), required=False, max_length=100)
    track = forms.ChoiceField(label=_("Track"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    region = forms.ChoiceField(label=_("Host region"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)

    def __init__(self, *args: Any, programme: WithItems, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        items = programme.items
        tracks = {item.track.position: item.track for item in items}
        regions = {region.code: region for item in items for region in item.hosts}
        languages = {code for item in items for code in (*item.languages, *item.interpretation)}
        kinds = {item.kind for item in items}
        self._offer("track", _("All tracks"), [(tracks[n].code, tracks[n].name) for n in sorted(tracks)])
        self._offer("language", _("All languages"), [pair for pair in SpokenLanguage.choices if pair[0] in languages])
        self._offer("region", _("All hosts"), [(r.code, r.name) for r in sorted(regions.values(), key=_host_first)])
        self._offer("kind", _("All kinds"), [pair for pair in SessionKind.choices if pair[0] in kinds])
        self.fields["words"].widget.attrs["placeholder"] = _("Title, name or hall")
        _as_search(self.fields["words"])

    def _offer(self, name: str, nothing: Any, options: Options) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = [("", nothing), *options]

    def choice(self) -> Choice:
        """What is looked for; fields with an unknown value are left out."""
        self.is_valid()
        return Choice(**{name: self.cleaned_data.get(name, "") for name in CHOSEN})

    def active(self) -> list[tuple[str, str]]:
        """(field, what was chosen in words) for every filter that is on."""
        self.is_valid()
        return [(name, self._in_words(name, value)) for name, value in self.cleaned_data.items() if value]

    def _in_words(self, name: str, value: str) -> str:
        choices = dict(getattr(self.fields[name], "choices", ()))
        return str(choices.get(value, f"“{value}”"))


class SpeakerSearchForm(forms.Form):
    """A name in any spelling, an organisation or a region."""

    words = forms.CharField(label=_("Search"), required=False, max_length=100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].widget.attrs["placeholder"] = _("Name, organisation or region")
        _as_search(self.fields["words"])

    def chosen(self, cards: Sequence[SpeakerCard]) -> list[SpeakerCard]:
        """Those of `cards` that have every word."""
        words = search_words(self.cleaned_data["words"]) if self.is_valid() else []
        return [card for card in cards if all(word in card.searched for word in words)]


def _host_first(region: Any) -> tuple[bool, str]:
    return not region.is_host, region.name
