"""Publishing: a release is an immutable, numbered snapshot, and the database keeps one hall for one session at a time."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from agenda.engine.changes import changes
from agenda.engine.clashes import Clash, Use, clashes
from agenda.models import HallUse, Release, Session
from agenda.queries.snapshot import draft_sessions, hall_key, halls_of, snapshot_of
from forum.actions.audit import record
from forum.errors import DomainError
from forum.models import Account, Forum
from forum.templatetags.times import when_text

HALL_CONSTRAINT = "hall_holds_one_session"


@transaction.atomic
def publish_release(forum: Forum, *, note: str = "", by: Account | None) -> Release:
    """Freeze the draft programme under the next number, with the list of what differs from the release before.

    Publishing an unchanged programme again returns the release there is. Raises `DomainError("release.empty")` without
    sessions, and `release.clash` with every pair of sessions that share a hall or a speaker at one time.

    The edition's row is locked first, so releases come one after another; then the sessions, so that nobody edits one
    while it is read. Neither lock stands in the way of rows that merely refer to them (audit, links).
    """
    Forum.objects.select_for_update(no_key=True).get(pk=forum.pk)
    list(Session.objects.select_for_update(no_key=True).filter(forum=forum).order_by("pk").values_list("pk"))
    sessions = draft_sessions(forum)
    if not sessions:
        raise DomainError("release.empty", _("There are no sessions yet. Create one, then publish."))
    snapshot = snapshot_of(forum, sessions=sessions)
    before = forum.releases.first()
    if before and before.snapshot == snapshot:
        return before
    _refuse_speaker_clashes(sessions)
    release = forum.releases.create(
        number=before.number + 1 if before else 1,
        note=note,
        snapshot=snapshot,
        changes=changes(before.snapshot, snapshot) if before else [],
        published_by=by,
    )
    _occupy_halls(release, sessions=sessions)
    on = ("release", release.number)
    record("release.published", on=on, forum=forum, by=by, sessions=len(sessions), changes=len(release.changes))
    return release


def _occupy_halls(release: Release, *, sessions: list[Session]) -> None:
    """One row per session and hall. The exclusion constraint decides; we only put its refusal into words."""
    uses = [
        HallUse(release=release, session=session, hall=hall, period=session.period)
        for session in sessions
        for hall in halls_of(session)
    ]
    try:
        with transaction.atomic():
            HallUse.objects.bulk_create(uses)
    except IntegrityError as error:
        if _constraint(error) != HALL_CONSTRAINT:
            raise
        _refuse(_hall_clashes(sessions), sessions=sessions)
        raise


def _constraint(error: IntegrityError) -> str:
    return getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or ""


def _hall_clashes(sessions: list[Session]) -> list[Clash]:
    return clashes(
        Use(what=("hall", hall_key(hall)), session=session.slug, starts=session.period.lower, ends=session.period.upper)
        for session in sessions
        for hall in halls_of(session)
    )


def _refuse_speaker_clashes(sessions: list[Session]) -> None:
    """Nobody is announced on two stages at once (PRG-4)."""
    found = clashes(
        Use(
            what=("speaker", str(row.speaker.public_id)),
            session=session.slug,
            starts=session.period.lower,
            ends=session.period.upper,
        )
        for session in sessions
        for row in session.cast.all()
    )
    if found:
        _refuse(_hall_clashes(sessions) + found, sessions=sessions)


def _refuse(found: list[Clash], *, sessions: list[Session]) -> None:
    """Say which sessions clash, where and when; the whole list, so that one correction round is enough."""
    if not found:
        return
    by_slug = {session.slug: session for session in sessions}
    lines = [_sentence(clash, by_slug=by_slug) for clash in found]
    message = _("The programme cannot be published yet. Move one session of each pair, then publish again.")
    raise DomainError("release.clash", "\n".join([message, *lines]), clashes=[_facts(clash) for clash in found])


def _sentence(clash: Clash, *, by_slug: dict[str, Session]) -> str:
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


def _facts(clash: Clash) -> dict[str, Any]:
    kind, key = clash.what
    return {
        "kind": kind,
        "key": key,
        "sessions": list(clash.sessions),
        "starts": clash.starts.isoformat(),
        "ends": clash.ends.isoformat(),
    }
