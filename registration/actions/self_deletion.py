"""The person deletes everything about themselves: a code to their address first, unless they have just signed in."""

from django.db import transaction
from django.utils.timezone import now

from forum.actions.messages import queue_message
from forum.errors import DomainError
from forum.models import Account
from registration.actions.documents import note
from registration.actions.emailed_codes import new_code, refusal_of, refuse_often
from registration.actions.person_erasing import empty_people, lock_merged
from registration.actions.state import lock
from registration.enums import ErasureBasis
from registration.models import DeletionCode, Registration

CODE = "registration.deletion_code"
PURPOSE = "registration.deletion"


@transaction.atomic(durable=True)
def ask_for_deletion_code(registration: Registration, *, by: Account | None) -> None:
    """Send a code to the person's own address; an earlier one is dead from now on.

    Raises `DomainError("email.often")` for too many codes in a day.
    """
    registration = lock(registration)
    refuse_often(registration, registration.deletion_codes.all())
    registration.deletion_codes.filter(ended_at=None).update(ended_at=now())
    row = DeletionCode(registration=registration)
    code = new_code(row, purpose=PURPOSE)
    queue_message(
        CODE,
        about=("registration", registration.ref),
        occasion=f"deletion:{row.public_id}",
        to=registration.person.email,
        language=registration.language,
        forum=registration.forum,
        context={"code": code},
    )
    note(registration, "registration.deletion_asked", by=by)


def delete_self(registration: Registration, *, code: str, is_proven: bool, by: Account | None) -> None:
    """Erase the person at once. `is_proven`: a fresh sign-in has shown who this is, or there is no address to write to.

    Deleting twice is deleting once. Raises `DomainError` with the remedy for a wrong, used up or expired code; a wrong code
    counts even though it is refused, hence two transactions.
    """
    refusal = _delete(registration, code=code, is_proven=is_proven, by=by)
    if refusal is not None:
        raise refusal


@transaction.atomic(durable=True)
def _delete(registration: Registration, *, code: str, is_proven: bool, by: Account | None) -> DomainError | None:
    registration, *merged = lock_merged(registration)
    if registration.erased_at is not None:
        return None
    if registration.person.email and not is_proven:
        row = registration.deletion_codes.select_for_update().filter(ended_at=None).last()
        if refusal := refusal_of(row, code, purpose=PURPOSE):
            return refusal
    empty_people([registration, *merged], basis=ErasureBasis.ASKED, by=by, as_applicant=True)
    return None
