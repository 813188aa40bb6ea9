"""Putting one application back to where it stood before a decision about many."""

from django.db import transaction

from forum.actions.messages import drop_waiting
from forum.models import Account
from registration.actions.checks import restore
from registration.actions.notices import occasion_of
from registration.actions.places import live_claim, return_to_line
from registration.actions.state import lock, move
from registration.enums import BulkUndone, ClaimState, RegistrationState
from registration.models import BulkRow, Registration, RegistrationMove

S = RegistrationState
UNDONE = "decision_undone"
"""Note of the move that takes a decision back; pages show a sentence for it."""


@transaction.atomic(durable=True)
def put_back(row: BulkRow, *, by: Account) -> BulkUndone:
    """Back to the state before, unless somebody has touched it since or its letter has left; then it stays."""
    step = RegistrationMove.objects.get(pk=row.move_id or 0)
    registration = lock(_whole(row.registration_id))
    untouched = registration.state == step.to and registration.version == row.version
    if untouched and not _is_offered(registration) and _take_letter_back(registration, step):
        _move_back(registration, step, by=by)
        row.undone = BulkUndone.BACK
    else:
        row.undone = BulkUndone.KEPT
    row.save(update_fields=["undone"])
    return BulkUndone(row.undone)


def _whole(pk: int) -> Registration:
    return Registration.objects.select_related("forum", "category__pool", "delegation__region").get(pk=pk)


def _is_offered(registration: Registration) -> bool:
    """Whoever was put in line may have been offered a place meanwhile, with a letter."""
    claim = live_claim(registration.category.pool, person=registration.person)
    return claim is not None and claim.state == ClaimState.OFFERED


def _take_letter_back(registration: Registration, step: RegistrationMove) -> bool:
    return drop_waiting(about=("registration", registration.ref), occasion=occasion_of(step))


def _move_back(registration: Registration, step: RegistrationMove, *, by: Account) -> None:
    """State, place in line, the first glance, and the message that stood there before."""
    registration.confirm_by = None
    move(registration, S(step.was), by=by, note=UNDONE, tell=False, back=True)
    if step.was == S.WAITLISTED:
        return_to_line(registration.category.pool, person=registration.person)
    restore(registration, since=step.at)
    registration.note = note_before(registration, step)
    registration.save(update_fields=["note"])


def note_before(registration: Registration, step: RegistrationMove) -> str:
    """What the move that led here had said."""
    earlier = registration.moves.filter(pk__lt=step.pk, to=step.was).exclude(note=UNDONE).last()
    return earlier.note if earlier else ""
