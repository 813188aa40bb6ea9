"""Our rooms of the team's search box: what was found, as lines with a way to the thing."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from agenda.models import Speaker, VisitProgramme
from agenda.queries.search import find_drafts, find_published, find_released, find_speakers, find_visits
from agenda.queries.speakers import listed_name
from agenda.queries.visibility import speakers_editable_by
from forum.models import Forum
from forum.queries.access import User
from forum.registry import Hit, SearchRoom
from forum.templatetags.times import when_text

EDIT = "agenda.edit_sessions"


def session_hits(user: User, forum: Forum, query: str) -> Iterator[Hit]:
    """Title, time, hall: drafts for those who edit them, the released programme for everybody else."""
    if user.has_perm(EDIT):
        for session in find_drafts(user, forum=forum, query=query):
            line = _line(forum, session.period.lower, session.period.upper, session.hall.name)
            yield Hit(title=session.title, text=line, url=reverse("programme:session", args=[session.slug]))
    else:
        for item in find_released(forum=forum, query=query, language=_language()):
            line = _line(forum, item.starts, item.ends, item.hall.name)
            yield Hit(title=item.title, text=line, url=_session_page(item.slug))


def speaker_hits(user: User, forum: Forum, query: str) -> Iterator[Hit]:
    """Name, position, organisation. Editors come to the entry, where it is theirs to change."""
    if user.has_perm(EDIT):
        mine = set(speakers_editable_by(user).filter(forum=forum).values_list("pk", flat=True))
        for speaker in find_speakers(user, forum=forum, query=query):
            text = f"{speaker.position}, {speaker.organisation}"
            url = _own_page(speaker) if speaker.pk in mine else _page_of_guest(speaker)
            yield Hit(title=listed_name(speaker, language=_language()), text=text, url=url)
    else:
        for card in find_published(forum=forum, query=query, language=_language()):
            text = f"{card.position}, {card.organisation}"
            yield Hit(title=card.listed, text=text, url=_speaker_page(card.key))


def visit_hits(user: User, forum: Forum, query: str) -> Iterator[Hit]:
    """Title and plant."""
    for programme in find_visits(forum=forum, query=query):
        yield Hit(title=programme.title, text=_plant(programme), url=reverse("agenda:visit", args=[programme.slug]))


def _language() -> str:
    return get_language() or "ru"


def _line(forum: Forum, starts: datetime, ends: datetime, hall: str) -> str:
    return f"{when_text(starts, zone=forum.timezone, end=ends)} · {hall}"


def _session_page(slug: str) -> str:
    return reverse("agenda:session", args=[slug])


def _speaker_page(key: object) -> str:
    return reverse("agenda:speaker", args=[key])


def _own_page(speaker: Speaker) -> str:
    return reverse("programme:speaker", args=[speaker.public_id])


def _page_of_guest(speaker: Speaker) -> str:
    """Somebody of another side on one's own stage; who is not named on the site has no page there."""
    return _speaker_page(speaker.public_id) if speaker.publication_consent else reverse("programme:room")


def _plant(programme: VisitProgramme) -> str:
    return f"{programme.host}, {programme.city}"


ROOMS = (
    SearchRoom("sessions", _("Sessions"), "programme", 200, "forum.enter_team", session_hits),
    SearchRoom("speakers", _("Speakers"), "opinions", 300, "forum.enter_team", speaker_hits),
    SearchRoom("plants", _("Plants"), "plant", 400, "forum.enter_team", visit_hits),
)
