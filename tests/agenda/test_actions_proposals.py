"""Proposals: who is asked, what acceptance does, what is refused, what is written down, who gets a letter."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import Error, IntegrityError, transaction
from django.utils.timezone import now

from agenda.actions.moving import move_session
from agenda.actions.proposals import (
    accept_proposal,
    expire_proposals,
    propose_move,
    refuse_proposal,
    withdraw_proposal,
)
from agenda.actions.releases import publish_release
from agenda.enums import ProposalState
from agenda.models import HallClosure, Proposal, ProposalStep, Session
from agenda.queries.conflicts import Place
from forum.enums import Role
from forum.errors import DomainError
from forum.mailing import compose
from forum.models import Account, AuditEntry, Forum, Message
from tests.factories.agenda import at, make_hall, make_session, make_speaker, partner
from tests.factories.forum import make_staff

pytestmark = pytest.mark.django_db
S = ProposalState


@pytest.fixture
def session(forum: Forum) -> Session:
    """A released session of the partner region."""
    session = make_session(forum, host_region=partner(forum))
    publish_release(forum, by=None)
    return session


@pytest.fixture
def guest(forum: Forum) -> Account:
    """The partner region's editor."""
    return make_staff(forum, Role.PARTNER_EDITOR, scope_id="RU-SPE", email="guest@example.org")


@pytest.fixture
def host(forum: Forum) -> Account:
    """The host's programme editor."""
    return make_staff(forum, Role.PROGRAMME_EDITOR, email="host@example.org")


def afternoon(forum: Forum, session: Session, **changes: Any) -> Place:
    """The same hall from two to three."""
    values = {"hall": session.hall, "starts": at(forum, "14:00"), "ends": at(forum, "15:00")}
    return Place(**values | changes)


def propose(session: Session, *, place: Place | None = None, **changes: Any) -> Proposal:
    """The partner asks for the afternoon, with two days to answer."""
    values = {
        "version": Session.objects.get(pk=session.pk).version,
        "place": place or afternoon(session.forum, session),
        "reason": "The train arrives at noon.",
        "answer_by": now() + timedelta(days=2),
        "side": partner(session.forum),
        "by": None,
    }
    return propose_move(session, **values | changes)


def test_partner_asks_host_decides(session: Session, forum: Forum, guest: Account, host: Account) -> None:
    """Acceptance moves the draft, writes both names down, and leaves the release as it is."""
    proposal = propose(session, by=guest)
    assert (proposal.region.code, proposal.answered_by.code, proposal.state) == ("RU-SPE", "RU-KEM", S.OPEN)
    accepted = accept_proposal(proposal, note="With pleasure", side=forum.host_region, by=host)
    session.refresh_from_db()
    assert (accepted.state, accepted.decided_by, session.version) == (S.ACCEPTED, host, 2)
    assert session.period.lower == at(forum, "14:00")
    entry = AuditEntry.objects.get(action="session.moved")
    assert (entry.data["proposed_by"], entry.data["decided_by"]) == (str(guest.public_id), str(host.public_id))
    assert forum.releases.get().snapshot["sessions"][0]["starts"] != session.period.lower.isoformat()
    assert [(s.state, s.by) for s in proposal.steps.all()] == [(S.OPEN, guest), (S.ACCEPTED, host)]


def test_host_asks_partner_decides(session: Session, forum: Forum) -> None:
    """The other way round the same rule holds."""
    assert propose(session, side=forum.host_region).answered_by == partner(forum)


@pytest.mark.parametrize("shared", ["hosted", "co-hosted", "linked"])
def test_host_cannot_move_a_shared_released_session_alone(forum: Forum, shared: str) -> None:
    """Partner-hosted, co-hosted and linked sessions take two keys once released."""
    from tests.factories.agenda import make_venue

    spb = partner(forum)
    values: dict[str, Any] = {
        "hosted": {"host_region": spb},
        "co-hosted": {"co_hosts": [spb]},
        "linked": {"linked_halls": [make_hall(forum, venue=make_venue(forum, region=spb))]},
    }[shared]
    session = make_session(forum, **values)
    publish_release(forum, by=None)
    with pytest.raises(DomainError, match=r"session\.two_keys"):
        move_session(
            session, version=1, hall=make_hall(forum), starts=at(forum, "14:00"), ends=at(forum, "15:00"), by=None
        )


