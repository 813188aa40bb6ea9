"""Taking the rows of a list over: drafts made, answers changed, nothing done twice."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db import transaction

from forum.actions.audit import record
from forum.actions.bell import hurry_lane
from forum.actions.messages import queue_message
from forum.enums import Lane, Role
from forum.models import Account, Forum
from forum.queries.access import has_role
from registration.actions.facts import OWN_FIELDS, write_own, write_person
from registration.actions.notices import letter_context
from registration.actions.people import NAMES, write_names
from registration.actions.placeholders import put_by
from registration.engine.imports.rows import Row
from registration.enums import ImportOutcome, RegistrationState
from registration.models import Category, Delegation, ImportedPerson, ImportRow, ImportRun, Person, Registration
from registration.queries.imports import (
    Planned,
    external_of,
    key_of,
    known_people,
    marks_of,
    plan,
    rows_of_table,
    stored_answers,
    table_of_run,
)

LETTER = "registration.imported"
CHUNK = 200
"""Rows of one transaction."""


def take_over(run: ImportRun, *, by: Account | None, tell: Callable[[Sequence[ImportRow]], None]) -> None:
    """Write the rows of `run`, a chunk in each transaction; `tell` gets what became of them after each commit.

    Rows that are written already are passed over, so it may be run again after a crash.
    """
    rows = rows_of_table(run, table_of_run(run))
    writer = writer_of(run, by=by)
    for at in range(0, len(rows), CHUNK):
        tell(writer.write(rows[at : at + CHUNK]))


def writer_of(run: ImportRun, *, by: Account | None) -> "Writer":
    """With everything that rows may name."""
    return Writer(run, by, *_codes(run.forum))


def _codes(forum: Forum) -> tuple[dict[str, Category], dict[str, Delegation]]:
    delegations = Delegation.objects.filter(forum=forum).select_related("region")
    return {c.code: c for c in Category.objects.filter(forum=forum)}, {d.region.code: d for d in delegations}


@dataclass(frozen=True)
class Writer:
    """Writes rows of one list."""

    run: ImportRun
    by: Account | None
    categories: Mapping[str, Category]
    delegations: Mapping[str, Delegation]

    @transaction.atomic(durable=True)
    def write(self, rows: Sequence[Row]) -> list[ImportRow]:
        """One chunk, as a transaction of its own."""
        return self.put(rows)

    def put(self, rows: Sequence[Row]) -> list[ImportRow]:
        """Lists of one edition are written one after the other, so two of them never make a person twice."""
        Forum.objects.select_for_update(no_key=True).get(pk=self.run.forum_id)
        numbers = {row.number for row in rows}
        written = list(ImportRow.objects.filter(run=self.run, number__in=numbers).defer("before"))
        before = {row.number for row in written}
        left = [row for row in rows if row.number not in before]
        self._lock(left)
        return written + self._write(plan(self.run.forum, left, delegation=self.run.delegation))

    def _lock(self, rows: Sequence[Row]) -> None:
        """Everybody whom these rows may change: persons by key, then their applications."""
        known = [one.registration for one in known_people(self.run.forum, rows)]
        for model, keys in ((Person, [r.person_id for r in known]), (Registration, [r.pk for r in known])):
            locked = model._default_manager.select_for_update().filter(pk__in=keys)
            list(locked.order_by("pk").values_list("pk", flat=True))

    def _write(self, planned: Sequence[Planned]) -> list[ImportRow]:
        made = self._create([one for one in planned if one.outcome == ImportOutcome.NEW])
        rows = [self._change(one) if one.outcome == ImportOutcome.CHANGED else self._note(one) for one in planned]
        for row in rows:
            row.registration = made.get(row.number, row.registration)
        letters = [self._tell(made[row.number]) for row in rows if row.number in made]
        if any(letters):
            hurry_lane(Lane.BULK)
        return ImportRow.objects.bulk_create(rows)

    def _note(self, one: Planned) -> ImportRow:
        return ImportRow(
            run=self.run,
            number=one.row.number,
            outcome=one.outcome,
            problems=[list(problem) for problem in one.problems],
            registration=one.known.registration if one.known else None,
            version=1 if one.outcome == ImportOutcome.NEW else None,
        )

    # --- new people -------------------------------------------------------------------------------------------------
    def _create(self, planned: Sequence[Planned]) -> dict[int, Registration]:
        """Drafts without a consent, by the number of their row."""
        answers = [self._complete(one.row) for one in planned]
        persons = Person.objects.bulk_create([self._person(given) for given in answers])
        made = [self._draft(person, given) for person, given in zip(persons, answers, strict=True)]
        Registration.objects.bulk_create(made)
        ImportedPerson.objects.bulk_create(self._keys(planned, made, answers))
        for registration in made:
            about = ("registration", registration.ref)
            record("registration.imported", on=about, forum=self.run.forum, by=self.by, list=str(self.run.public_id))
            if self.run.delegation_id:
                put_by(registration, by=self.by)
        return {one.row.number: registration for one, registration in zip(planned, made, strict=True)}

    def _complete(self, row: Row) -> dict[str, Any]:
        return {"language": self.run.language} | dict(row.answers)

    def _person(self, given: Mapping[str, Any]) -> Person:
        person = Person(
            forum=self.run.forum,
            citizenship=given.get("citizenship", ""),
            languages=given.get("languages", []),
            email=given.get("email", ""),
            birth_date=_day(given.get("birth_date")),
        )
        write_names(person, {name: text for name, text in given.items() if name in NAMES})
        return person

    def _draft(self, person: Person, given: Mapping[str, Any]) -> Registration:
        own = {name: value for name, value in self._stored(given).items() if name in OWN_FIELDS}
        return Registration(forum=self.run.forum, person=person, awaits_consent=True, **own)

    def _keys(
        self, planned: Sequence[Planned], made: Sequence[Registration], answers: Sequence[Mapping[str, Any]]
    ) -> list[ImportedPerson]:
        used: set[bytes] = set()
        keys = []
        for one, registration, given in zip(planned, made, answers, strict=True):
            key = key_of(one.row, apart=one.apart or key_of(one.row) in used)
            used.add(key)
            keys.append(
                ImportedPerson(
                    forum=self.run.forum,
                    registration=registration,
                    key=key,
                    external=external_of(one.row),
                    marks=marks_of(given),
                )
            )
        return keys

    def _stored(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Codes as the rows they name."""
        rows: dict[str, Any] = {}
        for name, value in given.items():
            if name == "category":
                rows[name] = self.categories[value]
            elif name == "delegation":
                rows[name] = self.delegations[value]
            else:
                rows[name] = _day(value) if name == "birth_date" else value
        return rows

    # --- people of an earlier list ------------------------------------------------------------------------------------
    def _change(self, one: Planned) -> ImportRow:
        """Only what nobody has touched since; `before` is what undoing needs."""
        row = self._note(one)
        if one.known is None or one.changes is None:
            return row
        known, registration, changes = one.known, one.known.registration, one.changes.changes
        old = stored_answers(registration)
        row.before = json.dumps(
            {"answers": {name: old[name] for name in changes}, "marks": {n: known.marks.get(n) for n in changes}}
        )
        new = self._stored(changes)
        changed = write_person(registration, new) + write_own(registration, new)
        registration.version += 1
        registration.save()
        row.version = registration.version
        known.marks |= marks_of(changes)
        known.save(update_fields=["marks"])
        about = ("registration", registration.ref)
        record("registration.import_changed", on=about, forum=self.run.forum, by=self.by, changed=changed)
        if "email" in changes and registration.state == RegistrationState.DRAFT:
            self._tell(registration)
        return row

    @cached_property
    def _by_head(self) -> bool:
        """Whether whoever leads a delegation writes, not the team: the letter says who has put somebody on a list."""
        return self.by is not None and not has_role(self.by, Role.ACCREDITATION_OFFICER)

    def _tell(self, registration: Registration) -> bool:
        """Their own link, in their language. Whoever has no address is told by the desk."""
        if not self.run.sends_letters or not registration.person.email:
            return False
        queue_message(
            LETTER,
            about=("registration", registration.ref),
            occasion=f"import:{self.run.public_id}",
            to=registration.person.email,
            language=registration.language,
            forum=self.run.forum,
            context=letter_context(registration) | {"by_head": self._by_head},
            lane=Lane.BULK,
            hurry=False,
        )
        return True


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
