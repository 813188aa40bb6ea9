"""Deciding about many applications: each by the same decision as one alone, as a work that can be taken back.

Letters wait for the end of the time for undoing. Undoing puts each application back that nobody has touched since.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.timezone import now
from django.utils.translation import gettext as _

from forum.actions.audit import record
from forum.actions.jobs import Progress, start_job
from forum.errors import DomainError
from forum.models import Account, Forum, Job
from registration.actions import review
from registration.actions.bulk_undo import put_back
from registration.enums import LEADS_TO, BulkOutcome, MassDecision
from registration.models import BulkDecision, BulkRow, ReasonTemplate, Registration
from registration.queries.applications import registrations_visible_to
from registration.queries.bulk import UNDO_FOR, may_undo
from registration.queries.reasons import text_in

BULK, UNDO = "registration.bulk_decide", "registration.bulk_undo"
_ACTS = {
    MassDecision.APPROVE: "approve",
    MassDecision.LINE: "put_in_line",
    MassDecision.ASK: "ask_for_changes",
    MassDecision.REJECT: "reject",
}
"""The decision about one, by its name in `registration.actions.review`: found when it is made, so that a drill may wrap it."""
MARGIN = timedelta(seconds=30)
"""Letters wait a little longer than the button stands, so that undoing at the last second finds them."""


@transaction.atomic
def start_bulk(
    *,
    forum: Forum,
    decision: MassDecision,
    refs: Sequence[str],
    by: Account,
    reason: ReasonTemplate | None = None,
    note: str = "",
) -> BulkDecision:
    """Decide the same about many as a work. What its owner may not see is passed over.

    Raises `DomainError("registration.note_missing")` where people are asked for changes without a word of which.
    """
    if decision == MassDecision.ASK and not (reason or note.strip()):
        raise DomainError(
            "registration.note_missing", _("Say what has to be changed."), fields={"note": _("Write a message.")}
        )
    bulk = BulkDecision.objects.create(forum=forum, by=by, decision=decision, reason=reason, note=note.strip())
    seen = registrations_visible_to(by).filter(forum=forum, ref__in=refs).order_by("submitted_at", "pk")
    rows = [BulkRow(bulk=bulk, registration_id=pk) for pk in seen.values_list("pk", flat=True)]
    BulkRow.objects.bulk_create(rows)
    bulk.job = start_job(BULK, forum=forum, owner=by, total=len(rows), bulk=str(bulk.public_id))
    bulk.save(update_fields=["job"])
    record("bulk.started", on=("bulk", bulk.public_id), forum=forum, by=by, decision=decision, total=len(rows))
    return bulk


def run_bulk(job: Job, progress: Progress) -> None:
    """The work. After a crash it goes on with what is not decided yet, and counts the rest as done."""
    bulk = BulkDecision.objects.select_related("forum", "by", "reason").get(public_id=job.params["bulk"])
    rows = bulk.rows.select_related("registration__category__pool", "registration__forum", "registration__person")
    progress.step(rows.exclude(outcome=BulkOutcome.WAITING).count())
    with translation.override(bulk.by.language):
        for row in rows.filter(outcome=BulkOutcome.WAITING).order_by("pk").iterator(chunk_size=200):
            refusal = _decide_row(bulk, row)
            if refusal:
                progress.fail(row.registration.ref, refusal)
            else:
                progress.step()


def _decide_row(bulk: BulkDecision, row: BulkRow) -> str:
    """Decide, then note what it did; gives the refusal. A crash in between is found by the move that was made."""
    registration = row.registration
    try:
        decide: Callable[..., Any] = getattr(review, _ACTS[MassDecision(bulk.decision)])
        decide(registration, by=bulk.by, note=_words(bulk, registration), tell_at=now() + UNDO_FOR + MARGIN)
    except DomainError as error:
        return _note_refusal(row, error.message)
    made = registration.moves.filter(to=LEADS_TO[MassDecision(bulk.decision)], by=bulk.by, at__gte=bulk.created_at)
    step = made.last()
    if step is None:
        return _note_refusal(row, _("It was decided already."))
    fresh = Registration.objects.values("version", "state").get(pk=registration.pk)
    # Touched between the decision and this note: undoing will leave it as it is.
    version = fresh["version"] if fresh["state"] == step.to else 0
    BulkRow.objects.filter(pk=row.pk).update(outcome=BulkOutcome.DONE, move=step, version=version, refusal="")
    return ""


def _words(bulk: BulkDecision, registration: Registration) -> str:
    """What was typed goes to everybody as it is; a ready-made text in the language of each."""
    if bulk.note or bulk.reason is None:
        return bulk.note
    return text_in(bulk.reason, registration.language)


def _note_refusal(row: BulkRow, why: Any) -> str:
    BulkRow.objects.filter(pk=row.pk).update(outcome=BulkOutcome.REFUSED, refusal=str(why))
    return str(why)


@transaction.atomic
def start_undo(bulk: BulkDecision, *, by: Account) -> Job:
    """Take it back as a work. Asked twice, also by two people at once, the second one gets the first work.

    Raises `DomainError("bulk.undo_late")` after the time for it, and `bulk.running` while it is still at work.
    """
    bulk = BulkDecision.objects.select_for_update(of=("self",)).get(pk=bulk.pk)
    if bulk.undo_job is not None:
        return bulk.undo_job
    if bulk.job is None or not bulk.job.is_finished:
        raise DomainError("bulk.running", _("This is still at work. Stop it first, or wait until it ends."))
    if not may_undo(bulk):
        raise DomainError("bulk.undo_late", _("The letters have left, so this can no longer be undone all at once."))
    total = bulk.rows.filter(outcome=BulkOutcome.DONE).count()
    bulk.undo_job = start_job(UNDO, forum=bulk.forum, owner=by, total=total, bulk=str(bulk.public_id))
    bulk.save(update_fields=["undo_job"])
    record("bulk.undo_started", on=("bulk", bulk.public_id), forum=bulk.forum, by=by)
    return bulk.undo_job


def run_undo(job: Job, progress: Progress) -> None:
    """The work. What was put back before a crash stays put back."""
    rows = BulkRow.objects.filter(bulk__public_id=job.params["bulk"], outcome=BulkOutcome.DONE)
    progress.step(rows.exclude(undone="").count())
    # From the last to the first: places go back in the order in which they were taken.
    for row in rows.filter(undone="").order_by("-pk"):
        put_back(row, by=job.owner)
        progress.step()
