"""What people say about their consents by letter, by email or at the desk: an officer records it, and it has the same effect."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from forum.actions.patience import busy_in_words
from forum.errors import DomainError
from forum.models import Account
from registration.actions.consents import agree, live_consents, matter_of, take_back
from registration.actions.paper import Paper, refuse_no_proof
from registration.actions.state import lock, refuse_stopped
from registration.enums import WithdrawalWay
from registration.models import Consent, ConsentWithdrawal, Registration
from registration.queries.consents import Matter


@dataclass(frozen=True, kw_only=True)
class Received:
    """What came from the person: how, on which day, and where the proof lies (`note`, for the log; nothing personal)."""

    way: WithdrawalWay
    received_on: date
    note: str


@busy_in_words
@transaction.atomic(durable=True)
def record_withdrawal(registration: Registration, *, matter: Matter, received: Received, by: Account) -> bool:
    """The same as the person's own click (`withdraw_consent`), which cannot be undone either. False when nothing was left to
    take back: the person, or another officer, was first.

    Raises `DomainError` without a note, and for a day after today or before the consent.
    """
    if not received.note.strip():
        message = _("Say where the proof lies.")
        raise DomainError("withdrawal.note", message, fields={"note": message}, status=422)
    registration = lock(registration)
    live = live_consents(registration, matter)
    if live:
        _refuse_bad_day(received.received_on, since=max(day_of(consent) for consent in live))
    how = {"way": received.way, "received_on": received.received_on, "language": registration.language}
    facts = {"way": received.way, "day": received.received_on.isoformat(), "reason": received.note.strip()}
    return take_back(registration, matter=matter, live=live, by=by, how=how, facts=facts)


def day_of(consent: Consent) -> date:
    """When the person agreed: the day on the paper, else that of the click."""
    return consent.signed_on or localdate(consent.given_at)


def _refuse_bad_day(received_on: date, *, since: date) -> None:
    if not since <= received_on <= localdate():
        raise DomainError(
            "withdrawal.day",
            _("The withdrawal cannot have come on that day."),
            fields={"received_on": _("Give the day between the consent and today.")},
            status=422,
        )


@busy_in_words
@transaction.atomic(durable=True)
def record_signed(registration: Registration, *, paper: Paper, by: Account) -> Consent:
    """The person has signed the text of one purpose or receiver on paper, before a witness. Recording twice is recording once.

    Raises `DomainError` as `record_paper` and `give_consent` do, for the consent that begins an application, for somebody who
    has taken that one back, and for a paper that is older than the withdrawal it would follow.
    """
    refuse_no_proof(paper)
    registration = lock(registration)
    refuse_stopped(registration)
    matter = matter_of(registration, paper.document)
    if matter and matter.is_needed and not matter.given:
        raise DomainError("paper.needed", _("This consent begins an application: it is recorded with the application."))
    if matter and matter.withdrawn:
        _refuse_older(paper, than=matter.withdrawn)
    return agree(registration, document=paper.document, language=paper.language, by=by, **paper.evidence)


def _refuse_older(paper: Paper, *, than: ConsentWithdrawal) -> None:
    if paper.signed_on < (than.received_on or localdate(than.withdrawn_at)):
        raise DomainError(
            "paper.withdrawn_since",
            _("The consent was taken back after this paper was signed."),
            fields={"signed_on": _("The consent was taken back after this day. Only a paper signed later counts.")},
            status=422,
        )
