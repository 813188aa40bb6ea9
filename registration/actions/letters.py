"""Invitation letters: a number under the lock, drawn by a worker, taken with a word in the log, void when they must be."""

import logging

from django.db import transaction
from django.utils.translation import gettext as _

from forum.actions.papers import draw_undrawn, issue_paper, keep_drawing, store_drawing
from forum.errors import DomainError
from forum.models import Account, Paper
from forum.queries.papers import content_of_paper
from registration.actions.documents import note
from registration.actions.state import lock, refuse_stopped
from registration.actions.visa_letters import tell_letter_ready
from registration.actions.visa_state import lock_case, move_case, void_letter
from registration.enums import HAS_LETTER, VisaState
from registration.models import Registration, VisaCase
from registration.queries.letters import draw, unprintable
from registration.queries.visas import LETTER, letter_of, standing_of
from registration.tasks import draw_letter as draw_letter_task

logger = logging.getLogger(__name__)


@transaction.atomic(durable=True)
def issue_letter(registration: Registration, *, by: Account, reason: str = "") -> Paper:
    """Give a letter its number; a worker draws it. A new letter for somebody who has one makes that void, with a reason.

    Raises `DomainError` while data are missing, for letters that our font lacks, and for a new letter without a reason.
    """
    registration = lock(registration)
    refuse_stopped(registration)
    case = lock_case(registration)
    if case is None or (case.state != VisaState.READY and case.state not in HAS_LETTER):
        raise DomainError("visa.not_ready", _("A letter can be issued once all data are there."))
    _refuse_incomplete(case)
    if case.state in HAS_LETTER and not reason.strip():
        message = _("Say why a new letter is needed: the old one stops being valid.")
        raise DomainError("visa.reason_missing", message, fields={"reason": message}, status=422)
    void_letter(case, by=by, reason=reason, tell=False)
    paper = issue_paper(
        LETTER,
        forum=registration.forum,
        about=("registration", registration.ref),
        by=by,
        valid_until=case.leaves_on,
    )
    if case.state != VisaState.ISSUED:
        move_case(case, VisaState.ISSUED, by=by)
    note(registration, "registration.letter_issued", by=by, reason=reason, number=paper.number)
    draw_letter_task.delay_on_commit(paper_id=paper.pk)
    return paper


def _refuse_incomplete(case: VisaCase) -> None:
    if not standing_of(case).is_complete:
        raise DomainError("visa.incomplete", _("Some data for the letter are still missing."))
    lacking = unprintable(case)
    if lacking:
        message = _("Our font lacks letters in: %(fields)s. Correct the spelling first.")
        raise DomainError("visa.letters", message % {"fields": ", ".join(lacking)})


def draw_letter(*, paper_id: int) -> bool:
    """Draw a letter that has a number and no drawing yet. Safe to run twice; what is void meanwhile stays undrawn."""
    paper = Paper.objects.filter(pk=paper_id, kind=LETTER, voided_at=None, drawn_at=None).first()
    registration = _of(paper) if paper else None
    case = VisaCase.objects.filter(registration=registration).first() if registration else None
    if paper is None or registration is None or case is None:
        logger.info("letter %s needs no drawing", paper_id)
        return False
    case.registration = registration
    stored = store_drawing(paper, draw(case, paper))
    with transaction.atomic(durable=True):
        case.registration = lock(registration)
        if not keep_drawing(paper, stored):
            return False
        note(case.registration, "registration.letter_drawn", by=None, as_applicant=False, number=paper.number)
        tell_letter_ready(case, paper)
    return True


def _of(paper: Paper) -> Registration | None:
    rows = Registration.objects.select_related("forum", "person", "category", "delegation__region")
    return rows.filter(ref=paper.subject_id).first()


def draw_missing() -> int:
    """Letters that a lost broker forgot, or that a worker died over. Returns how many were drawn."""
    return draw_undrawn(LETTER, draw_letter)


@transaction.atomic(durable=True)
def withdraw_letter(registration: Registration, *, reason: str, by: Account) -> bool:
    """An officer makes the valid letter void; the case is ready for another one. False when there was none."""
    registration = lock(registration)
    case = lock_case(registration)
    if case is None or letter_of(registration) is None:
        return False
    if case.state == VisaState.ISSUED:
        move_case(case, VisaState.READY, by=by, reason=reason)
        return True
    return void_letter(case, by=by, reason=reason)


@transaction.atomic
def take_letter(
    registration: Registration, *, by: Account | None, reason: str = "", as_applicant: bool = False
) -> bytes:
    """The bytes of the valid letter; that they were taken stands in the log. Raises `FileNotFoundError` without one."""
    paper = letter_of(registration)
    if paper is None:
        raise FileNotFoundError(registration.ref)
    content = content_of_paper(paper)
    note(
        registration, "registration.letter_taken", by=by, as_applicant=as_applicant, reason=reason, number=paper.number
    )
    return content
