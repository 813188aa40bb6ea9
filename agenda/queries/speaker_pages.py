"""Speakers of the released programme who may be named, as their pages show them: two queries beside the programme's."""

from dataclasses import dataclass

from agenda.engine.programme import Item, Programme, searchable
from agenda.engine.texts import Text, in_language
from agenda.models import Speaker
from agenda.queries.speakers import LATIN, listed_name, native_spelling, published_name, published_speakers, spellings
from agenda.queries.texts import texts_of
from forum.models import Forum
from forum.names import sort_key


@dataclass(frozen=True, kw_only=True)
class SpeakerCard:
    """A speaker in the list. `letter` is the one under which the reader looks for the name."""

    key: str
    listed: str
    name: str
    also_named: tuple[Text, ...]
    letter: str
    order: str
    position: Text
    organisation: Text
    region: Text
    languages: tuple[str, ...]
    searched: str
    """Folded names in every spelling, organisation and region in every language, for a search."""
    sessions: tuple[tuple[Item, str], ...]
    """Sessions by time, each with what this person does in it (`SpeakerRole`)."""


def speaker_cards(forum: Forum, *, programme: Programme, language: str) -> list[SpeakerCard]:
    """Those on stage in `programme` who consent to publication, in the alphabetical order of `language`."""
    roles: dict[str, list[tuple[Item, str]]] = {}
    for item in sorted(programme.items, key=lambda item: item.starts):
        for member in item.cast:
            if member.key:
                roles.setdefault(member.key, []).append((item, member.role))
    speakers = published_speakers(forum)
    cards = [_card(speakers[key], sessions, language=language) for key, sessions in roles.items() if key in speakers]
    return sorted(cards, key=lambda card: card.order)


def _card(speaker: Speaker, sessions: list[tuple[Item, str]], *, language: str) -> SpeakerCard:
    listed = listed_name(speaker, language=language)
    organisation, region = texts_of(speaker.organisation, "name"), texts_of(speaker.region, "name")
    return SpeakerCard(
        key=str(speaker.public_id),
        listed=listed,
        name=published_name(speaker, language=language),
        also_named=_other_names(speaker, language=language),
        letter=listed[:1].upper(),
        order=sort_key(listed),
        position=in_language(texts_of(speaker, "position"), language),
        organisation=in_language(organisation, language),
        region=in_language(region, language),
        languages=tuple(speaker.languages),
        searched=searchable([*spellings(speaker), *organisation.values(), *region.values()]),
        sessions=tuple(sessions),
    )


def _other_names(speaker: Speaker, *, language: str) -> tuple[Text, ...]:
    """The Russian, Latin and native spelling, as far as the page does not show it already."""
    shown = published_name(speaker, language=language)
    native, own = native_spelling(speaker)
    found = [Text(published_name(speaker, language="ru"), language="ru")] if speaker.surname else []
    # A Latin spelling of a document belongs to no language of ours: a reader's device may say it as it likes.
    found += [Text(published_name(speaker, language=LATIN), language="en"), Text(own, language=native)]
    return tuple(dict.fromkeys(text for text in found if text and text != shown))
