"""What each person may see and edit of the programme: the partner its own, the host team all, nobody else a draft."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils.timezone import now

from agenda.actions.proposals import propose_move
from agenda.models import Session
from agenda.queries.conflicts import Place
from agenda.queries.visibility import (
    organisations_visible_to,
    proposals_answerable_by,
    proposals_visible_to,
    sessions_editable_by,
    sessions_visible_to,
    speakers_editable_by,
    speakers_visible_to,
)
from forum.enums import Role
from forum.models import Account, Forum, Membership, Region
from tests.factories.agenda import (
    at,
    make_hall,
    make_organisation,
    make_session,
    make_speaker,
    make_venue,
    partner,
)
from tests.factories.forum import make_account, make_forum, make_staff

pytestmark = pytest.mark.django_db
QUERIES = (
    sessions_visible_to,
    sessions_editable_by,
    speakers_visible_to,
    speakers_editable_by,
    proposals_visible_to,
    proposals_answerable_by,
)


@pytest.fixture
def programme(forum: Forum) -> dict[str, Session]:
    """One session of each kind of sharing, with a speaker and a proposal."""
    spb, tomsk = partner(forum), Region.objects.get(code="RU-TOM")
    studio = make_hall(forum, venue=make_venue(forum, region=spb))
    return {
        "own": make_session(forum, host_region=spb, speakers=(make_speaker(forum, surname="Ноль", region=tomsk),)),
        "co-hosted": make_session(forum, co_hosts=[spb], speakers=(make_speaker(forum, surname="Один"),)),
        "linked": make_session(forum, linked_halls=[studio]),
        "host's": make_session(forum, speakers=(make_speaker(forum, surname="Чужой"),)),
        "third's": make_session(forum, host_region=tomsk),
    }


def seen(found: object, programme: dict[str, Session]) -> set[str]:
    return {name for name, session in programme.items() if session in found}  # type: ignore[operator]


def guest(forum: Forum, region: str = "RU-SPE") -> Account:
    return make_staff(forum, Role.PARTNER_EDITOR, scope_id=region)


@pytest.mark.parametrize("role", [Role.ORGANISER, Role.PROGRAMME_EDITOR])
def test_host_team_sees_and_edits_all(forum: Forum, programme: dict[str, Session], role: Role) -> None:
    staff = make_staff(forum, role)
    assert seen(sessions_visible_to(staff), programme) == seen(sessions_editable_by(staff), programme) == {*programme}


def test_partner_edits_what_it_hosts_and_sees_what_it_shares(forum: Forum, programme: dict[str, Session]) -> None:
    editor = guest(forum)
    assert seen(sessions_editable_by(editor), programme) == {"own"}
    assert seen(sessions_visible_to(editor), programme) == {"own", "co-hosted", "linked"}
    assert sessions_visible_to(editor).count() == 3


def test_another_region_sees_its_own(forum: Forum, programme: dict[str, Session]) -> None:
    assert seen(sessions_visible_to(guest(forum, "RU-TOM")), programme) == {"third's"}


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("who", ["anonymous", "delegate", "viewer", "coordinator", "expired", "ended", "UZ"])
def test_nobody_else_sees_anything(forum: Forum, programme: dict[str, Session], query: object, who: str) -> None:
    """An empty limit means nothing, never everything (COM-2)."""
    account = {
        "anonymous": AnonymousUser,
        "delegate": make_account,
        "viewer": lambda: make_staff(forum, Role.VIEWER),
        "coordinator": lambda: make_staff(forum, Role.VISIT_COORDINATOR),
        "UZ": lambda: guest(forum, "UZ"),
    }.get(who, lambda: guest(forum))()
    if who == "expired":
        Membership.objects.update(created_at=now() - timedelta(9), valid_until=now() - timedelta(1))
    if who == "ended":
        Membership.objects.update(ended_at=now())
    assert list(query(account)) == []  # type: ignore[operator]


def test_another_edition_is_not_there(programme: dict[str, Session], forum: Forum) -> None:
    """Neither for the host team nor for the partner."""
    old = make_forum(is_current=False)
    session = make_session(old, host_region=partner(old))
    for account in (make_staff(forum, Role.ORGANISER), guest(forum)):
        assert session not in sessions_visible_to(account)


def test_speakers_of_the_region_are_its_own(forum: Forum, programme: dict[str, Session]) -> None:
    """It edits who comes from it or is kept by it, and reads who is on stage in its sessions."""
    spb = partner(forum)
    make_speaker(forum, surname="Свой", region=spb)
    make_speaker(forum, surname="Приглашённый", kept_by=spb)
    editor = guest(forum)
    assert {s.surname for s in speakers_editable_by(editor)} == {"Свой", "Приглашённый"}
    assert {s.surname for s in speakers_visible_to(editor)} == {"Свой", "Приглашённый", "Ноль"}


def test_proposals_follow_their_session(forum: Forum, programme: dict[str, Session]) -> None:
    """Both sides of a shared session see its proposals; only the other side answers."""
    spb, host = partner(forum), make_staff(forum, Role.PROGRAMME_EDITOR)
    place = Place(hall=make_hall(forum), starts=at(forum, "14:00"), ends=at(forum, "15:00"))
    values = {"version": 1, "place": place, "reason": "why", "answer_by": now() + timedelta(1), "by": None}
    theirs = propose_move(programme["own"], side=spb, **values)
    ours = propose_move(programme["co-hosted"], side=forum.host_region, **values)
    foreign = propose_move(programme["third's"], side=Region.objects.get(code="RU-TOM"), **values)
    editor = guest(forum)
    assert set(proposals_visible_to(editor)) == {theirs, ours}
    assert list(proposals_answerable_by(editor)) == [ours]
    assert set(proposals_answerable_by(host)) == {theirs, foreign}


def test_organisations_of_others_are_not_offered(forum: Forum, programme: dict[str, Session]) -> None:
    """Those of the region, of its stage and of the forum's protocol are."""
    own = make_organisation(region=partner(forum))
    foreign = make_organisation()
    offered = organisations_visible_to(guest(forum))
    assert own in offered
    assert foreign not in offered
    assert foreign in organisations_visible_to(make_staff(forum, Role.ORGANISER))
