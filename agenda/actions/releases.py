"""Publishing: a release is an immutable, numbered snapshot, and the database keeps one hall for one session at a time."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from agenda.actions.released_places import follow_release
from agenda.engine.changes import changes
from agenda.engine.clashes import Clash
from agenda.models import HallUse, Release, Session
from agenda.queries.clashes import clash_sentences, hall_clashes, speaker_clashes
from agenda.queries.snapshot import draft_sessions, halls_of, snapshot_of
from forum.actions.audit import record
from forum.errors import DomainError
from forum.models import Account, Forum

HALL_CONSTRAINT = "hall_holds_one_session"


@transaction.atomic
def publish_release(forum: Forum, *, note: str = "", by: Account | None) -> Release:
    """Freeze the draft programme under the next number, with the list of what differs from the release before.

    Publishing an unchanged programme again returns the release there is. Raises `DomainError("release.empty")` without
    sessions, `release.clash` with every pair of sessions that share a hall or a speaker at one time, and
    `release.displaces` when people with a place in a moved session have another one at its new time.

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
    if on_two_stages := speaker_clashes(sessions):
        _refuse(hall_clashes(sessions) + on_two_stages, sessions=sessions)
    release = forum.releases.create(
        number=before.number + 1 if before else 1,
        note=note,
        snapshot=snapshot,
        changes=changes(before.snapshot, snapshot) if before else [],
        published_by=by,
    )
    _occupy_halls(release, sessions=sessions)
    if before:
        follow_release(before, release, by=by)
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
        _refuse(hall_clashes(sessions), sessions=sessions)
        raise


def _constraint(error: IntegrityError) -> str:
    return getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or ""


def _refuse(found: list[Clash], *, sessions: list[Session]) -> None:
    """Say which sessions clash, where and when; the whole list, so that one correction round is enough."""
    if not found:
        return
    lines = clash_sentences(found, sessions=sessions)
    message = _("The programme cannot be published yet. Move one session of each pair, then publish again.")
    raise DomainError("release.clash", "\n".join([message, *lines]), clashes=[_facts(clash) for clash in found])


def _facts(clash: Clash) -> dict[str, Any]:
    kind, key = clash.what
    return {
        "kind": kind,
        "key": key,
        "sessions": list(clash.sessions),
        "starts": clash.starts.isoformat(),
        "ends": clash.ends.isoformat(),
    }
