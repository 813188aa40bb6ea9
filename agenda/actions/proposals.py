"""Proposals: one side asks, the other decides, and acceptance applies the change in the same transaction.

Locks, in this order: the edition (acceptances and releases come one after another, or two of them could fill one hall),
the session, the proposal.
"""

from datetime import UTC, datetime

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from agenda.actions.editing import lock_session
from agenda.actions.moving import put
from agenda.actions.notices import tell_proposal
from agenda.enums import ProposalState
from agenda.models import Proposal, Session
from agenda.queries.conflicts import Conflict, Place, conflicts
from agenda.queries.impact import impact_of
from agenda.queries.keys import answering_region
from agenda.queries.proposals import halls_by_key, place_from
from agenda.queries.snapshot import hall_key, place_facts
from agenda.queries.wording import conflict_text
from forum.actions.audit import record
from forum.errors import DomainError
from forum.models import Account, Forum, Region

S = ProposalState


@transaction.atomic
def propose_move(
    session: Session,
    *,
    version: int,
    place: Place,
    reason: str,
    answer_by: datetime,
    side: Region,
    by: Account | None,
) -> Proposal:
    """Ask the other side for another time or hall. Conflicts are no obstacle yet: they may be gone when it is accepted.

    Raises `DomainError` when nothing would change, the deadline is past or later than the session, or another proposal
    for the session is open; `session.stale` when somebody has saved since `version`.
    """
    locked = lock_session(session, version=version)
    other = answering_region(locked, proposed_by=side)
    was, change = place_facts(locked), _facts(place)
    _refuse_nonsense(locked, was=was, change=change, place=place, reason=reason, answer_by=answer_by)
    if other is None:
        raise DomainError("proposal.one_key", _("Nobody else has to agree: change the session itself."))
    if locked.proposals.filter(state=S.OPEN).exists():
        message = _("A proposal for this session waits for an answer already. Wait for it, or withdraw it first.")
        raise DomainError("proposal.open_already", message)
    proposal = locked.proposals.create(
        region=side,
        answered_by=other,
        was=was,
        change=change,
        impact=impact_of(locked, at=place),
        reason=reason.strip(),
        base_version=version,
        proposed_by=by,
        expires_at=answer_by,
    )
    _step(proposal, side=side, by=by)
    tell_proposal(proposal, to=other, by=by)
    return proposal


@transaction.atomic
def accept_proposal(proposal: Proposal, *, note: str = "", side: Region, by: Account | None) -> Proposal:
    """Agree, and change the session at once, in the draft. Safe to ask twice.

    Raises `DomainError("proposal.clash")` with what stands against it, `proposal.decided` when it is no longer open,
    `proposal.outdated` when time or hall have changed since it was made.
    """
    Forum.objects.select_for_update(no_key=True).get(pk=proposal.session.forum_id)
    session = lock_session(proposal.session)
    locked = _locked(proposal, wanted=S.ACCEPTED)
    if locked.state == S.ACCEPTED:
        return locked
    if place_facts(session) != locked.was:
        message = _("Time or hall of the session have changed since. Refuse this proposal; a new one can be made.")
        raise DomainError("proposal.outdated", message)
    place = place_from(locked.change, halls=halls_by_key(session.forum))
    if place is None:
        raise DomainError("proposal.outdated", _("A hall of this proposal is no longer there. Please refuse it."))
    _refuse_clashes([conflict for conflict in conflicts(session, at=place) if conflict.blocks])
    names = {"proposal": str(locked.public_id), "proposed_by": _account(locked.proposed_by), "decided_by": _account(by)}
    put(session, place=place, by=by, **names)
    return _decide(locked, S.ACCEPTED, note=note, side=side, by=by, tell=locked.region)


@transaction.atomic
def refuse_proposal(proposal: Proposal, *, note: str, side: Region, by: Account | None) -> Proposal:
    """Say no, with a reason for the other side. Nothing changes. Safe to ask twice."""
    if not note.strip():
        message = _("Write why, so that the other side can propose something better.")
        raise DomainError("proposal.note", message, fields={"note": message})
    locked = _locked(proposal, wanted=S.REFUSED)
    if locked.state == S.REFUSED:
        return locked
    return _decide(locked, S.REFUSED, note=note, side=side, by=by, tell=locked.region)


