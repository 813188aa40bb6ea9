"""What differs between two releases, as codes that stay readable years later. Snapshots: `queries/snapshot.py`."""

from collections.abc import Callable, Mapping
from typing import Any

from agenda.enums import Change

Facts = Mapping[str, Any]


def _part(*keys: str) -> Callable[[Facts], dict[str, Any]]:
    # A fact that did not exist yet when an older release was made counts as empty.
    return lambda session: {key: session.get(key, {}) for key in keys}


COMPARED: dict[Change, Callable[[Facts], dict[str, Any]]] = {
    Change.MOVED_TIME: _part("starts", "ends"),
    Change.MOVED_HALL: _part("hall", "linked"),
    Change.RETITLED: _part("title"),
    Change.DESCRIPTION: _part("description"),
    Change.SPEAKERS: _part("cast"),
    Change.LANGUAGES: _part("languages", "interpretation"),
    Change.ADMISSION: _part("admission", "places"),
}
"""A move in time and a move to another hall are different news (PRG-8), hence separate lines."""


def changes(before: Facts, after: Facts) -> list[dict[str, Any]]:
    """Differences of two snapshots, in the order of the newer programme, cancelled sessions last.

    A hall is carried as its texts, because a later release may no longer know it.
    """
    old = {session["slug"]: session for session in before["sessions"]}
    new = {session["slug"]: session for session in after["sessions"]}
    lines = []
    for slug, session in new.items():
        if slug in old:
            lines += _differences(old[slug], session, before=before, after=after)
        else:
            lines.append(_line(Change.NEW, session, now=_shown(session, snapshot=after)))
    gone = [session for slug, session in old.items() if slug not in new]
    return lines + [_line(Change.CANCELLED, session, was=_shown(session, snapshot=before)) for session in gone]


def _differences(was: Facts, now: Facts, *, before: Facts, after: Facts) -> list[dict[str, Any]]:
    return [
        _line(code, now, was=_facts(code, was, snapshot=before), now=_facts(code, now, snapshot=after))
        for code, part in COMPARED.items()
        if part(was) != part(now)
    ]


def _line(code: Change, session: Facts, *, was: Facts | None = None, now: Facts | None = None) -> dict[str, Any]:
    return {"code": code.value, "session": session["slug"], "title": session["title"], "was": was, "now": now}


def _shown(session: Facts, *, snapshot: Facts) -> dict[str, Any]:
    """Time and halls, for a session that appears or goes."""
    return _part("starts", "ends")(session) | _halls(session, snapshot=snapshot)


def _facts(code: Change, session: Facts, *, snapshot: Facts) -> dict[str, Any]:
    return _halls(session, snapshot=snapshot) if code == Change.MOVED_HALL else COMPARED[code](session)


def _halls(session: Facts, *, snapshot: Facts) -> dict[str, Any]:
    return {"halls": [snapshot["halls"][key]["name"] for key in (session["hall"], *session["linked"])]}
