"""What an officer corrects in an application, in any state, with a reason."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from forum.actions.audit import record
from forum.errors import DomainError
from forum.models import Account
from registration.actions.answers import carry_over, forget_hidden, hold_choices
from registration.actions.facts import DECIDING, give_login, write_own, write_person
from registration.actions.notices import tell_applicant
from registration.actions.participation import change_root, follow_group
from registration.actions.state import lock, refuse_stopped
from registration.models import Category, Registration
from registration.signals import person_changed


def _follow_email(registration: Registration) -> None:
    """Somebody else reads the letters now, or the address was mistyped: the new one can sign in and knows the state."""
    if registration.person.email and registration.submitted_at:
        give_login(registration)
        if step := registration.moves.last():
            tell_applicant(registration, step)


@transaction.atomic(durable=True)
def correct_facts(
    registration: Registration, *, version: int, answers: Mapping[str, Any], reason: str, by: Account
) -> Registration:
    """An officer corrects a name or another printed fact, in any state, with a reason. Badges above hear of it.

    A new email gets its own login and the last letter again; the links in the old letters are dead (complaint EML-8).
    With the delegation the place goes to its quota. Raises `DomainError` with status 409 when somebody saved in between,
    the consent to processing is withdrawn, or the new delegation has no place (`places.full`).
    """
    registration = lock(registration)
    refuse_stopped(registration)
    if registration.version != version:
        raise DomainError(
            "registration.stale", _("Somebody changed this application meanwhile. Load it again and compare.")
        )
    write_correction(registration, answers, reason=reason, by=by)
    return registration


def write_correction(registration: Registration, answers: Mapping[str, Any], *, reason: str, by: Account) -> list[str]:
    """Write what an officer corrects; gives the fields that changed. The caller holds the locks. Raises as `correct_facts`.

    With the category the place goes along: taken in the new one, then given back in the old one.
    """
    was = registration.category
    changed = write_person(registration, answers) + write_own(registration, answers)
    if "category" in changed:
        changed += follow_category(registration, was=was)
    elif DECIDING & set(changed):
        changed += forget_hidden(registration)
    if changed:
        registration.version += 1
        registration.save()
        if "email" in changed:
            _follow_email(registration)
        if "delegation" in changed:
            follow_group(registration)
        record(
            "registration.corrected",
            on=("registration", registration.ref),
            forum=registration.forum,
            by=by,
            changed=changed,
            reason=reason,
        )
        person_changed.send(Registration, registration=registration)
    return changed


def follow_category(registration: Registration, *, was: Category) -> list[str]:
    """Place and answers of the new category; gives the answers that changed."""
    change_root(registration, was=was)
    changed = carry_over(registration)
    if registration.category.form_id:
        hold_choices(registration, softly=True)
    return changed
