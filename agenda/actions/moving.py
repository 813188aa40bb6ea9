"""Time and hall of a session: facts that both sides share (`docs/co-management.md`)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from agenda.actions.cast import cast_of
from agenda.actions.editing import lock_session, save_session
from agenda.actions.notices import tell_placed
from agenda.actions.session_checks import check_session
from agenda.enums import ProposalState
from agenda.models import Hall, Session
from agenda.queries.conflicts import Place
from agenda.queries.keys import needs_two_keys, partner_keys
from agenda.queries.snapshot import place_facts
from forum.errors import DomainError
from forum.models import Account


@transaction.atomic
def move_session(
    session: Session,
    *,
    version: int,
    hall: Hall,
    starts: datetime,
    ends: datetime,
    linked_halls: Iterable[Hall] = (),
    by: Account | None,
) -> Session:
    """The host team gives a session another time or hall, in the draft. The public learns of it by the next release.

    Raises `DomainError("session.two_keys")` for a released session that a partner shares: that takes a proposal. Until
    the first release the host team places alone, and the partner is told by letter.
    """
    locked = lock_session(session, version=version)
    if needs_two_keys(locked):
        message = _("A partner region shares this session and it is published: propose the change instead.")
        raise DomainError("session.two_keys", message)
    if locked.proposals.filter(state=ProposalState.OPEN).exists():
        raise DomainError(
            "session.proposal_open", _("A proposal for this session waits for an answer. Decide it first.")
        )
    place = Place(hall=hall, linked=tuple(linked_halls), starts=starts, ends=ends)
    was = place_facts(locked)
    placed = put(locked, place=place, by=by)
    for region in partner_keys(placed):
        tell_placed(placed, region=region, was=was, by=by)
    return placed


def put(session: Session, *, place: Place, by: Account | None, **data: Any) -> Session:
    """Write the place down. The caller holds the session's lock and has made sure that everybody agrees."""
    check_session(
        hall=place.hall,
        linked=place.linked,
        starts=place.starts,
        ends=place.ends,
        interpretation=session.interpretation,
        cast=cast_of(session),
        places=session.pool.places if session.pool else None,
    )
    was = place_facts(session)
    session.hall = place.hall
    session.period = place.period
    session.linked_halls.set(place.linked)
    now = place_facts(session)
    return save_session(session, "session.moved", fields=["hall", "period"], by=by, was=was, now=now, **data)
