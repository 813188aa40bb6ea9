"""Letters to the other side, in each reader's language. Times travel as ISO text; templates name both zones."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agenda.engine.texts import in_language
from agenda.enums import ProposalState
from agenda.models import Proposal, Session
from agenda.queries.editors import editors_of
from agenda.queries.keys import zones_of
from agenda.queries.proposals import halls_by_key
from agenda.queries.snapshot import place_facts
from agenda.queries.texts import texts_of
from forum.actions.messages import queue_message
from forum.models import Account, Region

PLACED = "agenda.session_placed"
REASONS = {state: f"agenda.proposal_{state}" for state in ProposalState}
LABELS = {
    PLACED: _("Time or hall set by the host"),
    REASONS[ProposalState.OPEN]: _("Change of a session proposed"),
    REASONS[ProposalState.ACCEPTED]: _("Proposal accepted"),
    REASONS[ProposalState.REFUSED]: _("Proposal refused"),
    REASONS[ProposalState.WITHDRAWN]: _("Proposal withdrawn"),
    REASONS[ProposalState.EXPIRED]: _("Proposal expired"),
}
"""Reason -> what the team calls the letter."""


def tell_placed(session: Session, *, region: Region, was: dict[str, Any], by: Account | None) -> None:
    """The host has set time or hall of a session that is not published yet: the partner learns of it."""
    now = place_facts(session)
    for account in editors_of(region, forum=session.forum):
        if account != by:
            context = _context(session, account, was=was, now=now)
            _send(PLACED, session, account, occasion=f"version:{session.version}", context=context)


def tell_proposal(proposal: Proposal, *, to: Region, by: Account | None) -> None:
    """One letter to each editor of a side about the state a proposal has reached."""
    session = proposal.session
    for account in editors_of(to, forum=session.forum):
        if account != by:
            context = _context(session, account, was=proposal.was, now=proposal.change) | {
                "path": reverse("programme:proposal", args=[proposal.public_id]),
                "state": proposal.state,
                "region": in_language(texts_of(proposal.region, "name"), account.language),
                "reason": proposal.reason,
                "note": proposal.note,
                "expires_at": proposal.expires_at.isoformat(),
            }
            occasion = f"proposal:{proposal.public_id}"
            _send(REASONS[ProposalState(proposal.state)], session, account, occasion=occasion, context=context)


def _context(session: Session, account: Account, *, was: dict[str, Any], now: dict[str, Any]) -> dict[str, Any]:
    halls = halls_by_key(session.forum)

    def in_words(facts: dict[str, Any]) -> dict[str, Any]:
        known = [halls[key] for key in (facts["hall"], *facts["linked"]) if key in halls]
        names = [in_language(texts_of(hall, "name"), account.language) for hall in known]
        return {"starts": facts["starts"], "ends": facts["ends"], "halls": ", ".join(names)}

    title = in_language(texts_of(session, "title"), account.language)
    path = reverse("programme:session", args=[session.slug])
    return {"path": path, "title": title, "was": in_words(was), "now": in_words(now), "zones": zones_of(session.forum)}


def _send(reason: str, session: Session, account: Account, *, occasion: str, context: dict[str, Any]) -> None:
    queue_message(
        reason,
        about=("session", session.slug),
        occasion=occasion,
        to=account.email,
        language=account.language,
        forum=session.forum,
        context=context,
    )
