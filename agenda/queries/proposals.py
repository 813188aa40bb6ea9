"""Proposals as lists and pages read them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.timezone import now

from agenda.enums import ProposalState
from agenda.models import Hall, Proposal, ProposalStep
from agenda.queries.conflicts import Place
from agenda.queries.snapshot import hall_key
from agenda.queries.visibility import is_host_team, proposals_answerable_by, proposals_visible_to
from forum.models import Forum
from forum.queries.access import User


@dataclass(frozen=True)
class Desk:
    """Proposals of one person's side: what waits for it, what it waits for, what is over."""

    theirs: list[Proposal]
    mine: list[Proposal]
    decided: QuerySet[Proposal]


def desk_of(user: User) -> Desk:
    """Three lists, three queries and their parts."""
    seen, asked = with_everything(proposals_visible_to(user)), proposals_answerable_by(user).values("pk")
    waiting = seen.filter(state=ProposalState.OPEN).order_by("expires_at")
    return Desk(
        theirs=list(waiting.filter(pk__in=asked)),
        mine=list(waiting.exclude(pk__in=asked)),
        decided=seen.exclude(state=ProposalState.OPEN).order_by("-decided_at"),
    )


def with_everything(proposals: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """With what a card of a proposal shows."""
    return proposals.select_related(
        "session__host_region", "session__forum__host_region", "region", "answered_by", "proposed_by", "decided_by"
    ).prefetch_related(Prefetch("steps", ProposalStep.objects.select_related("by", "region")))


def halls_by_key(forum: Forum) -> dict[str, Hall]:
    """Every hall of the edition by the key that snapshots and proposals use, in the order of the programme."""
    halls = Hall.objects.filter(venue__forum=forum).select_related("venue__region", "zone").order_by("position", "pk")
    return {hall_key(hall): hall for hall in halls}


def place_from(facts: dict[str, Any], *, halls: dict[str, Hall]) -> Place | None:
    """A change set with its halls; None when one of them is gone."""
    keys = [facts["hall"], *facts["linked"]]
    if not all(key in halls for key in keys):
        return None
    return Place(
        hall=halls[facts["hall"]],
        linked=tuple(halls[key] for key in facts["linked"]),
        starts=datetime.fromisoformat(facts["starts"]),
        ends=datetime.fromisoformat(facts["ends"]),
    )


def is_open(proposal: Proposal) -> bool:
    """Whether it can still be decided; the deadline counts even before the clock's task has come by."""
    return proposal.state == ProposalState.OPEN and proposal.expires_at > now()


def answers_waiting(forum: Forum) -> int:
    """How many proposals wait for the host team: for the number beside the room's name."""
    return Proposal.objects.filter(
        session__forum=forum, state=ProposalState.OPEN, answered_by=forum.host_region_id
    ).count()


def waits_for(user: User, proposal: Proposal) -> bool:
    """Whether `user` speaks for the side that decides. The proposal is one they may see."""
    if is_host_team(user):
        return proposal.answered_by_id == proposal.session.forum.host_region_id
    return proposals_answerable_by(user).filter(pk=proposal.pk).exists()
