"""Releases: numbered, immutable, free of clashes, with a list of what has changed."""

from typing import Any

import pytest
from django.db import Error, transaction

from agenda.actions.cast import Part
from agenda.actions.editing import cancel_session, edit_session
from agenda.actions.moving import move_session
from agenda.actions.releases import publish_release
from agenda.enums import SpeakerRole
from agenda.models import HallUse, Release
from forum.errors import DomainError
from forum.models import Account, AuditEntry, Forum
from tests.factories.agenda import at, make_hall, make_session, make_speaker, make_venue


def test_release_freezes_the_draft(forum: Forum, organiser: Account) -> None:
    """Later edits do not reach what was published."""
    session = make_session(forum)
    release = publish_release(forum, by=organiser)
    edit_session(session, version=1, title={"ru": "Новое", "en": "New"}, by=organiser)
    release.refresh_from_db()
    assert release.number == 1
    assert release.published_by == organiser
    assert release.snapshot["sessions"][0]["title"] == {"ru": session.title_ru, "en": session.title_en}
    assert AuditEntry.objects.get(action="release.published").data == {"sessions": 1, "changes": 0}


def test_snapshot_holds_no_names_of_people(forum: Forum) -> None:
    """A release is for ever, consent is not."""
    speaker = make_speaker(forum)
    make_session(forum, speakers=(speaker,))
    release = publish_release(forum, by=None)
    assert release.snapshot["sessions"][0]["cast"] == [{"speaker": str(speaker.public_id), "role": "speaker"}]
    assert speaker.surname not in str(release.snapshot)


@pytest.mark.parametrize("change", [{"snapshot": {}}, {"number": 7}, {"note": "other"}])
def test_database_refuses_to_change_a_release(forum: Forum, change: dict[str, Any]) -> None:
    """A trigger holds it, whoever asks."""
    make_session(forum)
    release = publish_release(forum, by=None)
    with pytest.raises(Error, match="append-only"), transaction.atomic():
        Release.objects.filter(pk=release.pk).update(**change)
    with pytest.raises(Error, match="append-only"), transaction.atomic():
        HallUse.objects.filter(release=release).delete()


def test_publishing_twice_without_a_change_is_one_release(forum: Forum) -> None:
    """A double click does not confuse the public with a version that brings nothing."""
    make_session(forum)
    assert publish_release(forum, by=None) == publish_release(forum, by=None)
    assert Release.objects.count() == 1


def test_empty_programme_is_refused(forum: Forum) -> None:
    """Nothing to publish."""
    with pytest.raises(DomainError, match=r"release\.empty"):
        publish_release(forum, by=None)


def test_shared_hall_is_refused_with_every_clash(forum: Forum) -> None:
    """The constraint decides, the message names each pair with hall and time, nothing is kept."""
    hall = make_hall(forum)
    one, two = make_session(forum, hall=hall), make_session(forum, hall=hall, starts="10:30", ends="11:30")
    three = make_session(forum, hall=hall, starts="11:15", ends="12:00")
    with pytest.raises(DomainError) as refusal:
        publish_release(forum, by=None)
    error = refusal.value
    assert error.code == "release.clash"
    assert [clash["sessions"] for clash in error.data["clashes"]] == [[one.slug, two.slug], [two.slug, three.slug]]
    assert "10:30–11:00 (Кемерово)" in error.message
    assert hall.name in error.message
    assert one.title in error.message
    assert not Release.objects.exists()


def test_linked_hall_is_occupied_too(forum: Forum) -> None:
    """A telebridge takes both halls."""
    studio = make_hall(forum, venue=make_venue(forum, timezone="Europe/Moscow"))
    make_session(forum, linked_halls=[studio])
    make_session(forum, hall=studio)
    with pytest.raises(DomainError, match=r"release\.clash"):
        publish_release(forum, by=None)


def test_two_halls_per_telebridge(forum: Forum) -> None:
    """One row per session and hall."""
    session = make_session(forum, linked_halls=[make_hall(forum)])
    release = publish_release(forum, by=None)
    assert release.hall_uses.filter(session=session, period=session.period).count() == 2


def test_back_to_back_sessions_are_legal(forum: Forum) -> None:
    """Half-open periods."""
    hall = make_hall(forum)
    make_session(forum, hall=hall)
    make_session(forum, hall=hall, starts="11:00", ends="12:00")
    assert publish_release(forum, by=None).number == 1


def test_speaker_on_two_stages_is_refused(forum: Forum) -> None:
    """Nobody is announced twice at one time (PRG-4)."""
    speaker = make_speaker(forum)
    make_session(forum, speakers=(speaker,))
    make_session(forum, speakers=(speaker,), starts="10:59", ends="12:00")
    with pytest.raises(DomainError) as refusal:
        publish_release(forum, by=None)
    assert [clash["kind"] for clash in refusal.value.data["clashes"]] == ["speaker"]


def test_changes_are_listed_by_kind(forum: Forum) -> None:
    """Moved in time and moved to another hall are different news (PRG-8)."""
    one, two = make_speaker(forum), make_speaker(forum)
    later, elsewhere, renamed, recast, gone = (
        make_session(forum, day=0, speakers=(one,) if n == 3 else ()) for n in range(5)
    )
    publish_release(forum, by=None)
    move_session(later, version=1, hall=later.hall, starts=at(forum, "12:00"), ends=at(forum, "13:00"), by=None)
    hall = make_hall(forum)
    move_session(elsewhere, version=1, hall=hall, starts=elsewhere.period.lower, ends=elsewhere.period.upper, by=None)
    edit_session(renamed, version=1, title={"ru": "Иначе", "en": "Otherwise"}, by=None)
    edit_session(recast, version=1, cast=[Part(two, SpeakerRole.SPEAKER)], by=None)
    cancel_session(gone, version=1, reason="", by=None)
    new = make_session(forum, starts="17:00", ends="18:00")
    release = publish_release(forum, by=None)
    assert release.number == 2
    assert {(line["session"], line["code"]) for line in release.changes} == {
        (later.slug, "moved_time"),
        (elsewhere.slug, "moved_hall"),
        (renamed.slug, "retitled"),
        (recast.slug, "speakers"),
        (gone.slug, "cancelled"),
        (new.slug, "new"),
    }
    assert release.changes[-1]["code"] == "cancelled"


def test_cancelled_session_frees_its_hall(forum: Forum) -> None:
    """The next release may give it to somebody else."""
    hall = make_hall(forum)
    first = make_session(forum, hall=hall)
    publish_release(forum, by=None)
    cancel_session(first, version=1, reason="", by=None)
    make_session(forum, hall=hall)
    assert publish_release(forum, by=None).number == 2
