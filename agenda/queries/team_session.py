"""One session as its team reads it: draft beside release, who changed what."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from agenda.engine.changes import changes
from agenda.engine.programme import ChangeLine, Item
from agenda.enums import DraftState
from agenda.models import Proposal, Release, Session, SessionSpeaker
from agenda.queries.programme import Reader
from agenda.queries.proposals import with_everything
from agenda.queries.snapshot import draft_sessions, snapshot_of
from agenda.queries.speakers import published_speakers
from agenda.queries.team_programme import state_of
from agenda.queries.visibility import speakers_visible_to
from forum.models import AuditEntry
from forum.queries.access import User


@dataclass(frozen=True)
class Draft:
    """A session's draft in the reader's language, and how it differs from release `release` (None before the first)."""

    item: Item
    state: DraftState
    changes: list[ChangeLine]
    release: Release | None


def draft_of(user: User, session: Session, *, language: str) -> Draft | None:
    """None for a session that is cancelled: it has no draft any more."""
    forum = session.forum
    rows = draft_sessions(forum, only=session)
    if not rows:
        return None
    release = Release.objects.filter(forum=forum).order_by("-number").first()
    after = snapshot_of(forum, sessions=rows)
    facts = after["sessions"][0]
    before = _alone(release, session) if release else None
    known = {str(s.public_id): s for s in speakers_visible_to(user).select_related("organisation", "region")}
    reader = Reader(after, speakers=published_speakers(forum) | known, language=language)
    lines = changes(before, after) if before and before["sessions"] else []
    released = before["sessions"][0] if before and before["sessions"] else None
    state = state_of(facts, released=released)
    return Draft(reader.item(facts), state, [reader.change(line) for line in lines], release if released else None)


def _alone(release: Release, session: Session) -> dict[str, Any]:
    """The release with this session only."""
    rows = [facts for facts in release.snapshot["sessions"] if facts["slug"] == session.slug]
    return release.snapshot | {"sessions": rows}


def cast_rows(session: Session) -> list[SessionSpeaker]:
    """Who is on stage, in order."""
    return list(session.cast.select_related("speaker__organisation", "speaker__region"))


def history_of(session: Session) -> QuerySet[AuditEntry]:
    """Who did what with the session, newest first."""
    return AuditEntry.objects.filter(
        forum=session.forum_id, object_kind="session", object_id=session.slug
    ).select_related("actor")


def proposals_of(session: Session) -> list[Proposal]:
    """The newest first. The caller has made sure that the session may be seen."""
    return list(with_everything(session.proposals.all()))
