"""Drafts of sessions: what cannot work by itself is refused, and of two edits of one version the later one."""

from typing import Any

import pytest

from agenda.actions.cast import Part, cast_of
from agenda.actions.editing import cancel_session, edit_session
from agenda.actions.moving import move_session
from agenda.actions.speakers import set_publication_consent
from agenda.enums import SpeakerRole
from agenda.models import Session
from agenda.queries.snapshot import hall_key
from forum.errors import DomainError
from forum.models import AuditEntry, Forum
from tests.factories.agenda import at, make_hall, make_session, make_speaker, make_venue


@pytest.mark.parametrize(
    ("hall", "session", "code"),
    [
        ({}, {"starts": "11:00", "ends": "11:00"}, "session.period"),
        ({"booths": 1}, {"interpretation": ["en", "uz"]}, "session.booths"),
        ({"capacity": 30}, {"places": 31}, "session.places"),
        ({}, {"title": {"ru": "Только по-русски"}}, "texts.missing"),
        ({}, {"title": {"ru": "Р", "en": "E", "fr": "F"}}, "texts.missing"),
    ],
)
def test_impossible_session_is_refused(forum: Forum, hall: dict[str, Any], session: dict[str, Any], code: str) -> None:
    """Each with a message at its field."""
    with pytest.raises(DomainError) as refusal:
        make_session(forum, hall=make_hall(forum, **hall), **session)
    assert refusal.value.code == code
    assert refusal.value.fields
    assert not Session.objects.exists()


def test_remote_speaker_needs_a_linked_hall(forum: Forum) -> None:
    """Somebody in Tashkent cannot speak in a hall without a link."""
    with pytest.raises(DomainError, match=r"session\.not_hybrid"):
        make_session(forum, hall=make_hall(forum, hybrid=False), speakers=(make_speaker(forum, remote=True),))


def test_venue_needs_a_zone_that_exists(forum: Forum) -> None:
    """`Asia/Kemerovo` is no name of the zone database."""
    with pytest.raises(DomainError, match=r"venue\.zone"):
        make_venue(forum, timezone="Asia/Kemerovo")


def test_limited_session_has_a_pool(forum: Forum) -> None:
    """Places are always a pool."""
    session = make_session(forum, places=40)
    assert session.pool is not None
    assert (session.pool.places, session.pool.taken) == (40, 0)


def test_move_changes_draft_and_version(forum: Forum) -> None:
    """Time, hall and linked hall in one step, with an audit entry that says what was."""
    session, hall, link = make_session(forum), make_hall(forum), make_hall(forum)
    starts, ends = at(forum, "15:00"), at(forum, "16:00")
    move_session(session, version=1, hall=hall, starts=starts, ends=ends, linked_halls=[link], by=None)
    session.refresh_from_db()
    assert (session.hall, session.period.lower, session.version) == (hall, starts, 2)
    assert [*session.linked_halls.all()] == [link]
    entry = AuditEntry.objects.get(action="session.moved")
    assert entry.data["now"]["hall"] == hall_key(hall)


def test_second_edit_of_one_version_is_refused(forum: Forum) -> None:
    """The later editor learns of it and loses nothing silently (PRG-3)."""
    session = make_session(forum)
    edit_session(session, version=1, title={"ru": "Первый", "en": "First"}, by=None)
    with pytest.raises(DomainError) as refusal:
        edit_session(session, version=1, title={"ru": "Второй", "en": "Second"}, by=None)
    assert (refusal.value.code, refusal.value.status, refusal.value.data["current"]) == ("session.stale", 409, 2)
    session.refresh_from_db()
    assert session.title_en == "First"


def test_recast_keeps_the_order(forum: Forum) -> None:
    """The moderator comes first because the editor says so."""
    one, two = make_speaker(forum), make_speaker(forum)
    session = make_session(forum, speakers=(one, two))
    cast = [Part(two, SpeakerRole.MODERATOR), Part(one, SpeakerRole.SPEAKER)]
    edit_session(session, version=1, cast=cast, by=None)
    assert cast_of(session) == cast


def test_cancelled_session_takes_no_more_edits(forum: Forum) -> None:
    """Cancelling twice is one cancellation."""
    session = make_session(forum)
    cancelled = cancel_session(session, version=1, reason="the speaker is ill", by=None)
    assert cancel_session(cancelled, version=2, reason="again", by=None) == cancelled
    assert AuditEntry.objects.filter(action="session.cancelled").count() == 1
    with pytest.raises(DomainError, match=r"session\.stale"):
        edit_session(cancelled, version=2, title={"ru": "Поздно", "en": "Late"}, by=None)


def test_consent_is_audited_once(forum: Forum) -> None:
    """Asking for what already holds changes nothing."""
    speaker = make_speaker(forum)
    set_publication_consent(speaker, given=False, by=None)
    set_publication_consent(speaker, given=False, by=None)
    assert AuditEntry.objects.filter(action="speaker.publication_refused").count() == 1


def test_audit_holds_no_names(forum: Forum) -> None:
    """Names are personal: the audit knows a speaker by id."""
    make_speaker(forum)
    assert "Примерова" not in str([*AuditEntry.objects.values_list("data", "changed")])
