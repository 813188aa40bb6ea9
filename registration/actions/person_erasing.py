"""Erasing a person: because they ask, because the application was never sent, or because the forum is long over.

One transaction for each person. What proves something (consents, scans, log, history) is append-only and stays; it points to
a row without a name. The database refuses an erased person with anything left (`person_erased_is_nameless`).
"""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from forum.actions.accounts import close_account
from forum.actions.messages import forget_recipients, queue_message
from forum.actions.patience import busy_in_words
from forum.models import Account
from registration.actions.application_erasing import empty_application, end_application
from registration.actions.documents import note
from registration.actions.people import NAMES
from registration.actions.person_traces import forget_traces, is_used_by_others
from registration.actions.state import lock
from registration.enums import ErasedData, ErasureBasis
from registration.models import Erasure, Person, Registration
from registration.models.people import NAMELESS
from registration.queries.duplicates import merged_into

DELETED = "registration.deleted"
_K = ErasedData


@busy_in_words
@transaction.atomic(durable=True)
def erase_person(
    registration: Registration, *, basis: ErasureBasis, by: Account | None, reason: str = "", as_applicant: bool = False
) -> bool:
    """Empty the person behind `registration`, with all their applications. Asked twice it is done once (False).

    Applications end first (`move`): places go back, badges die. When the term is over, places of the past stay as they
    were, for the figures. Whoever asked gets one last letter; its address is forgotten once it has left
    (`actions.retention.forget_last_addresses`).
    """
    return empty_people(lock_merged(registration), basis=basis, by=by, reason=reason, as_applicant=as_applicant)


def empty_people(registrations: Sequence[Registration], *, basis: ErasureBasis, by: Account | None, **how: Any) -> bool:
    """Of one person, all locked, the application that was asked for first. False when all were erased before.

    Each address gets one last letter, with the last of its applications: emptying drops what has not left before.
    """
    found = [one for one in reversed(registrations) if one.person.erased_at is None]
    last = {one.person.email: one.pk for one in found}
    for one in found:
        empty_person(one, basis=basis, by=by, is_told=last[one.person.email] == one.pk, **how)
    return bool(found)


def lock_merged(registration: Registration) -> list[Registration]:
    """The application, then those that were merged into it: they are the same person's. Persons are locked by key."""
    found = [registration, *merged_into(registration)]
    locked = {one.pk: lock(one) for one in sorted(found, key=lambda one: one.person_id)}
    return [locked[one.pk] for one in found]


def empty_person(
    registration: Registration,
    *,
    basis: ErasureBasis,
    by: Account | None,
    reason: str = "",
    as_applicant: bool = False,
    is_told: bool = True,
) -> None:
    """The same for who holds the person's lock and owns the transaction."""
    person = registration.person
    mine = [lock(one) for one in person.registrations.select_related("forum", "category").order_by("pk")]
    last_letter = (person.email, registration.language) if is_told and _is_told(mine, basis) else ("", "")
    kinds = [kind for one in mine for kind in end_application(one, basis=basis, by=by, as_applicant=as_applicant)]
    if basis != ErasureBasis.UNSENT:  # whose address stands in a draft, nobody knows
        kinds += [kind for one in mine for kind in forget_traces(one, by=by)]
    kinds += _empty_person(mine[0].person, email=person.email)
    kinds = list(dict.fromkeys(kinds))
    for one in mine:
        empty_application(one)
        note(
            one,
            "registration.person_erased",
            by=by,
            as_applicant=as_applicant,
            changed=kinds,
            basis=basis,
            **({"reason": reason} if reason else {}),
        )
    Erasure.objects.create(forum=registration.forum, ref=registration.ref, data=kinds, basis=basis, by=by)
    if last_letter[0]:
        _tell(registration, *last_letter)


def _is_told(mine: Sequence[Registration], basis: ErasureBasis) -> bool:
    """Nobody is written to about a draft of their own: it was never sent, and its email may be somebody else's."""
    return basis == ErasureBasis.ASKED and any(one.submitted_at for one in mine)


def _empty_person(person: Person, *, email: str) -> list[str]:
    """Names, dates, the address and the login; gives the kinds of data that were there."""
    held = {
        _K.NAMES: any(getattr(person, field) for field in NAMES),
        _K.CONTACTS: bool(email),
        _K.BIRTH_DATE: person.birth_date is not None,
        _K.ORIGIN: bool(person.citizenship or person.languages),
    }
    account = person.account
    for field, empty in NAMELESS.items():
        setattr(person, field, empty)
    person.birth_date, person.languages, person.account = None, [], None
    person.erased_at = now()
    person.processing_stopped_at = person.processing_stopped_at or now()
    person.save()
    kinds: list[str] = [kind for kind, was_there in held.items() if was_there]
    if account is None and email and not is_used_by_others(email, person):
        forget_recipients(to=email)
    return kinds + ([_K.LOGIN] if account and _close(account, email) else [])


def _close(account: Account, email: str) -> bool:
    """Whoever looks after others, or belongs to the team, goes on signing in."""
    locked = Account.objects.select_for_update().get(pk=account.pk)
    if locked.people.exists() or not close_account(locked):
        return False
    forget_recipients(to=email)
    return True


def _tell(registration: Registration, email: str, language: str) -> None:
    """“Your data are deleted”: no name, no link."""
    queue_message(
        DELETED,
        about=("registration", registration.ref),
        occasion="deleted",
        to=email,
        language=language,
        forum=registration.forum,
    )
