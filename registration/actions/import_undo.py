"""Taking a list back: untouched drafts disappear, changed answers get their old values, what somebody has touched stays."""

import json
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from forum.actions.audit import record
from forum.actions.messages import drop_unsent
from forum.models import Account, Forum
from registration.actions.facts import write_own, write_person
from registration.actions.import_rows import LETTER
from registration.actions.state import lock
from registration.enums import EDITABLE, ImportOutcome, ImportUndone, RegistrationState
from registration.models import (
    Category,
    Delegation,
    ImportedPerson,
    ImportRow,
    ImportRun,
    Person,
    Registration,
    ReturnLink,
)
from registration.queries.imports import mark, stored_answers

CHUNK = 200
UNDOABLE = (ImportOutcome.NEW, ImportOutcome.CHANGED)


def take_back_rows(run: ImportRun, *, by: Account | None, tell: Callable[[int], None]) -> None:
    """Row by row; `tell` gets how many more are done. May be run again after a crash."""
    rows = run.rows.filter(outcome__in=UNDOABLE, undone="")
    tell(run.rows.count() - rows.count())
    while part := list(rows.filter(outcome=ImportOutcome.NEW).order_by("registration__person_id", "pk")[:CHUNK]):
        _take_back_drafts(run.forum, part, by=by)
        tell(len(part))
    for row in rows.filter(outcome=ImportOutcome.CHANGED).order_by("registration__person_id", "pk"):
        _take_back_changes(row, by=by)
        tell(1)


@transaction.atomic(durable=True)
def _take_back_drafts(forum: Forum, rows: Sequence[ImportRow], *, by: Account | None) -> None:
    """Nobody has consented to these drafts and nobody has seen them: they are removed, not kept as withdrawn."""
    Forum.objects.select_for_update(no_key=True).get(pk=forum.pk)
    people = {row.registration_id: row for row in rows if row.registration_id}
    keys = list(Registration.objects.filter(pk__in=people).values_list("person_id", flat=True))
    list(Person.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk", flat=True))
    found = Registration.objects.select_for_update().filter(pk__in=people, state=RegistrationState.DRAFT)
    removed = [one for one in found.filter(awaits_consent=True) if one.version == people[one.pk].version]
    _remove(removed, by=by)
    gone = [people[one.pk].pk for one in removed]
    ImportRow.objects.filter(pk__in=gone).update(undone=ImportUndone.REMOVED)
    kept = [row.pk for row in rows if row.pk not in gone]
    ImportRow.objects.filter(pk__in=kept).update(undone=ImportUndone.KEPT)


def _remove(registrations: Sequence[Registration], *, by: Account | None) -> None:
    """With their links and keys, and the letters that wait. The log keeps the references, never the names."""
    ids = [one.pk for one in registrations]
    drop_unsent(reason=LETTER, about=[("registration", one.ref) for one in registrations])
    ImportRow.objects.filter(registration__in=ids).update(registration=None)
    ImportedPerson.objects.filter(registration__in=ids).delete()
    ReturnLink.objects.filter(registration__in=ids).delete()
    Registration.objects.filter(pk__in=ids).delete()
    Person.objects.filter(pk__in=[one.person_id for one in registrations]).delete()
    for one in registrations:
        record("registration.import_removed", on=("registration", one.ref), forum=one.forum, by=by)


@transaction.atomic(durable=True)
def _take_back_changes(row: ImportRow, *, by: Account | None) -> None:
    """Answer by answer: what still is what the list brought gets its old value."""
    registration = lock(Registration.objects.select_related("forum").get(import_rows=row))
    known = ImportedPerson.objects.get(registration=registration)
    old = json.loads(row.before or "{}")
    now_stored, answers = stored_answers(registration), old.get("answers", {})
    ours = {name for name in answers if mark(name, now_stored[name]) == known.marks.get(name)}
    if registration.state not in EDITABLE:
        ours = set()
    if ours:
        _put_back(registration, {name: answers[name] for name in ours}, by=by)
    known.marks |= old.get("marks", {})  # of what stays, too: the list has never been here
    known.save(update_fields=["marks"])
    row.undone = ImportUndone.RESTORED if ours == set(answers) else ImportUndone.KEPT
    row.save(update_fields=["undone"])


def _put_back(registration: Registration, answers: dict[str, Any], *, by: Account | None) -> None:
    stored: dict[str, Any] = dict(answers)
    if "category" in stored:
        stored["category"] = Category.objects.get(forum=registration.forum, code=stored["category"])
    if "delegation" in stored:
        region = stored["delegation"]
        stored["delegation"] = Delegation.objects.filter(forum=registration.forum, region__code=region).first()
    if "birth_date" in stored:
        stored["birth_date"] = date.fromisoformat(stored["birth_date"]) if stored["birth_date"] else None
    changed = write_person(registration, stored) + write_own(registration, stored)
    registration.version += 1
    registration.save()
    about = ("registration", registration.ref)
    record("registration.import_undone", on=about, forum=registration.forum, by=by, changed=changed)
