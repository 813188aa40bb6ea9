"""Emails about the visa: data wanted, a reminder, the letter is ready, a letter is void. None carries data or the letter."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from forum.actions.messages import queue_message
from forum.models import Paper
from registration.actions.notices import letter_context
from registration.models import VisaCase

DATA_WANTED, REMINDER = "registration.visa_data", "registration.visa_reminder"
LETTER_READY, LETTER_VOID = "registration.letter_ready", "registration.letter_void"
LABELS = {
    DATA_WANTED: _("Data for the invitation letter"),
    REMINDER: _("Reminder: data for the invitation letter"),
    LETTER_READY: _("Invitation letter is ready"),
    LETTER_VOID: _("Invitation letter is void"),
}
"""What the team calls each email."""


def tell_data_wanted(case: VisaCase, *, due: date) -> None:
    """“We need a few data by …”"""
    _tell(DATA_WANTED, case, occasion=f"visa:{case.pk}:{case.version}", due=due.isoformat())


def tell_reminder(case: VisaCase, *, due: date, step: int) -> None:
    """The same again, some days before the deadline; each step once."""
    _tell(REMINDER, case, occasion=f"visa:{case.pk}:{case.version}:{step}", due=due.isoformat())


def tell_letter_ready(case: VisaCase, paper: Paper) -> None:
    """It is on the person's page; passport data do not travel by email."""
    _tell(LETTER_READY, case, occasion=f"paper:{paper.public_id}", number=str(paper.number))


def tell_letter_void(case: VisaCase, paper: Paper) -> None:
    """A consulate that checks it will see that it is not valid."""
    _tell(LETTER_VOID, case, occasion=f"paper:{paper.public_id}", number=str(paper.number))


def _tell(reason: str, case: VisaCase, *, occasion: str, **facts: Any) -> None:
    registration = case.registration
    if not registration.person.email or registration.person.processing_stopped_at is not None:
        return
    queue_message(
        reason,
        about=("registration", registration.ref),
        occasion=occasion,
        to=registration.person.email,
        language=registration.language,
        forum=registration.forum,
        context=letter_context(registration) | facts,
    )