def test_host_places_alone_before_the_first_release_and_the_partner_is_told(forum: Forum, guest: Account) -> None:
    """One letter to each editor of the partner, in their language."""
    session = make_session(forum, host_region=partner(forum))
    move_session(session, version=1, hall=session.hall, starts=at(forum, "14:00"), ends=at(forum, "15:00"), by=None)
    letter = Message.objects.get()
    assert (letter.reason, letter.recipient) == ("agenda.session_placed", "guest@example.org")
    text = compose(letter).decode()
    assert "Subject:" in text


def test_own_session_of_the_host_needs_one_key(forum: Forum) -> None:
    """Nobody else has to agree."""
    session = make_session(forum)
    publish_release(forum, by=None)
    with pytest.raises(DomainError, match=r"proposal\.one_key"):
        propose(session, side=forum.host_region)


def test_second_open_proposal_is_refused(session: Session) -> None:
    """By us with words, by the database without us."""
    first = propose(session)
    with pytest.raises(DomainError, match=r"proposal\.open_already"):
        propose(session)
    with pytest.raises(IntegrityError, match="proposal_one_open"), transaction.atomic():
        Proposal.objects.create(
            **{f.name: getattr(first, f.name) for f in Proposal._meta.fields if f.name not in ("id", "public_id")}
        )


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"reason": "  "}, "proposal.reason"),
        ({"answer_by": datetime.fromisoformat("2020-01-01T00:00:00+00:00")}, "proposal.deadline"),
        ({"answer_by": datetime.fromisoformat("2100-01-01T00:00:00+00:00")}, "proposal.deadline"),
        ({"version": 7}, "session.stale"),
    ],
)
def test_impossible_proposal_is_refused(session: Session, changes: dict[str, Any], code: str) -> None:
    """With a message at its field; nothing is written."""
    with pytest.raises(DomainError) as refusal:
        propose(session, **changes)
    assert refusal.value.code == code
    assert not Proposal.objects.exists()


def test_proposal_of_what_is_already_so_is_refused(session: Session) -> None:
    """The same hall and time are no change."""
    place = Place(hall=session.hall, starts=session.period.lower, ends=session.period.upper)
    with pytest.raises(DomainError, match=r"proposal\.nothing"):
        propose(session, place=place)


def _other_session(forum: Forum, session: Session) -> None:
    make_session(forum, hall=session.hall, starts="14:30", ends="15:30")


def _closed(forum: Forum, session: Session) -> None:
    HallClosure.objects.create(hall=session.hall, period=(at(forum, "14:30"), at(forum, "15:30")), reason="cleaning")


def _speaker(forum: Forum, session: Session) -> None:
    speaker = make_speaker(forum)
    session.cast.create(speaker=speaker, role="speaker", position=1)
    make_session(forum, speakers=(speaker,), starts="14:30", ends="15:30")


@pytest.mark.parametrize("obstacle", [_other_session, _closed, _speaker])
def test_clash_is_refused_at_acceptance_and_nothing_changes(session: Session, forum: Forum, obstacle: Any) -> None:
    """The conflict came after the proposal: the answer says which, without the other session's title."""
    proposal = propose(session)
    obstacle(forum, session)
    with pytest.raises(DomainError) as refusal:
        accept_proposal(proposal, side=forum.host_region, by=None)
    assert refusal.value.code == "proposal.clash"
    assert "14:30" in refusal.value.message
    assert not any(other.title in refusal.value.message for other in Session.objects.all())
    proposal.refresh_from_db()
    session.refresh_from_db()
    assert (proposal.state, session.version) == (S.OPEN, 1)


def test_proposal_is_outdated_when_the_place_has_changed(session: Session, forum: Forum) -> None:
    """Accepting would overwrite what somebody decided meanwhile."""
    proposal = propose(session)
    Session.objects.filter(pk=session.pk).update(hall=make_hall(forum))
    with pytest.raises(DomainError, match=r"proposal\.outdated"):
        accept_proposal(proposal, side=forum.host_region, by=None)


def test_content_may_change_while_a_proposal_waits(session: Session, forum: Forum) -> None:
    """A new title does not make the agreed place wrong."""
    from agenda.actions.editing import edit_session

    proposal = propose(session)
    edit_session(session, version=1, title={"ru": "Новое", "en": "New"}, by=None)
    assert accept_proposal(proposal, side=forum.host_region, by=None).state == S.ACCEPTED


