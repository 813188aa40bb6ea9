"""The released programme as entries of a calendar: one query beside the programme's two."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from agenda.engine.calendar import Entry, Revision, cancelled, last_changes, session_uid
from agenda.engine.programme import Hall, Item
from agenda.engine.texts import in_language
from agenda.enums import SessionKind
from agenda.models import Release
from agenda.queries.programme import released_programme
from forum.models import Forum
from registration.enums import SpokenLanguage


def programme_entries(forum: Forum, *, language: str, at: datetime) -> list[tuple[str, Entry]]:
    """(slug, entry) of every released session, then of those that left the programme lately. Empty before a release."""
    programme = released_programme(forum, language=language)
    if programme is None:
        return []
    revisions = _revisions(forum)
    changed = last_changes(revisions)
    entries = [
        (item.slug, _entry(item, forum=forum, last=changed.get(item.slug, revisions[0]))) for item in programme.items
    ]
    released = {item.slug for item in programme.items}
    gone = {slug: found for slug, found in cancelled(revisions, at=at).items() if slug not in released}
    lost = [(slug, _lost(line, revision, forum=forum, language=language)) for slug, (line, revision) in gone.items()]
    return entries + lost


def _revisions(forum: Forum) -> list[Revision]:
    rows = Release.objects.filter(forum=forum).order_by("number").values("number", "published_at", "changes")
    return [Revision(**row) for row in rows]


def _entry(item: Item, *, forum: Forum, last: Revision) -> Entry:
    return Entry(
        uid=session_uid(forum.slug, item.slug),
        sequence=last.number - 1,
        changed_at=last.published_at,
        starts=item.starts,
        ends=item.ends,
        title=item.title,
        place=_place(item.hall),
        lines=tuple(_lines(item)),
    )


def _lines(item: Item) -> list[str]:
    """What one wants to know without opening the page. Nobody is named who has not agreed to it."""
    kind = str(SessionKind(item.kind).label)
    lines = [f"{kind}. {item.track.name}" if item.has_theme else kind]
    if item.description:
        lines.append(item.description)
    lines.append(f"{_('Spoken')}: {_languages(item.languages)}")
    if item.interpretation:
        lines.append(f"{_('Interpretation')}: {_languages(item.interpretation)}")
    if names := ", ".join(member.name for member in item.cast if member.name):
        lines.append(f"{_('On stage')}: {names}")
    return lines


def _languages(codes: tuple[str, ...]) -> str:
    return ", ".join(str(SpokenLanguage(code).label) for code in codes)


def _place(hall: Hall) -> str:
    return ", ".join(part for part in (hall.name, hall.venue, hall.city) if part)


def _lost(line: Mapping[str, Any], revision: Revision, *, forum: Forum, language: str) -> Entry:
    """A session that left: as the release before knew it, since later ones know nothing of it."""
    was = line["was"]
    return Entry(
        uid=session_uid(forum.slug, str(line["session"])),
        sequence=revision.number - 1,
        changed_at=revision.published_at,
        starts=datetime.fromisoformat(was["starts"]),
        ends=datetime.fromisoformat(was["ends"]),
        title=_("Cancelled: %(title)s") % {"title": in_language(line["title"], language)},
        place=", ".join(in_language(texts, language) for texts in was["halls"]),
        is_cancelled=True,
    )
