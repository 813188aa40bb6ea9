"""What the team's search finds among sessions, speakers and plants, for whom.

The programme is small (hundreds of rows), so the folded spellings are compared here; each search is a constant number of
queries.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from django.db.models import Q

from agenda.engine.programme import searchable
from agenda.models import Session, SessionSpeaker, Speaker, VisitProgramme
from agenda.queries.texts import texts_of
from forum.enums import Role, ScopeKind
from forum.models import Forum
from forum.names import search_words
from forum.queries.access import User, has_role, scopes_of

Row = TypeVar("Row")


def find_sessions(user: User, *, forum: Forum, query: str) -> Iterator[Session]:
    """Editors find drafts, a partner region those it hosts or co-hosts, everybody else what has been released."""
    rows = Session.objects.filter(_sessions_of(user), forum=forum, cancelled_at=None).distinct()
    found = rows.select_related("hall__venue", "track").order_by("period", "pk")
    return _matching(found, query, _session_texts)


def find_speakers(user: User, *, forum: Forum, query: str) -> Iterator[Speaker]:
    """Editors find all, a partner region its own and those of its sessions, others those who consent to publication."""
    rows = Speaker.objects.filter(_speakers_of(user), forum=forum).distinct()
    found = rows.select_related("organisation", "region").order_by("surname", "given_name", "pk")
    return _matching(found, query, _speaker_texts)


def find_visits(*, forum: Forum, query: str) -> Iterator[VisitProgramme]:
    """Plants that receive guests; they are public."""
    found = VisitProgramme.objects.filter(forum=forum).select_related("host").order_by("pk")
    return _matching(found, query, _visit_texts)


def first_sessions(speakers: Iterable[Speaker]) -> dict[int, str]:
    """The slug of the first session of each speaker that has one; one query."""
    cast = SessionSpeaker.objects.filter(speaker__in=list(speakers), session__cancelled_at=None)
    rows = cast.order_by("-session__period").values_list("speaker_id", "session__slug")
    return dict(rows)


def _sessions_of(user: User) -> Q:
    if has_role(user, Role.PROGRAMME_EDITOR):
        return Q()
    regions = scopes_of(user, Role.PARTNER_EDITOR, ScopeKind.REGION)
    if regions:
        return Q(host_region__code__in=regions) | Q(co_hosts__code__in=regions)
    return Q(hall_uses__isnull=False)


def _speakers_of(user: User) -> Q:
    if has_role(user, Role.PROGRAMME_EDITOR):
        return Q()
    regions = scopes_of(user, Role.PARTNER_EDITOR, ScopeKind.REGION)
    if regions:
        return Q(region__code__in=regions) | Q(sessions__host_region__code__in=regions)
    return Q(publication_consent=True)


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
    names = [speaker.surname, speaker.given_name, speaker.patronymic, speaker.latin_surname, speaker.latin_given_name]
    return [*names, speaker.native_name, *texts_of(speaker.organisation, "name").values()]


def _visit_texts(programme: VisitProgramme) -> list[str]:
    host = programme.host
    named = [(programme, "title"), (programme, "city"), (host, "name"), (host, "short_name")]
    return [text for row, field in named for text in texts_of(row, field).values()]
