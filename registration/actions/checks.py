"""The two glances of a review: one person finds the application complete, then it is decided.

Which categories ask for both, and whether by two people, the officers set (`Category.review`).
"""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from forum.actions.audit import record
from forum.errors import DomainError
from forum.models import Account
from registration.actions.state import lock
from registration.enums import CHECKED_FIRST, RegistrationState, ReviewStages
from registration.models import Category, PreCheck, Registration
from registration.queries.checks import live_check

S = RegistrationState
ENDS_WITH = frozenset({S.NEEDS_CHANGES, S.CANCELLED, S.REPLACED})
"""Moves after which somebody has to look anew."""


@transaction.atomic(durable=True)
def check(registration: Registration, *, by: Account) -> PreCheck:
    """Note that everything is there. Of two officers at once the first one has checked; asking twice is asking once.

    Raises `DomainError` for what is not under review, and where the category does not ask for it.
    """
    registration = lock(registration)
    if registration.category.review not in CHECKED_FIRST or registration.state != S.SUBMITTED:
        raise DomainError("registration.check_refused", _("There is nothing to check first here: decide at once."))
    if found := live_check(registration):
        return found
    made = PreCheck.objects.create(registration=registration, checked_by=by)
    _note("registration.checked", registration, by=by)
    return made


@transaction.atomic(durable=True)
def take_check_back(registration: Registration, *, by: Account) -> bool:
    """It has to be looked at anew. False when nothing was checked; what is decided already stays."""
    registration = lock(registration)
    found = live_check(registration)
    if found is None or registration.state != S.SUBMITTED:
        return False
    _end(registration)
    _note("registration.unchecked", registration, by=by)
    return True


def note_decision(registration: Registration, *, by: Account | None) -> None:
    """Whether `by` may decide now, and that they did. Part of the decision, which holds the locks.

    What the system decides by itself passes. Raises `DomainError("registration.not_checked")` where nobody has looked yet
    and `registration.same_person` where another person has to decide.
    """
    review = registration.category.review
    if by is None or review not in CHECKED_FIRST:
        return
    found = live_check(registration)
    if found is None:
        if registration.state == S.SUBMITTED:
            raise DomainError("registration.not_checked", _("Somebody has to check this application first."))
        return
    found.two_people = review == ReviewStages.TWO_PEOPLE
    if found.two_people and found.checked_by_id == by.pk:
        raise DomainError(
            "registration.same_person",
            _("You have checked this application yourself. In this category another person decides."),
        )
    found.decided_by = by
    found.save(update_fields=["two_people", "decided_by"])


def follow_move(registration: Registration, *, was: RegistrationState, to: RegistrationState) -> None:
    """Sent back, ended or taken up again: the next look begins anew. Part of the move."""
    if to in ENDS_WITH or (was, to) == (S.REJECTED, S.SUBMITTED):
        _end(registration)


def restore(registration: Registration, *, since: datetime) -> None:
    """A decision made at `since` is taken back: what was checked before it holds again. The caller holds the locks."""
    ended = PreCheck.objects.filter(registration=registration, ended_at__gte=since).order_by("-pk").first()
    if ended and live_check(registration) is None:
        PreCheck.objects.filter(pk=ended.pk).update(ended_at=None)
    if registration.state == S.SUBMITTED:
        PreCheck.objects.filter(registration=registration, ended_at=None).update(decided_by=None)


def _end(registration: Registration) -> None:
    PreCheck.objects.filter(registration=registration, ended_at=None).update(ended_at=now())


def _note(action: str, registration: Registration, *, by: Account) -> None:
    record(action, on=("registration", registration.ref), forum=registration.forum, by=by)


@transaction.atomic
def set_rules(category: Category, *, review: ReviewStages, confirm_days: int, by: Account) -> bool:
    """How many look at applications of this category, and how long approved people have to confirm (1 to 180 days).

    False when nothing changed. What is decided stays, and so do deadlines that people were told.
    """
    locked = Category.objects.select_for_update(no_key=True).get(pk=category.pk)
    if (locked.review, locked.confirm_days) == (review, confirm_days):
        return False
    was_review, was_days = locked.review, locked.confirm_days
    locked.review, locked.confirm_days = review, confirm_days
    locked.save(update_fields=["review", "confirm_days"])
    record(
        "category.rules_set",
        on=("category", locked.code),
        forum=locked.forum,
        by=by,
        was_review=was_review,
        was_days=was_days,
        review=review,
        days=confirm_days,
    )
    return True
