"""Public pages of speakers: those of the released programme who consent to it, nobody else."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from agenda.queries.programme import released_programme
from agenda.queries.speaker_pages import SpeakerCard, speaker_cards
from agenda.web.forms import SpeakerSearchForm
from agenda.web.public import PublicView


class SpeakersView(PublicView):
    """Who comes, by letter; with words only those whose name, organisation or region has them."""

    notice = "programme"

    def page(self, request: HttpRequest, **kwargs: Any) -> HttpResponse | None:
        """All on one page: people look for a name with the eye."""
        programme = released_programme(self.forum, language=self.language)
        if programme is None:
            return None
        cards = speaker_cards(self.forum, programme=programme, language=self.language)
        form = SpeakerSearchForm(request.GET)
        found = form.chosen(cards)
        context = {"form": form, "groups": by_letter(found), "count": len(found), "everybody": len(cards)}
        return render(request, "agenda/speakers.html", {"forum": self.forum, "programme": programme, **context})


class SpeakerView(PublicView):
    """Who this is, and where to hear them."""

    def page(self, request: HttpRequest, **kwargs: Any) -> HttpResponse | None:
        """Not found without consent, whatever the reason: nobody learns that there is such a person."""
        programme = released_programme(self.forum, language=self.language)
        cards = speaker_cards(self.forum, programme=programme, language=self.language) if programme else []
        card = next((card for card in cards if card.key == str(kwargs["key"])), None)
        if card is None:
            return None
        context = {"forum": self.forum, "programme": programme, "speaker": card}
        return render(request, "agenda/speaker.html", context)


def by_letter(cards: Iterable[SpeakerCard]) -> list[tuple[str, list[SpeakerCard]]]:
    """(letter, its people); `cards` are in alphabetical order."""
    return [(letter, list(group)) for letter, group in groupby(cards, key=lambda card: card.letter)]
