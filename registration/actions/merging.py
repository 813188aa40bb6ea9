"""Two applications of one person become one: an officer says which stays, and the other ends with its history.

Lock order as everywhere: persons by key, each with its application, then pools. Consents, pictures, documents and the log
stay with the application they belong to; `Merge` links both.
"""

import json
from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from forum.actions.audit import record
from forum.actions.patience import busy_in_words
from forum.errors import DomainError
from forum.models import Account
from registration.actions.checks import note_decision
from registration.actions.confirming import set_deadline
from registration.actions.corrections import write_correction
from registration.actions.facts import OWN_FIELDS, PERSON_FIELDS
from registration.actions.merge_answers import fill_gaps
from registration.actions.participation import pass_participation
from registration.actions.state import lock, move, refuse_stopped
from registration.enums import MERGEABLE, RegistrationState
from registration.models import Merge, MergeMemory, Registration, RegistrationMove
from registration.queries.duplicates import UNDO_FOR, place_passes

S = RegistrationState
MERGED = "merged"
"""Note of the move that ends the other application; pages show a sentence for it."""
MARGIN = timedelta(seconds=30)
"""A letter about a place that passed on waits a little longer than the button stands."""
MAY_TAKE = tuple(name for name in (*PERSON_FIELDS, *OWN_FIELDS) if name != "category")
"""Answers of which the other's value may be chosen. The category is a decision, with places behind it."""


@busy_in_words
@transaction.atomic(durable=True)
def merge(
    kept: Registration,
    gone: Registration,
    *,
    take: Collection[str] = (),
    reason: str,
    by: Account,
    versions: tuple[int, int] | None = None,
) -> Merge:
    """End `gone` in favour of `kept`, which takes the answers named in `take` from it, and its place where it has none.

    Nobody is told that the other one has ended; who gets its place is told when undoing is over. Raises `DomainError`
    when one of the two has ended meanwhile (`merge.over`: of two officers in both directions the second one), is blocked
    (`merge.blocked`), or was changed since `versions` (kept, gone) were read; what `write_correction` and, for a place
    that passes on, `note_decision` raise.
    """
    kept, gone = lock_both(kept, gone)
    _refuse(kept, gone)
    if versions is not None and versions != (kept.version, gone.version):
        raise DomainError("registration.stale", _("Somebody changed one of the two meanwhile. Compare them again."))
    before, changed = _take_over(kept, gone, take, reason=reason, by=by)
    passes = place_passes(kept, gone)
    if passes:
        note_decision(kept, by=by)
        pass_participation(gone, to=kept)
    step = move(gone, S.CANCELLED, by=by, note=MERGED, tell=False)
    changed += fill_gaps(kept, gone)
    approval = _approve(kept, by=by) if passes else None
    return _note(kept, gone, before=before, by=by, reason=reason.strip(), fields=changed, step=step, approval=approval)


def _note(kept: Registration, gone: Registration, *, before: dict[str, Any], by: Account, **facts: Any) -> Merge:
    """Which ended in which, by whom and why; what was written over is sealed."""
    versions = [kept.version, gone.version]
    made = Merge.objects.create(forum=kept.forum, kept=kept, gone=gone, by=by, versions=versions, **facts)
    if before:
        MergeMemory.objects.create(merge=made, before=json.dumps(before))
    note_on_both("merged", kept, gone, by=by, changed=made.fields, reason=made.reason)
    return made


def lock_both(kept: Registration, gone: Registration) -> tuple[Registration, Registration]:
    """Both as they stand now, locked in the one order. Raises `DomainError("merge.same")` for one and the same."""
    if kept.person_id == gone.person_id or kept.forum_id != gone.forum_id:
        raise DomainError("merge.same", _("Choose two different applications of one edition."))
    first, second = sorted((kept, gone), key=lambda row: row.person_id)
    locked = {row.pk: row for row in (lock(first), lock(second))}
    return locked[kept.pk], locked[gone.pk]


def _refuse(kept: Registration, gone: Registration) -> None:
    if kept.state not in MERGEABLE or gone.state not in MERGEABLE:
        raise DomainError(
            "merge.over", _("One of the two has ended meanwhile; perhaps another officer has merged them already.")
        )
    if gone.state == S.BLOCKED:
        raise DomainError("merge.blocked", _("A blocked application cannot end like this: keep it, or lift the block."))
    refuse_stopped(kept)
    refuse_stopped(gone)


def _approve(kept: Registration, *, by: Account) -> RegistrationMove:
    set_deadline(kept)
    return move(kept, S.APPROVED, by=by, tell_at=now() + UNDO_FOR + MARGIN)


def _take_over(
    kept: Registration, gone: Registration, take: Collection[str], *, reason: str, by: Account
) -> tuple[dict[str, Any], list[str]]:
    """What stood there before, and the names of what changed. First of all: a new email is told how things stood."""
    answers = {name: value_of(gone, name) for name in MAY_TAKE if name in take and value_of(gone, name)}
    before = {name: as_text(value_of(kept, name)) for name in answers}
    changed = write_correction(kept, answers, reason=reason.strip(), by=by) if answers else []
    return {name: value for name, value in before.items() if name in changed}, changed


def value_of(registration: Registration, name: str) -> Any:
    """The stored answer."""
    return getattr(registration.person if name in PERSON_FIELDS else registration, name)


def as_text(value: Any) -> Any:
    """For JSON: a day as ISO text, a delegation by its key."""
    if isinstance(value, date):
        return value.isoformat()
    return getattr(value, "pk", value)


def note_on_both(act: str, kept: Registration, gone: Registration, *, by: Account, **facts: Any) -> None:
    """One entry in the log of each, naming the other."""
    for one, other in ((kept, gone), (gone, kept)):
        about = ("registration", one.ref)
        record(f"registration.{act}", on=about, forum=one.forum, by=by, other=other.ref, kept=kept.ref, **facts)
