"""Writing what is known of a person and their application, by whomever it is said. The caller holds the locks."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from forum.actions.accounts import account_of
from forum.actions.audit import record
from forum.actions.inserting import update
from forum.errors import DomainError
from forum.models import Account
from registration.actions.notices import revoke_return_links
from registration.actions.people import NAMES, write_names
from registration.models import Registration

PERSON_FIELDS = (*NAMES, "citizenship", "languages", "email", "birth_date")
OWN_FIELDS = ("category", "delegation", "organisation", "position", "position_short", "language")
DECIDING = frozenset({"citizenship", "birth_date"})
"""What conditions of questions may look at."""


def write_person(registration: Registration, answers: Mapping[str, Any], *, with_login: bool = False) -> list[str]:
    """Set and save answers about the person; gives the fields that changed. The caller holds the locks.

    `with_login`: a new address gets its account at once, for an application that is sent with these answers.
    """
    person = registration.person
    had_address = bool(person.email)
    changed = write_names(person, {k: v for k, v in answers.items() if k in NAMES})
    for field in ("citizenship", "languages", "email", "birth_date"):
        if field in answers and answers[field] != getattr(person, field):
            setattr(person, field, answers[field])
            changed.append(field)
    if "email" in changed:
        if had_address:  # links travel by email alone
            revoke_return_links(registration)
        person.account = _login_of(registration) if with_login and person.email else None
    if changed:
        update(person)
    return changed


def write_own(registration: Registration, answers: Mapping[str, Any]) -> list[str]:
    """Set answers of the application itself (not saved); gives the fields that changed."""
    changed = [f for f in OWN_FIELDS if f in answers and answers[f] != getattr(registration, f)]
    for field in changed:
        setattr(registration, field, answers[field])
    return changed


def keep_changes(
    registration: Registration, action: str, changed: Sequence[str], *, by: Account | None, as_applicant: bool = False
) -> None:
    """One version on, saved, and one line in the log that names the fields."""
    note_changes(registration, action, changed, by=by, as_applicant=as_applicant)
    update(registration)


def note_changes(
    registration: Registration, action: str, changed: Sequence[str], *, by: Account | None, as_applicant: bool = False
) -> None:
    """The same, not saved: for an application that moves on in the same breath (`registration.actions.state.move`)."""
    registration.version += 1
    record(
        action,
        on=("registration", registration.ref),
        forum=registration.forum,
        by=by,
        as_applicant=as_applicant,
        changed=changed,
    )


def refuse_stale(registration: Registration, version: int) -> None:
    """Raise `DomainError("registration.stale")` when somebody has saved since this version was read."""
    if registration.version != version:
        raise DomainError(
            "registration.stale",
            _("This application was changed in another window. Check the answers below and save again."),
            version=registration.version,
        )


def give_login(registration: Registration) -> None:
    """The account of the person's email, made where there is none."""
    registration.person.account = _login_of(registration)
    update(registration.person, "account")


def _login_of(registration: Registration) -> Account:
    return account_of(registration.person.email, language=registration.language)