def test_refusal_needs_a_reason(session: Session, forum: Forum) -> None:
    """So that something better can be proposed."""
    proposal = propose(session)
    with pytest.raises(DomainError, match=r"proposal\.note"):
        refuse_proposal(proposal, note=" ", side=forum.host_region, by=None)
    assert refuse_proposal(proposal, note="No hall", side=forum.host_region, by=None).state == S.REFUSED
    assert Session.objects.get(pk=session.pk).version == 1


def test_asking_twice_gives_the_same_answer_and_one_step(session: Session, forum: Forum) -> None:
    """Another decision than the one made is told what happened."""
    proposal = propose(session)
    accept_proposal(proposal, side=forum.host_region, by=None)
    assert accept_proposal(proposal, side=forum.host_region, by=None).state == S.ACCEPTED
    assert proposal.steps.count() == 2
    with pytest.raises(DomainError, match=r"proposal\.decided") as refusal:
        refuse_proposal(proposal, note="No", side=forum.host_region, by=None)
    assert refusal.value.data["state"] == S.ACCEPTED
    with pytest.raises(DomainError, match=r"proposal\.decided"):
        withdraw_proposal(proposal, side=partner(forum), by=None)


def test_withdrawn_proposal_makes_room_for_another(session: Session, forum: Forum) -> None:
    """One is open at a time, not one for ever."""
    withdraw_proposal(propose(session), side=partner(forum), by=None)
    assert propose(session).state == S.OPEN


def test_expiry_changes_nothing(session: Session, forum: Forum, guest: Account, host: Account) -> None:
    """After the deadline nobody accepts any more, even before the clock's task has come by; then both are told."""
    proposal = propose(session, by=guest)
    with time_machine.travel(now() + timedelta(days=3), tick=False):
        with pytest.raises(DomainError, match=r"proposal\.decided"):
            accept_proposal(proposal, side=forum.host_region, by=host)
        assert (expire_proposals(), expire_proposals()) == (1, 0)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_by) == (S.EXPIRED, None)
    assert Session.objects.get(pk=session.pk).version == 1
    told = Message.objects.filter(reason="agenda.proposal_expired").values_list("recipient", flat=True)
    assert set(told) == {"guest@example.org", "host@example.org"}


@pytest.mark.parametrize("language", ["ru", "en"])
def test_letters_go_to_the_other_side_with_both_clocks(
    session: Session, forum: Forum, guest: Account, host: Account, language: str
) -> None:
    """Opened: to the host. Accepted: to the partner. Each in the reader's own language, no time without its zone."""
    Account.objects.update(language=language)
    accept_proposal(propose(session, by=guest), side=forum.host_region, by=host)
    opened, accepted = Message.objects.order_by("pk")
    assert (opened.reason, opened.recipient) == ("agenda.proposal_open", "host@example.org")
    assert (accepted.reason, accepted.recipient) == ("agenda.proposal_accepted", "guest@example.org")
    from email import message_from_bytes, policy

    body = message_from_bytes(compose(opened), policy=policy.default).get_body(("plain",)).get_content()
    expected = {"ru": ("14:00–15:00 (Кемерово)", "10:00–11:00 (Москва)"), "en": ("14:00–15:00 (Kemerovo)", "(Moscow)")}
    assert all(part in body for part in expected[language])
    assert "The train arrives at noon." in body
    answer = message_from_bytes(compose(accepted), policy=policy.default).get_body(("plain",)).get_content()
    before, after = {"ru": ("Было: ", "Сейчас: "), "en": ("Before: ", "Now: ")}[language]
    assert before in answer and answer.index(before) < answer.index(after)


def test_history_cannot_be_rewritten(session: Session) -> None:
    """A trigger holds it."""
    propose(session)
    with pytest.raises(Error, match="append-only"), transaction.atomic():
        ProposalStep.objects.update(note="I never said that")


def test_audit_holds_no_names_of_people(session: Session, forum: Forum, guest: Account) -> None:
    """Accounts stand in it by id; the reason, which people wrote, stays with the proposal."""
    propose(session, by=guest)
    data = str(AuditEntry.objects.get(action="proposal.open").data)
    assert guest.email not in data
    assert "train" not in data


def test_direct_move_waits_for_an_open_proposal(forum: Forum) -> None:
    """Before the first release the host places, but not past a question that is still open."""
    session = make_session(forum, host_region=partner(forum))
    propose(session)
    with pytest.raises(DomainError, match=r"session\.proposal_open"):
        move_session(
            session, version=1, hall=make_hall(forum), starts=at(forum, "16:00"), ends=at(forum, "17:00"), by=None
        )
