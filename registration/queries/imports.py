"""Imports: what is in the file, what it would do here, what became of it."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet, prefetch_related_objects
from django.utils.timezone import localdate

from forum.crypto import keyed_hash
from forum.enums import JobState, Role, ScopeKind
from forum.models import Forum
from forum.names import fold
from forum.queries import files
from forum.queries.access import User, has_role, scopes_of
from forum.queries.any_of import AnyOf
from registration.engine.imports.merging import Merge, merge
from registration.engine.imports.reading import read_table
from registration.engine.imports.rows import Row, known_by, read_rows
from registration.engine.imports.tables import Table
from registration.engine.imports.values import Places
from registration.enums import EDITABLE, ImportOutcome, RegistrationState
from registration.models import Category, Delegation, ImportedPerson, ImportRow, ImportRun, Person, Registration
from registration.queries.import_copies import rows_copy, table_copy
from registration.queries.offers import delegations_of

KEPT_FOR = timedelta(days=7)
"""How long the file is kept, and with it the way back."""
AT_ONCE = 5_000
"""Rows that are looked up with one query."""
PERSON = ("surname", "given_name", "patronymic", "latin_surname", "latin_given_name", "native_name", "badge_name")
REGIONS = "registration__delegation__region"
OVER = (RegistrationState.CANCELLED, RegistrationState.REJECTED, RegistrationState.REPLACED)


def imports_visible_to(user: User) -> QuerySet[ImportRun]:
    """Lists of the current edition: all for accreditation officers and organisers, those of their delegation for a head."""
    runs = ImportRun.objects.filter(forum__is_current=True).exclude(kind=ImportRun.HAND)
    runs = runs.select_related("by", "job", "undo_job", "file", "category", "forum", "delegation__region", "batch")
    if has_role(user, Role.ACCREDITATION_OFFICER):
        return runs
    return runs.filter(delegation__region__code__in=scopes_of(user, Role.DELEGATION_HEAD, ScopeKind.REGION))


def with_figures(runs: QuerySet[ImportRun]) -> QuerySet[ImportRun]:
    """Runs with the number of rows of each outcome as `n_new`, `n_changed`, ..."""
    figures = {f"n_{outcome}": Count("rows", filter=Q(rows__outcome=outcome)) for outcome in ImportOutcome}
    return runs.annotate(**figures).order_by("-pk")


def usual_category(forum: Forum) -> Category | None:
    """What most people are: the largest quota that people may apply for."""
    return Category.objects.filter(forum=forum, open_to_applicants=True).order_by("-pool__places").first()


# --- the file -------------------------------------------------------------------------------------------------------
def seal_of(run: ImportRun) -> str:
    """The place for which the file is sealed."""
    return f"registration_importrun.file:{run.public_id}"


def content_of(run: ImportRun) -> bytes:
    """The file as it was handed in. Raises `ValueError` when it has been erased."""
    if run.file is None:
        raise ValueError("erased")
    try:
        return files.content_of(run.file, sealed_for=seal_of(run))
    except FileNotFoundError as error:
        raise ValueError("erased") from error


def table_of_run(run: ImportRun) -> Table:
    """The table, read as the run says. Raises `ImportFileError`, and `ValueError` when the file has been erased."""
    if run.file_id is None:
        raise ValueError("erased")

    def read() -> Table:
        return read_table(f"list.{run.kind}", content_of(run), encoding=run.encoding, delimiter=run.delimiter)

    return table_copy(run, read)


def categories_for(delegation: Delegation) -> QuerySet[Category]:
    """Whom a head may bring: what anybody may apply for, and what the delegation has places of its own in."""
    mine = Q(open_to_applicants=True) | Q(quotas__delegation=delegation)
    return Category.objects.filter(mine, forum=delegation.forum_id).distinct().select_related("pool")


def places_of(forum: Forum, *, category: Category, delegation: Delegation | None = None) -> Places:
    """Names and codes of this edition's delegations and categories, in every language; of one delegation only its own."""
    delegations = {}
    for group in delegations_of(forum):
        for name in (group.region.code, *_names(group.region)):
            delegations[fold(name)] = group.region.code
    categories = {}
    for one in categories_for(delegation) if delegation else Category.objects.filter(forum=forum):
        for name in (one.code, *_names(one)):
            categories[fold(name)] = one.code
    own = delegation.region.code if delegation else ""
    return Places(delegations, categories, category.code, localdate(), own)


def _names(row: Any) -> set[str]:
    return {name for code, _label in settings.LANGUAGES if (name := getattr(row, f"name_{code}", None))}


def rows_of_table(run: ImportRun, table: Table) -> list[Row]:
    """Every row as a person."""
    places = places_of(run.forum, category=run.category, delegation=run.delegation)
    return rows_copy(run, table, places=places, read=lambda: read_rows(table, columns=run.columns, places=places))


# --- what is here already ---------------------------------------------------------------------------------------------
def key_of(row: Row, *, apart: bool = False) -> bytes:
    """Keyed hash of email and name. `apart`: a namesake with another number in the list has the key already."""
    return keyed_hash(row.known_by + (f"|{row.external_id}" if apart else ""), purpose="registration.import_key")


def external_of(row: Row) -> bytes | None:
    """Keyed hash of the list's own number."""
    return keyed_hash(row.external_id, purpose="registration.import_external") if row.external_id else None


def mark(name: str, value: Any) -> str:
    """Tells whether an answer is still what a file brought, without keeping what it was."""
    text = json.dumps([name, value], ensure_ascii=False)
    return keyed_hash(text, purpose="registration.import_mark").hex()[:16]


def marks_of(answers: Mapping[str, Any]) -> dict[str, str]:
    """Of everything that a row brought."""
    return {name: mark(name, value) for name, value in answers.items()}


