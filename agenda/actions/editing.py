"""Changes of a session by its editors. Of two edits of one version the later one is refused (PRG-3)."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.timezone import now
from django.utils.translation import gettext as _

from agenda.actions.cast import Part, cast_of, write_cast
from agenda.actions.session_checks import check_session
from agenda.actions.texts import Texts, columns
from agenda.models import Hall, Session
from forum.actions.audit import record
from forum.errors import DomainError
from forum.models import Account


@transaction.atomic
def move_session(
    session: Session,
    *,
    version: int,
    hall: Hall,
    starts: datetime,
    ends: datetime,
    linked_halls: Iterable[Hall] = (),
    by: Account | None,
) -> Session:
    """Give a session another time or hall, in the draft. The public learns of it by the next release."""
    locked = _locked(session, version=version)
    linked = list(linked_halls)
    check_session(
        hall=hall,
        linked=linked,
        starts=starts,
        ends=ends,
        interpretation=locked.interpretation,
        cast=cast_of(locked),
        places=locked.pool.places if locked.pool else None,
    )
    was = _place(locked)
    locked.hall = hall
    locked.period = DateTimeTZRange(starts, ends)
    locked.linked_halls.set(linked)
    return _saved(locked, "session.moved", fields=["hall", "period"], by=by, was=was, now=_place(locked))


@transaction.atomic
def retitle_session(session: Session, *, version: int, title: Texts, by: Account | None) -> Session:
    """Another title, in every language given."""
    locked = _locked(session, version=version)
    texts = columns(title=title)
    for column, text in texts.items():
        setattr(locked, column, text)
    return _saved(locked, "session.retitled", fields=[*texts], by=by, languages=sorted(title))


@transaction.atomic
def recast_session(session: Session, *, version: int, cast: Sequence[Part], by: Account | None) -> Session:
    """Other speakers, in a new order."""
    locked = _locked(session, version=version)
    check_session(
        hall=locked.hall,
        linked=[*locked.linked_halls.all()],
        starts=locked.period.lower,
        ends=locked.period.upper,
        interpretation=locked.interpretation,
        cast=cast,
    )
    write_cast(locked, cast=cast)
    return _saved(locked, "session.recast", fields=[], by=by, speakers=[str(part.speaker.public_id) for part in cast])


@transaction.atomic
def cancel_session(session: Session, *, version: int, reason: str, by: Account | None) -> Session:
    """Leave a session out of the next release. Safe to ask twice."""
    if session.cancelled_at:
        return session
    locked = _locked(session, version=version)
    locked.cancelled_at = now()
    return _saved(locked, "session.cancelled", fields=["cancelled_at"], by=by, reason=reason)


def _locked(session: Session, *, version: int) -> Session:
    """The row under its lock. Raises `DomainError("session.stale")` when somebody has saved since `version`.

    Locked alone and read afterwards: a lock on a join finds no row when the other editor has changed the hall meanwhile.
    """
    Session.objects.select_for_update(no_key=True).get(pk=session.pk)
    locked = Session.objects.select_related("forum", "hall", "pool").get(pk=session.pk)
    if locked.version != version or locked.cancelled_at:
        message = _("Somebody has changed this session meanwhile. Look at the new version and repeat your change.")
        raise DomainError("session.stale", message, session=locked.slug, yours=version, current=locked.version)
    return locked


def _saved(session: Session, action: str, *, fields: list[str], by: Account | None, **data: Any) -> Session:
    session.version += 1
    session.save(update_fields=[*fields, "version"])
    record(action, on=("session", session.slug), forum=session.forum, by=by, version=session.version, **data)
    return session


def _place(session: Session) -> dict[str, str]:
    return {
        "hall": session.hall.slug,
        "starts": session.period.lower.isoformat(),
        "ends": session.period.upper.isoformat(),
    }
