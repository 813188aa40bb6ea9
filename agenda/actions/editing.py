"""Content of a session: its host region edits it at once. Of two edits of one version the later one is refused (PRG-3)."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from agenda.actions.cast import Part, cast_of, write_cast
from agenda.actions.session_checks import check_session
from agenda.actions.texts import Texts, free_columns, line_columns
from agenda.models import Session
from forum.actions.audit import record
from forum.errors import DomainError
from forum.models import Account


@transaction.atomic
def edit_session(
    session: Session,
    *,
    version: int,
    title: Texts | None = None,
    description: Texts | None = None,
    languages: Sequence[str] | None = None,
    interpretation: Sequence[str] | None = None,
    cast: Sequence[Part] | None = None,
    by: Account | None,
) -> Session:
    """Change what is given and leave the rest, in the draft. The public learns of it by the next release.

    Saving what is there already changes nothing. Raises `DomainError("session.stale")` for an older `version`.
    """
    locked = lock_session(session, version=version)
    wanted: dict[str, Any] = line_columns(title=title) if title is not None else {}
    wanted |= free_columns(description=description) if description is not None else {}
    wanted |= {"languages": list(languages)} if languages is not None else {}
    wanted |= {"interpretation": list(interpretation)} if interpretation is not None else {}
    was = {name: getattr(locked, name) or _empty(value) for name, value in wanted.items()}
    changed = [name for name, value in wanted.items() if was[name] != value]
    for name in changed:
        setattr(locked, name, wanted[name])
    before, after = cast_of(locked), list(cast) if cast is not None else cast_of(locked)
    if not changed and before == after:
        return locked
    _check(locked, cast=after)
    if before != after:
        write_cast(locked, cast=after)
    data: dict[str, Any] = {
        "was": {name: was[name] for name in changed},
        "now": {name: wanted[name] for name in changed},
    }
    data |= {} if before == after else {"cast_was": _ids(before), "cast": _ids(after)}
    return save_session(locked, "session.edited", fields=changed, by=by, **data)


@transaction.atomic
def cancel_session(session: Session, *, version: int, reason: str, by: Account | None) -> Session:
    """Leave a session out of the next release. Safe to ask twice."""
    if session.cancelled_at:
        return session
    locked = lock_session(session, version=version)
    locked.cancelled_at = now()
    return save_session(locked, "session.cancelled", fields=["cancelled_at"], by=by, reason=reason)


def lock_session(session: Session, *, version: int | None = None) -> Session:
    """The row under its lock. Raises `DomainError("session.stale")` when somebody has saved since `version`.

    Locked alone and read afterwards: a lock on a join finds no row when the other editor has changed the hall meanwhile.
    """
    Session.objects.select_for_update(no_key=True).get(pk=session.pk)
    related = ("forum__host_region", "host_region", "hall__venue__region", "hall__zone", "pool")
    locked = Session.objects.select_related(*related).get(pk=session.pk)
    if (version is not None and locked.version != version) or locked.cancelled_at:
        message = _("Somebody has changed this session meanwhile. Look at the new version and repeat your change.")
        raise DomainError("session.stale", message, session=locked.slug, yours=version, current=locked.version)
    return locked


def save_session(session: Session, action: str, *, fields: list[str], by: Account | None, **data: Any) -> Session:
    """Write `fields` under the next version, with its audit entry. The caller holds the lock."""
    session.version += 1
    session.save(update_fields=[*fields, "version"])
    record(action, on=("session", session.slug), forum=session.forum, by=by, version=session.version, **data)
    return session


def _check(session: Session, *, cast: Sequence[Part]) -> None:
    check_session(
        hall=session.hall,
        linked=[*session.linked_halls.all()],
        starts=session.period.lower,
        ends=session.period.upper,
        interpretation=session.interpretation,
        cast=cast,
        places=session.pool.places if session.pool else None,
    )


def _empty(value: Any) -> Any:
    """A column that was never written, as what an empty form sends."""
    return type(value)()


def _ids(cast: Sequence[Part]) -> list[str]:
    return [str(part.speaker.public_id) for part in cast]
