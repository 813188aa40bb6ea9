"""Pairs of drafts that cannot both be published: one hall, or one person, at one time (PRG-4)."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from agenda.engine.clashes import Clash, Use, clashes
from agenda.models import Session
from agenda.queries.snapshot import hall_key, halls_of
from forum.templatetags.times import when_text


def hall_clashes(sessions: Sequence[Session]) -> list[Clash]:
    """Sessions of `draft_sessions` that share a hall, linked halls included."""
    return clashes(
        Use(what=("hall", hall_key(hall)), session=session.slug, starts=session.period.lower, ends=session.period.upper)
        for session in sessions
        for hall in halls_of(session)
    )


def speaker_clashes(sessions: Sequence[Session]) -> list[Clash]:
    """Sessions that announce one person on two stages at once."""
    return clashes(
        Use(
            what=("speaker", str(row.speaker.public_id)),
            session=session.slug,
            starts=session.period.lower,
            ends=session.period.upper,
        )
        for session in sessions
        for row in session.cast.all()
    )


def clash_sentences(found: Sequence[Clash], *, sessions: Sequence[Session]) -> list[str]:
    """Which two sessions, where and when: one sentence for each pair."""
    by_slug = {session.slug: session for session in sessions}
    return [_sentence(clash, by_slug=by_slug) for clash in found]


def _sentence(clash: Clash, *, by_slug: Mapping[str, Session]) -> str:
    first, second = (by_slug[slug] for slug in clash.sessions)
    kind, key = clash.what
    return _("%(when)s, %(what)s: “%(first)s” and “%(second)s”.") % {
        "when": when_text(clash.starts, zone=first.hall.venue.timezone, end=clash.ends),
        "what": _hall_name(key, sessions=(first, second)) if kind == "hall" else _("the same speaker"),
        "first": first.title,
        "second": second.title,
    }


def _hall_name(key: str, *, sessions: tuple[Session, ...]) -> str:
    return next(hall.name for session in sessions for hall in halls_of(session) if hall_key(hall) == key)
