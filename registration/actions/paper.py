"""People without an email of their own: they sign the consent on paper, and an officer sends the application for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from forum.actions.audit import record
from forum.actions.patience import busy_in_words
from forum.errors import DomainError
from forum.models import Account
from registration.actions.answers import Filled, write_answers
from registration.actions.applications import hand_in
from registration.actions.consents import let_go_on, note_consent
from registration.actions.facts import note_changes, refuse_stale, write_own, write_person
from registration.actions.on_behalf import refuse_bad_date
from registration.actions.state import lock
from registration.enums import ConsentEvidence, RegistrationState
from registration.models import Consent, ConsentDocument, Registration


@dataclass(frozen=True, kw_only=True)
class Paper:
    """What lies on the desk: which text, in which language it was read, when it was signed, and who saw it."""

    document: ConsentDocument
    language: str
    signed_on: date
    witness: str

    @property
    def evidence(self) -> dict[str, Any]:
        """As the consent keeps it."""
        return {
            "evidence": ConsentEvidence.SIGNED_PAPER,
            "signed_on": self.signed_on,
            "witness": self.witness.strip(),
        }


@busy_in_words
@transaction.atomic(durable=True)
def record_paper(registration: Registration, *, paper: Paper, by: Account) -> Registration:
    """Write down that somebody of a list has signed the consent on paper before a witness. Recording twice is recording once.

    Nobody consents for another adult: the signature is the person's own, and `by` has the paper in hand. Raises
    `DomainError` without a witness, for a date before the text existed or after today, and for somebody who can be written to.
    """
    refuse_no_proof(paper)
    registration = lock(registration)
    if not registration.awaits_consent:
        return registration
    if registration.state != RegistrationState.DRAFT or registration.person.email:
        raise DomainError("paper.has_address", _("This person has an email: they consent by the link in their letter."))
    consent = note_consent(registration.person, document=paper.document, language=paper.language, **paper.evidence)
    let_go_on(registration, language=paper.language)
    _note(registration, consent, by=by)
    return registration


def refuse_no_proof(paper: Paper) -> None:
    """Raise `DomainError` without a witness, and for a date before the text existed or after today."""
    if not paper.witness.strip():
        message = _("Name the person who saw the signature being made.")
        raise DomainError("paper.witness", message, fields={"witness": message}, status=422)
    refuse_bad_date(paper.signed_on, paper.document, field="signed_on")


def _note(registration: Registration, consent: Consent, *, by: Account) -> None:
    """The log names the text, never the witness."""
    record(
        "registration.paper_recorded",
        on=("registration", registration.ref),
        forum=registration.forum,
        by=by,
        consent=f"{consent.document.purpose}:{consent.document.version}",
        evidence=ConsentEvidence.SIGNED_PAPER,
    )


@busy_in_words
@transaction.atomic(durable=True)
def send_for(
    registration: Registration,
    *,
    version: int,
    answers: Mapping[str, Any],
    questions: Filled | None = None,
    by: Account,
) -> Registration:
    """Complete the draft of somebody who has signed on paper, and send it. Sending twice is sending once.

    An address is not needed: without one they get no letters, and the desk tells them. Raises `DomainError` where no signed
    paper is recorded, when somebody saved in between, and with one message per missing answer.
    """
    registration = lock(registration)
    if registration.state != RegistrationState.DRAFT:
        return registration
    if not has_signed(registration):
        raise DomainError("paper.missing", _("First record the consent that the person has signed on paper."))
    refuse_stale(registration, version)
    changed = write_person(registration, answers) + write_own(registration, answers)
    changed += write_answers(registration, questions) if questions else []
    note_changes(registration, "registration.completed", changed, by=by)
    hand_in(registration, by=by, as_applicant=False, needs_address=False)
    return registration


def has_signed(registration: Registration) -> bool:
    """Whether a consent on paper is recorded and not withdrawn."""
    papers = registration.person.consents.filter(evidence=ConsentEvidence.SIGNED_PAPER, withdrawal=None)
    return not registration.awaits_consent and papers.exists()
