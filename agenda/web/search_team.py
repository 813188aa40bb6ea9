"""Our rooms of the team's search box: what was found, as lines with a way to the thing."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from agenda.models import Session, Speaker, VisitProgramme
from agenda.queries.search import find_sessions, find_speakers, find_visits, first_sessions
from agenda.queries.speakers import published_name
from forum.models import Forum
from forum.queries.access import User
from forum.registry import Hit, SearchRoom
from forum.templatetags.times import when_text


def session_hits(user: User, forum: Forum, query: str) -> Iterator[Hit]:
    """Title, time, hall."""
    for session in find_sessions(user, forum=forum, query=query):
        yield Hit(title=session.title, text=_session_line(session, forum), url=_session_url(session.slug))


def _session_line(session: Session, forum: Forum) -> str:
    period = session.period
    return f"{when_text(period.lower, zone=forum.timezone, end=period.upper)} · {session.hall.name}"


def _session_url(slug: str) -> str:
    return f"{reverse('agenda:programme')}?day=all#{slug}"


def speaker_hits(user: User, forum: Forum, query: str) -> Iterator[Hit]:
    """Name, position, organisation; the way leads to the first session of the person."""
    speakers = list(find_speakers(user, forum=forum, query=query))
    sessions = first_sessions(speakers)
    for speaker in speakers:
        url = _session_url(sessions[speaker.pk]) if speaker.pk in sessions else reverse("agenda:programme")
        yield Hit(title=_speaker_name(speaker), text=f"{speaker.position}, {speaker.organisation}", url=url)


def _speaker_name(speaker: Speaker) -> str:
    return published_name(speaker, language=get_language() or "ru")


def visit_hits(user: User, forum: Forum, query: str) -> Iterator[Hit]:
    """Title and plant."""
    for programme in find_visits(forum=forum, query=query):
        yield Hit(title=programme.title, text=_plant(programme), url=f"{reverse('agenda:visits')}#{programme.slug}")


def _plant(programme: VisitProgramme) -> str:
    return f"{programme.host}, {programme.city}"


ROOMS = (
    SearchRoom("sessions", _("Sessions"), "programme", 200, "forum.enter_team", session_hits),
    SearchRoom("speakers", _("Speakers"), "opinions", 300, "forum.enter_team", speaker_hits),
    SearchRoom("plants", _("Plants"), "plant", 400, "forum.enter_team", visit_hits),
)
