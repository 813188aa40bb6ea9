"""New tracks, speakers and sessions. Sessions are drafts for their editors: the public sees releases only."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from agenda.actions.cast import Part, write_cast
from agenda.actions.session_checks import check_session
from agenda.actions.texts import Texts, columns
from agenda.enums import Admission, SessionKind
from agenda.models import Hall, Session, Speaker, Track
from forum.actions.audit import record
from forum.models import Account, Forum, Organisation, Region
from registration.enums import PoolKind
from registration.models import Pool


@transaction.atomic
def create_track(forum: Forum, *, code: str, name: Texts, position: int, by: Account | None) -> Track:
    """A theme of the programme."""
    track = Track.objects.create(forum=forum, code=code, position=position, **columns(name=name))
    record("track.created", on=("track", code), forum=forum, by=by)
    return track


@transaction.atomic
def create_speaker(
    forum: Forum,
    *,
    surname: str,
    given_name: str = "",
    patronymic: str = "",
    latin_surname: str,
    latin_given_name: str = "",
    native_name: str = "",
    position: Texts,
    organisation: Organisation,
    region: Region,
    languages: Sequence[str],
    remote: bool = False,
    publication_consent: bool = False,
    by: Account | None,
) -> Speaker:
    """Somebody on stage. Until they consent to publication, pages say “speaker to be announced”."""
    speaker = Speaker.objects.create(
        forum=forum,
        surname=surname,
        given_name=given_name,
        patronymic=patronymic,
        latin_surname=latin_surname,
        latin_given_name=latin_given_name,
        native_name=native_name,
        organisation=organisation,
        region=region,
        languages=list(languages),
        remote=remote,
        publication_consent=publication_consent,
        **columns(position=position),
    )
    on = ("speaker", speaker.public_id)
    record("speaker.created", on=on, forum=forum, by=by, publication_consent=publication_consent)
    return speaker


@transaction.atomic
def set_publication_consent(speaker: Speaker, *, given: bool, by: Account | None) -> None:
    """Name or hide a speaker on every public page, at once: released programmes look the consent up live."""
    if Speaker.objects.filter(pk=speaker.pk).exclude(publication_consent=given).update(publication_consent=given):
        action = "speaker.publication_allowed" if given else "speaker.publication_refused"
        record(action, on=("speaker", speaker.public_id), forum=speaker.forum, by=by)
    speaker.publication_consent = given


@transaction.atomic
def create_session(
    forum: Forum,
    *,
    slug: str,
    title: Texts,
    track: Track,
    kind: SessionKind,
    admission: Admission,
    host_region: Region,
    hall: Hall,
    starts: datetime,
    ends: datetime,
    languages: Sequence[str],
    interpretation: Sequence[str] = (),
    linked_halls: Iterable[Hall] = (),
    co_hosts: Iterable[Region] = (),
    managed_by: Iterable[Organisation] = (),
    cast: Sequence[Part] = (),
    places: int | None = None,
    by: Account | None,
) -> Session:
    """A draft session with its halls and cast; `places` makes it one with limited places.

    Drafts may clash with one another, releases may not. Raises `DomainError` when the session cannot work by itself.
    """
    linked = list(linked_halls)
    check_session(
        hall=hall, linked=linked, starts=starts, ends=ends, interpretation=interpretation, cast=cast, places=places
    )
    session = Session.objects.create(
        forum=forum,
        slug=slug,
        track=track,
        kind=kind,
        admission=admission,
        host_region=host_region,
        hall=hall,
        period=DateTimeTZRange(starts, ends),
        languages=list(languages),
        interpretation=list(interpretation),
        pool=None if places is None else Pool.objects.create(kind=PoolKind.SEATS, places=places),
        **columns(title=title),
    )
    session.linked_halls.set(linked)
    session.co_hosts.set(co_hosts)
    session.managed_by.set(managed_by)
    write_cast(session, cast=cast)
    record("session.created", on=("session", slug), forum=forum, by=by, host_region=host_region.code)
    return session