def stored_answers(registration: Registration) -> dict[str, Any]:
    """What is stored, in the plain values that a row has."""
    person, delegation = registration.person, registration.delegation
    return {name: getattr(person, name) for name in (*PERSON, "citizenship", "email")} | {
        "languages": list(person.languages),
        "birth_date": person.birth_date.isoformat() if person.birth_date else "",
        "category": registration.category.code,
        "delegation": delegation.region.code if delegation else "",
        "organisation": registration.organisation,
        "position": registration.position,
        "position_short": registration.position_short,
        "language": registration.language,
    }


@dataclass(frozen=True)
class Planned:
    """What a row would do. `problems` are (field, code); `apart` as in `key_of`."""

    row: Row
    outcome: ImportOutcome
    problems: tuple[tuple[str, str], ...] = ()
    known: ImportedPerson | None = None
    changes: Merge | None = None
    apart: bool = False


def known_people(forum: Forum, rows: Iterable[Row]) -> list[ImportedPerson]:
    """People whom an earlier list brought and these rows may mean. Two plain look-ups: the planner gets them right."""
    good = [row for row in rows if not row.errors]
    here = ImportedPerson.objects.filter(forum=forum).select_related("registration")
    found = {one.pk: one for one in here.filter(AnyOf("key", map(key_of, good)))}
    if externals := [digest for row in good if (digest := external_of(row))]:
        found |= {one.pk: one for one in here.filter(AnyOf("external", externals))}
    return list(found.values())


def plan(forum: Forum, rows: Sequence[Row], *, delegation: Delegation | None = None) -> list[Planned]:
    """Row by row what the list would do here. Nothing is written. A list of one `delegation` touches nobody of another."""
    planned: list[Planned] = []
    for at in range(0, len(rows), AT_ONCE):
        part = rows[at : at + AT_ONCE]
        known = known_people(forum, part)
        prefetch_related_objects(known, "registration__person", "registration__category", REGIONS)
        here = _Here(
            {bytes(one.key): one for one in known},
            {bytes(one.external): one for one in known if one.external},
            own_applications(forum, part),
            delegation.pk if delegation else None,
        )
        planned.extend(here.plan(row) for row in part)
    return planned


@dataclass(frozen=True)
class _Here:
    """What is known of the people of some rows."""

    by_key: Mapping[bytes, ImportedPerson]
    by_external: Mapping[bytes, ImportedPerson]
    own: frozenset[str]
    delegation: int | None

    def plan(self, row: Row) -> Planned:
        if row.errors:
            return Planned(row, ImportOutcome.ERROR, row.errors)
        same_key, external = self.by_key.get(key_of(row)) if self.by_key else None, external_of(row)
        known = (self.by_external.get(external) if external else None) or same_key
        apart = bool(known and external and known.external and bytes(known.external) != external)
        if known is not None and not apart:
            if self.delegation and known.registration.delegation_id != self.delegation:
                return Planned(row, ImportOutcome.CONFLICT, (("email", "already_here"),))
            return _against(row, known)
        if row.known_by in self.own:
            return Planned(row, ImportOutcome.CONFLICT, (("email", "already_applied"),))
        return Planned(row, ImportOutcome.NEW, apart=apart)


def _against(row: Row, known: ImportedPerson) -> Planned:
    registration = known.registration
    editable = registration.state in EDITABLE
    merged = merge(row.answers, stored_answers(registration), marks=known.marks, mark=mark, editable=editable)
    problems = tuple((name, "changed_since" if editable else "not_editable") for name in merged.conflicts)
    if merged.changes:
        return Planned(row, ImportOutcome.CHANGED, problems, known, merged)
    outcome = ImportOutcome.CONFLICT if problems else ImportOutcome.UNCHANGED
    return Planned(row, outcome, problems, known, merged)


def own_applications(forum: Forum, rows: Iterable[Row]) -> frozenset[str]:
    """Who has begun an application by themselves, by email and name: a list makes no second one (complaint REG-3)."""
    emails = {row.answers["email"] for row in rows if not row.errors and row.answers.get("email")}
    live = Registration.objects.filter(AnyOf("person__email", emails), forum=forum, imported=None)
    return frozenset(
        known_by(_known_parts(one.person)) for one in live.exclude(state__in=OVER).select_related("person")
    )


def _known_parts(person: Person) -> dict[str, str]:
    return {name: getattr(person, name) for name in (*PERSON, "email")}


def counts_of(planned: Iterable[Planned]) -> dict[str, int]:
    """How many rows of each outcome; every outcome is there."""
    counted = Counter(one.outcome for one in planned)
    return {outcome.value: counted[outcome] for outcome in ImportOutcome}


# --- what became of it -------------------------------------------------------------------------------------------------
def counts_of_run(run: ImportRun) -> dict[str, int]:
    """The same of rows that were written."""
    counted = dict(run.rows.order_by().values_list("outcome").annotate(Count("pk")))
    return {outcome.value: counted.get(outcome.value, 0) for outcome in ImportOutcome}


def rows_of_run(run: ImportRun) -> QuerySet[ImportRow]:
    """Rows with the people they made, in the order of the file."""
    return run.rows.select_related("registration__person", "invitation").defer("before").order_by("number")


NO_ADDRESS = Q(outcome=ImportOutcome.NEW, registration__person__email="", registration__awaits_consent=True)
"""Rows whose people get no letter: they sign on paper or at the desk."""
HAS_PROBLEMS = ~Q(problems=[])


def is_running(run: ImportRun) -> bool:
    """A worker has it in hand, or will have."""
    works = (run.job, run.undo_job)
    return any(work is not None and work.state in (JobState.QUEUED, JobState.RUNNING) for work in works)
