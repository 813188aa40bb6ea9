"""What the team's search finds among sessions, speakers and plants, for whom.

Editors search the drafts they may read, everybody else what has been released and published. The programme is small
(hundreds of rows), so the folded spellings are compared here; each search is a constant number of queries.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from agenda.engine.programme import Item, searchable
from agenda.models import Session, Speaker, VisitProgramme
from agenda.queries.programme import released_programme
from agenda.queries.speaker_pages import SpeakerCard, speaker_cards
from agenda.queries.speakers import spellings
from agenda.queries.texts import texts_of
from agenda.queries.visibility import sessions_visible_to, speakers_visible_to
from forum.models import Forum
from forum.names import search_words
from forum.queries.access import User

Row = TypeVar("Row")


def find_drafts(user: User, *, forum: Forum, query: str) -> Iterator[Session]:
    """Sessions whose draft `user` may read, by time; cancelled ones are left out."""
    rows = sessions_visible_to(user).filter(forum=forum, cancelled_at=None)
    return _matching(rows.select_related("hall", "track").order_by("period", "pk"), query, _session_texts)


def find_released(*, forum: Forum, query: str, language: str) -> Iterator[Item]:
    """Sessions of the newest release, by time."""
    programme = released_programme(forum, language=language) if forum.programme_public else None
    return _matching(programme.items if programme else (), query, lambda item: [item.searched])


def find_speakers(user: User, *, forum: Forum, query: str) -> Iterator[Speaker]:
    """Speakers whose entry `user` may read, by name."""
    rows = speakers_visible_to(user).filter(forum=forum).select_related("organisation", "region")
    return _matching(rows.order_by("surname", "given_name", "pk"), query, _speaker_texts)


def find_published(*, forum: Forum, query: str, language: str) -> Iterator[SpeakerCard]:
    """Speakers of the newest release who consent to publication, by name."""
    programme = released_programme(forum, language=language) if forum.programme_public else None
    cards = speaker_cards(forum, programme=programme, language=language) if programme else []
    return _matching(cards, query, lambda card: [card.searched])


def find_visits(*, forum: Forum, query: str) -> Iterator[VisitProgramme]:
    """Plants that receive guests; they are public."""
    rows = VisitProgramme.objects.filter(forum=forum).select_related("host").order_by("pk")
    return _matching(rows, query, _visit_texts)


def _matching(rows: Iterable[Row], query: str, texts: Callable[[Row], Iterable[str]]) -> Iterator[Row]:
    """Rows whose texts contain every word of the query."""
    words = search_words(query)
    if not words:
        return
    for row in rows:
        text = searchable(texts(row))
        if all(word in text for word in words):
            yield row


def _session_texts(session: Session) -> list[str]:
    return [*texts_of(session, "title").values(), *texts_of(session.track, "name").values(), session.slug]


def _speaker_texts(speaker: Speaker) -> list[Any]:
    return [*spellings(speaker), speaker.patronymic, *texts_of(speaker.organisation, "name").values()]


def _visit_texts(programme: VisitProgramme) -> list[str]:
    host = programme.host
    named = [(programme, "title"), (programme, "city"), (host, "name"), (host, "short_name")]
    return [text for row, field in named for text in texts_of(row, field).values()]
