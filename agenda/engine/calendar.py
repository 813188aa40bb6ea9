"""Entries of a calendar as plain data: what a file for phones and calendars says of sessions and visits."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from agenda.enums import Change

DOMAIN = "industrial-tourism-forum"
"""Right part of every UID. It never follows the host name: an entry must be recognised after a move to another one."""
SHOWN_CANCELLED = timedelta(days=30)
"""How long a session that left the programme stands in it as cancelled, so that subscribed calendars take it out."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One entry. `sequence` grows with every change, `changed_at` is when it last did."""

    uid: str
    sequence: int
    changed_at: datetime
    starts: datetime
    ends: datetime
    title: str
    place: str
    lines: tuple[str, ...] = ()
    url: str = ""
    is_cancelled: bool = False


@dataclass(frozen=True, kw_only=True)
class Revision:
    """A release as far as calendars ask: its number, its time, and its lines of change (`engine/changes.py`)."""

    number: int
    published_at: datetime
    changes: list[Mapping[str, Any]]


def session_uid(forum: str, slug: str) -> str:
    """The same for ever, in every language, in feeds and in letters; `forum` is the slug of the edition."""
    return f"session.{slug}.{forum}@{DOMAIN}"


def run_uid(forum: str, visit: str, run: str, *, part: int = 1) -> str:
    """The same for ever; a run with free time in between has several parts, counted from 1."""
    return f"visit.{visit}.{run}{f'.{part}' if part > 1 else ''}.{forum}@{DOMAIN}"


def last_changes(revisions: Iterable[Revision]) -> dict[str, Revision]:
    """Session -> the newest release that changed it; sessions never changed since the first release are not in it."""
    in_order = sorted(revisions, key=lambda revision: revision.number)
    return {str(line["session"]): revision for revision in in_order for line in revision.changes}


def cancelled(revisions: Iterable[Revision], *, at: datetime) -> dict[str, tuple[Mapping[str, Any], Revision]]:
    """Sessions that left the programme within `SHOWN_CANCELLED` before `at`, with the line that says so."""
    recent = sorted(
        (revision for revision in revisions if at - revision.published_at < SHOWN_CANCELLED),
        key=lambda revision: revision.number,
    )
    lines = {str(line["session"]): (line, revision) for revision in recent for line in revision.changes}
    return {slug: found for slug, found in lines.items() if found[0]["code"] == Change.CANCELLED}
