"""Taking a merge back: within ten minutes, while nobody has touched either application, and while the place can be had."""

import json
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from forum.actions.messages import drop_waiting
from forum.actions.patience import busy_in_words
from forum.errors import DomainError
from forum.models import Account
from registration.actions.bulk_undo import UNDONE, note_before
from registration.actions.checks import restore
from registration.actions.corrections import write_correction
from registration.actions.merge_answers import empty_again
from registration.actions.merging import lock_both, note_on_both
from registration.actions.notices import occasion_of
from registration.actions.places import hand_over, live_claim, pass_place, return_to_line
from registration.actions.state import move
from registration.enums import HOLDS_PLACE, RegistrationState
from registration.models import Claim, Delegation, Merge, MergeMemory, MergeUndo, Registration, RegistrationMove
from registration.queries.duplicates import UNDO_FOR

S = RegistrationState


@busy_in_words
@transaction.atomic(durable=True)
def undo_merge(made: Merge, *, by: Account) -> MergeUndo:
    """Both stand as before: answers, states, place. Seats and visits that were given back stay given back.

    Twice is once. Raises `DomainError`: `merge.undo_late`, `merge.touched`, or `places.full` when the place has gone on.
    """
    made = Merge.objects.select_related("step", "approval").get(pk=made.pk)
    kept, gone = lock_both(_whole(made.kept_id), _whole(made.gone_id))
    if found := MergeUndo.objects.filter(merge=made).first():
        return found
    _refuse(made, kept, gone)
    if made.approval:
        _pass_back(kept, gone, made.approval, by=by)
    elif made.step.was in HOLDS_PLACE:
        _take_again(gone)
    _put_answers_back(made, kept, by=by)
    _step_back(gone, made.step, by=by)
    note_on_both("unmerged", kept, gone, by=by, changed=made.fields)
    return MergeUndo.objects.create(merge=made, by=by)


def _whole(pk: int) -> Registration:
    return Registration.objects.select_related("forum", "category__pool", "delegation__region").get(pk=pk)


def _refuse(made: Merge, kept: Registration, gone: Registration) -> None:
    if now() >= made.at + UNDO_FOR:
        raise DomainError("merge.undo_late", _("The time for undoing is over."))
    untouched = made.versions == [kept.version, gone.version] and gone.state == made.step.to
    if untouched and made.approval:
        occasion = occasion_of(made.approval)
        untouched = not kept.person.email or drop_waiting(about=("registration", kept.ref), occasion=occasion)
    if not untouched:
        raise DomainError("merge.touched", _("Somebody has changed one of the two since, so this stays as it is."))


def _pass_back(kept: Registration, gone: Registration, approval: RegistrationMove, *, by: Account) -> None:
    claim = live_claim(kept.category.pool, person=kept.person)
    if claim is not None:
        pass_place(claim, to=gone.person)
    kept.confirm_by = None
    _step_back(kept, approval, by=by)


def _take_again(gone: Registration) -> None:
    """Past the line, if it is free still."""
    pool = gone.category.pool
    last = Claim.objects.filter(root=pool.root_id, person=gone.person).select_related("pool").order_by("-pk").first()
    try:
        hand_over(last.pool if last else pool, to=gone.person)
    except DomainError as refusal:
        raise DomainError(
            "places.full", _("The place has gone to somebody else meanwhile, so this stays as it is.")
        ) from refusal


def _put_answers_back(made: Merge, kept: Registration, *, by: Account) -> None:
    empty_again(kept, made.fields)
    memory = MergeMemory.objects.filter(merge=made).first()
    if memory is not None:
        answers = {name: _value(name, value) for name, value in json.loads(memory.before).items()}
        write_correction(kept, answers, reason=_("merge taken back"), by=by)
        memory.delete()


def _value(name: str, stored: Any) -> Any:
    if name == "delegation":
        return Delegation.objects.select_related("region").filter(pk=stored).first()
    return date.fromisoformat(stored) if name == "birth_date" and stored else stored


def _step_back(registration: Registration, step: RegistrationMove, *, by: Account) -> None:
    """State, place in line, the first glance, and the message that stood there before."""
    move(registration, S(step.was), by=by, note=UNDONE, tell=False, back=True)
    if step.was == S.WAITLISTED:
        return_to_line(registration.category.pool, person=registration.person)
    restore(registration, since=step.at)
    registration.note = note_before(registration, step)
    registration.save(update_fields=["note"])
