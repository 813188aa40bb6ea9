"""New tracks and sessions. Sessions are drafts for their editors: the public sees releases only."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NotRequired, TypedDict, Unpack

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from agenda.actions.cast import Part, write_cast
from agenda.actions.session_checks import check_session
from agenda.actions.texts import Texts, free_columns, line_columns
from agenda.enums import Admission, SessionKind
from agenda.models import Hall, Session, Track
from forum.actions.audit import record
from forum.models import Account, Forum, Organisation, Region
from registration.enums import PoolKind
from registration.models import Pool


@transaction.atomic
def create_track(forum: Forum, *, code: str, name: Texts, position: int, by: Account | None) -> Track:
    """A theme of the programme."""
    track = Track.objects.create(forum=forum, code=code, position=position, **line_columns(name=name))
    record("track.created", on=("track", code), forum=forum, by=by)
    return track


class SessionFacts(TypedDict):
    """What a session is; when and where stands beside."""

    slug: str
    track: Track
    kind: SessionKind
    admission: Admission
    host_region: Region
    languages: list[str]
    interpretation: NotRequired[list[str]]


@transaction.atomic
def create_session(
    forum: Forum,
    *,
    title: Texts,
    description: Texts | None = None,
    hall: Hall,
    starts: datetime,
    ends: datetime,
    linked_halls: Sequence[Hall] = (),
    co_hosts: Iterable[Region] = (),
    managed_by: Iterable[Organisation] = (),
    cast: Sequence[Part] = (),
    places: int | None = None,
    by: Account | None,
    **facts: Unpack[SessionFacts],
) -> Session:
    """A draft session with its halls and cast; `places` makes it one with limited places.

    Drafts may clash with one another, releases may not. Raises `DomainError` when the session cannot work by itself.
    """
    check_session(
        hall=hall,
        linked=linked_halls,
        starts=starts,
        ends=ends,
        interpretation=facts.get("interpretation", []),
        cast=cast,
        places=places,
    )
    texts = line_columns(title=title) | free_columns(description=description or {})
    pool = None if places is None else Pool.objects.create(kind=PoolKind.SEATS, places=places)
    period = DateTimeTZRange(starts, ends)
    session = Session.objects.create(forum=forum, hall=hall, period=period, pool=pool, **facts, **texts)
    session.linked_halls.set(linked_halls)
    session.co_hosts.set(co_hosts)
    session.managed_by.set(managed_by)
    write_cast(session, cast=cast)
    on = ("session", session.slug)
    record("session.created", on=on, forum=forum, by=by, host_region=session.host_region.code)
    return session