@transaction.atomic
def withdraw_proposal(proposal: Proposal, *, note: str = "", side: Region, by: Account | None) -> Proposal:
    """Take one's own proposal back. Nothing changes. Safe to ask twice."""
    locked = _locked(proposal, wanted=S.WITHDRAWN)
    if locked.state == S.WITHDRAWN:
        return locked
    return _decide(locked, S.WITHDRAWN, note=note, side=side, by=by, tell=locked.answered_by)


def expire_proposals() -> int:
    """Close what was not answered in time; nothing changes. Returns how many."""
    late = Proposal.objects.filter(state=S.OPEN, expires_at__lte=now()).order_by("pk")
    return sum(_expire(pk) for pk in late.values_list("pk", flat=True))


@transaction.atomic
def _expire(pk: int) -> bool:
    locked = Proposal.objects.select_for_update(no_key=True, skip_locked=True).filter(pk=pk, state=S.OPEN).first()
    if locked is None:
        return False
    _decide(locked, S.EXPIRED, note="", side=None, by=None, tell=locked.region)
    tell_proposal(locked, to=locked.answered_by, by=None)
    return True


def _locked(proposal: Proposal, *, wanted: ProposalState) -> Proposal:
    """The row under its lock. Raises `proposal.decided` unless it is open, or is already what is wanted."""
    locked = Proposal.objects.select_for_update(no_key=True).get(pk=proposal.pk)
    is_late = locked.state == S.OPEN and locked.expires_at <= now()
    if is_late or locked.state not in (S.OPEN, wanted):
        state = S.EXPIRED if is_late else S(locked.state)
        message = _("This proposal is no longer open: %(state)s. Reload the page to see it.") % {"state": state.label}
        raise DomainError("proposal.decided", message, state=state.value)
    return locked


def _decide(
    locked: Proposal, state: ProposalState, *, note: str, side: Region | None, by: Account | None, tell: Region
) -> Proposal:
    """The only writer of `state`. The caller holds the lock."""
    locked.state, locked.note, locked.decided_by, locked.decided_at = state, note.strip(), by, now()
    locked.save(update_fields=["state", "note", "decided_by", "decided_at"])
    _step(locked, side=side, by=by, note=locked.note)
    tell_proposal(locked, to=tell, by=by)
    return locked


def _step(proposal: Proposal, *, side: Region | None, by: Account | None, note: str = "") -> None:
    """A line of the history, and of the audit of the session."""
    proposal.steps.create(state=proposal.state, region=side, by=by, note=note)
    record(
        f"proposal.{proposal.state}",
        on=("session", proposal.session.slug),
        forum=proposal.session.forum,
        by=by,
        proposal=str(proposal.public_id),
        side=side.code if side else "",
        proposed_by=_account(proposal.proposed_by),
        was=proposal.was,
        now=proposal.change,
    )


def _facts(place: Place) -> dict[str, object]:
    return {
        "hall": hall_key(place.hall),
        "linked": sorted(hall_key(hall) for hall in place.linked),
        "starts": place.starts.astimezone(UTC).isoformat(),
        "ends": place.ends.astimezone(UTC).isoformat(),
    }


def _refuse_nonsense(
    session: Session,
    *,
    was: dict[str, object],
    change: dict[str, object],
    place: Place,
    reason: str,
    answer_by: datetime,
) -> None:
    if place.ends <= place.starts:
        _refuse("session.period", "ends", _("A session ends after it starts. Correct one of the two times."))
    if was == change:
        _refuse("proposal.nothing", "starts", _("This is where the session is already. Change the time or the hall."))
    if not reason.strip():
        _refuse("proposal.reason", "reason", _("Write why, so that the other side can decide."))
    if not now() < answer_by <= session.period.lower:
        _refuse("proposal.deadline", "answer_by", _("The answer is due in the future, and before the session starts."))


def _refuse(code: str, field: str, message: str) -> None:
    raise DomainError(code, message, fields={field: message})


def _refuse_clashes(found: list[Conflict]) -> None:
    """The reason in words. What is not the reader's to know is not in them: conflicts name other sessions' halls only."""
    if found:
        lines = [conflict_text(conflict) for conflict in found]
        message = _("This cannot be accepted now. Refuse it, or make room first.")
        kinds = [conflict.kind.value for conflict in found]
        raise DomainError("proposal.clash", "\n".join([message, *lines]), conflicts=kinds)


def _account(account: Account | None) -> str:
    return str(account.public_id) if account else ""
