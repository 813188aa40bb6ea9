"""What people change by themselves once their application is sent: what they do and speak, and what they have answered.

Key fields are changed by request (`registration.actions.changes`), the address by a code (`registration.actions.email_change`).
"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from forum.errors import DomainError
from forum.models import Account
from registration.actions.answers import Filled, hold_choices, write_answers
from registration.actions.asked_again import refuse_incomplete
from registration.actions.facts import keep_changes, refuse_stale, write_own, write_person
from registration.actions.state import lock, refuse_stopped
from registration.models import Registration
from registration.queries.changes import may_change
from registration.signals import person_changed

ALONE = "registration.changed_alone"
FREE = ("position", "position_short", "language", "languages")
"""Answers that need nobody's consent: a badge that shows an older one is listed for a new print."""


@transaction.atomic(durable=True)
def change_facts(
    registration: Registration, *, version: int, answers: Mapping[str, Any], by: Account | None
) -> Registration:
    """Keep those of `FREE` that are in `answers`; the state stays. A letter that names the position is looked at again.

    Raises `DomainError`: `registration.locked` where nothing is changed any more, `registration.stale`.
    """
    registration = _open(registration, version)
    given = {name: value for name, value in answers.items() if name in FREE}
    changed = write_person(registration, given) + write_own(registration, given)
    if changed:
        keep_changes(registration, ALONE, changed, by=by, as_applicant=True)
    if "position" in changed:
        person_changed.send(Registration, registration=registration)
    return registration


@transaction.atomic(durable=True)
def change_answers(
    registration: Registration, *, version: int, questions: Filled, by: Account | None = None
) -> Registration:
    """Keep other answers to the form of the category; places of what is chosen anew are taken, the others given back.

    Raises `DomainError` as `change_facts`, `questions.changed`, `questions.full`, and `questions.incomplete` with one
    message per missing answer.
    """
    registration = _open(registration, version)
    changed = write_answers(registration, questions)
    hold_choices(registration)
    refuse_incomplete(registration)
    if changed:
        keep_changes(registration, ALONE, changed, by=by, as_applicant=True)
    return registration


def _open(registration: Registration, version: int) -> Registration:
    registration = lock(registration)
    refuse_stopped(registration)
    if not may_change(registration):
        over = _("This application can no longer be changed here. Write to %(email)s.")
        raise DomainError("registration.locked", over % {"email": registration.forum.contact_email})
    refuse_stale(registration, version)
    return registration
