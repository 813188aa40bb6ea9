"""Answers to questions of a newer form, from people whose application has been sent already."""

from django.db import transaction
from django.utils.translation import gettext as _

from forum.actions.audit import record
from forum.errors import DomainError
from forum.models import Account
from registration.actions.answers import Filled, hold_choices, write_answers
from registration.actions.facts import refuse_stale
from registration.actions.state import lock, refuse_stopped
from registration.models import Registration
from registration.queries.questions import asked_of, owes_answers


@transaction.atomic(durable=True)
def answer_again(
    registration: Registration, *, version: int, questions: Filled, by: Account | None = None
) -> Registration:
    """Keep what the newer form asks; whatever is answered well already stays as it is, and so does the state.

    Raises `DomainError`: `registration.locked` when nothing is asked, `registration.stale`, `questions.changed`,
    `questions.full`, and `questions.incomplete` with one message per missing answer.
    """
    registration = lock(registration)
    refuse_stopped(registration)
    refuse_stale(registration, version)
    asked = asked_of(registration)
    if asked is None or not owes_answers(registration):
        raise DomainError("registration.locked", _("The application has been sent and can no longer be changed here."))
    values = {code: value for code, value in questions.values.items() if code not in asked.good}
    changed = write_answers(registration, Filled(questions.form_id, values))
    hold_choices(registration)
    refuse_incomplete(registration)
    registration.version += 1
    registration.save(update_fields=["version"])
    record(
        "registration.answered_again",
        on=("registration", registration.ref),
        forum=registration.forum,
        by=by,
        as_applicant=True,
        changed=changed,
    )
    return registration


def refuse_incomplete(registration: Registration) -> None:
    """Raise `DomainError("questions.incomplete")` with one message per answer that is needed and not there."""
    asked = asked_of(registration)
    if asked and (missing := asked.missing()):
        raise DomainError("questions.incomplete", _("Some answers are still missing."), fields=missing, status=400)
