"""Two people decide, propose or save at the same moment: one outcome."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.utils.timezone import now

from agenda.actions.editing import edit_session
from agenda.actions.proposals import accept_proposal, propose_move, refuse_proposal
from agenda.enums import ProposalState
from agenda.models import Hall, Proposal, ProposalStep, Session
from agenda.queries.conflicts import Place
from forum.models import AuditEntry, Forum
from tests.factories import agenda
from tests.factories.agenda import at, make_hall, make_session
from tests.factories.forum import make_forum
from tests.races.at_once import at_once, refusals

pytestmark = pytest.mark.django_db(transaction=True)
S = ProposalState


@pytest.fixture
def forum() -> Forum:
    return make_forum()


def propose(session: Session, *, hall: Hall | None = None, start: str = "14:00", version: int = 1) -> Proposal:
    forum = session.forum
    place = Place(hall=hall or session.hall, starts=at(forum, start), ends=at(forum, "15:30"))
    return propose_move(
        session,
        version=version,
        place=place,
        reason="why",
        answer_by=now() + timedelta(days=1),
        side=agenda.partner(forum),
        by=None,
    )


def fresh(proposal: Proposal) -> Proposal:
    return Proposal.objects.get(pk=proposal.pk)


def hosted(forum: Forum, **changes: Any) -> Session:
    return make_session(forum, host_region=agenda.partner(forum), **changes)


def test_accepting_at_once_moves_once(forum: Forum) -> None:
    session = hosted(forum)
    proposal = propose(session)
    results = at_once([partial(accept_proposal, fresh(proposal), side=forum.host_region, by=None) for _ in range(4)])
    assert refusals(results) == []
    session.refresh_from_db()
    assert session.version == 2
    assert AuditEntry.objects.filter(action="session.moved").count() == 1
    assert ProposalStep.objects.count() == 2


@pytest.mark.parametrize("attempt", range(4))
def test_accept_against_refuse_has_one_outcome(forum: Forum, attempt: int) -> None:
    session = hosted(forum)
    proposal = propose(session)
    results = at_once(
        [
            partial(accept_proposal, fresh(proposal), side=forum.host_region, by=None),
            partial(refuse_proposal, fresh(proposal), note="no", side=forum.host_region, by=None),
        ]
    )
    assert refusals(results) == ["proposal.decided"]
    session.refresh_from_db()
    assert (fresh(proposal).state, session.version) in ((S.ACCEPTED, 2), (S.REFUSED, 1))
    assert ProposalStep.objects.count() == 2


def test_two_proposals_at_once_leave_one_open(forum: Forum) -> None:
    session = hosted(forum)
    results = at_once([partial(propose, session, start=start) for start in ("13:00", "14:00", "15:00")])
    assert refusals(results) == ["proposal.open_already"] * 2
    assert Proposal.objects.filter(state=S.OPEN).count() == 1


@pytest.mark.parametrize("attempt", range(4))
def test_two_acceptances_never_fill_one_hall_twice(forum: Forum, attempt: int) -> None:
    hall = make_hall(forum)
    proposals = [propose(hosted(forum), hall=hall) for _ in range(3)]
    results = at_once([partial(accept_proposal, fresh(one), side=forum.host_region, by=None) for one in proposals])
    assert refusals(results) == ["proposal.clash"] * 2
    assert Session.objects.filter(hall=hall).count() == 1


def test_two_saves_of_one_version_give_one_refusal(forum: Forum) -> None:
    session = hosted(forum)
    titles = [{"ru": f"Название {n}", "en": f"Title {n}"} for n in range(3)]
    results = at_once([partial(edit_session, session, version=1, title=title, by=None) for title in titles])
    assert refusals(results) == ["session.stale"] * 2
    session.refresh_from_db()
    assert session.version == 2
