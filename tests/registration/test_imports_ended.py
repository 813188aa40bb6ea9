"""How a list ends: stopped, taken back, its file erased; what it leaves, and what ten thousand rows cost."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.utils.timezone import now

from forum.enums import JobState, MessageState
from forum.errors import DomainError
from forum.models import Account, AuditEntry, Forum, Job, Message, StoredFile
from registration.actions import imports
from registration.actions.applications import save_answers
from registration.actions.import_rows import take_over
from registration.engine.imports.files import ImportFileError
from registration.engine.imports.words import file_problem
from registration.models import ImportedPerson, ImportRow, ImportRun, Person, Registration
from registration.queries.imports import content_of
from tests.registration.lists import ANNA, BORIS, VERA, many
from tests.registration.test_actions_imports import (
    _places,  # noqa: F401 -- holds for these tests, too
    agree,
    anna,
    changed,
    counts,
    receive,
    take,
    work,
)

pytestmark = pytest.mark.django_db


def test_a_crash_half_way_goes_on_where_it_ended(
    forum: Forum, officer: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("registration.actions.import_rows.CHUNK", 2)
    run = receive(forum, officer, *many(5))

    class PowerCutError(Exception):
        pass

    def cut(rows: Any) -> None:
        raise PowerCutError

    with pytest.raises(PowerCutError):
        take_over(run, by=officer, tell=cut)
    assert Registration.objects.count() == 2
    seen: Counter[str] = Counter()
    take_over(run, by=officer, tell=lambda rows: seen.update(row.outcome for row in rows))
    assert (Registration.objects.count(), seen) == (5, {"new": 5})
    assert Message.objects.count() == 5


def test_a_stopped_import_goes_on_when_asked(forum: Forum, officer: Account) -> None:
    run = receive(forum, officer)
    job = imports.start_import(run, by=officer)
    Job.objects.filter(pk=job.pk).update(state=JobState.CANCELLED, finished_at=now())
    again = imports.start_import(run, by=officer)
    assert again.pk != job.pk
    assert work(again).state == JobState.DONE
    assert imports.start_import(run, by=officer) == again


def test_undoing_removes_drafts_that_nobody_has_touched(forum: Forum, officer: Account) -> None:
    run = take(forum, officer)
    agree(anna())
    Message.objects.filter(recipient=ANNA[3]).update(state=MessageState.SENT)
    assert work(imports.start_undo(run, by=officer)).state == JobState.DONE
    run.refresh_from_db()
    assert run.undone_at is not None
    assert [r.person.email for r in Registration.objects.select_related("person")] == [ANNA[3]]
    assert sorted(run.rows.values_list("undone", flat=True)) == ["kept", "removed", "removed"]
    assert Person.objects.count() == ImportedPerson.objects.count() == 1
    assert [m.recipient for m in Message.objects.all()] == [ANNA[3]]
    assert counts(take(forum, officer)) == {"new": 2, "unchanged": 1}


def test_undoing_puts_old_answers_back_where_nobody_has_touched_them(forum: Forum, officer: Account) -> None:
    take(forum, officer)
    before = anna().position
    agree(anna())
    run = take(forum, officer, changed(ANNA, Должность="гид", Организация="Депо", Регион="Узбекистан"), VERA, BORIS)
    registration = anna()
    save_answers(registration, version=registration.version, answers={"organisation": "Музей"})
    work(imports.start_undo(run, by=officer))
    assert (anna().position, anna().organisation, anna().delegation.region.code) == (before, "Музей", "RU-TOM")
    assert run.rows.get(number=2).undone == "kept"
    assert counts(take(forum, officer, ANNA)) == {"unchanged": 1}


def test_undo_waits_for_the_end_and_is_asked_once(forum: Forum, officer: Account) -> None:
    run = receive(forum, officer)
    with pytest.raises(DomainError, match=r"import\.running"):
        imports.start_undo(run, by=officer)
    job = imports.start_import(run, by=officer)
    with pytest.raises(DomainError, match=r"import\.running"):
        imports.start_undo(run, by=officer)
    work(job)
    undo = imports.start_undo(run, by=officer)
    assert imports.start_undo(run, by=officer) == undo
    work(undo)
    assert imports.start_undo(run, by=officer) == undo
    acts = AuditEntry.objects.filter(object_kind="import").order_by("pk").values_list("action", flat=True)
    assert list(acts) == [
        "import.received",
        "import.started",
        "import.finished",
        "import.undo_started",
        "import.undone",
    ]


def test_the_file_is_sealed_and_erased_after_a_week(
    forum: Forum, officer: Account, django_capture_on_commit_callbacks: Any
) -> None:
    take(forum, officer)
    run = take(forum, officer, changed(ANNA, Должность="гид"))
    stored = ImportRun.objects.get(pk=run.pk).file
    assert stored is not None
    assert stored.erase_after is not None and stored.erase_after > now() + timedelta(days=6)
    assert "Иванов" not in f"{stored.name} {stored.file.name} {run.job.params}"
    assert "Примерова".encode("cp1251") in content_of(run)
    with default_storage.open(stored.file.name) as kept:
        assert "Примерова".encode("cp1251") not in kept.read()
    path = stored.file.name
    assert imports.erase_old() == 0
    StoredFile.objects.filter(pk=stored.pk).update(erase_after=now())
    with django_capture_on_commit_callbacks(execute=True):
        assert imports.erase_old() == 1
    run.refresh_from_db()
    assert (run.file, default_storage.exists(path), run.rows.filter(before__isnull=False).count()) == (None, False, 0)
    with pytest.raises(DomainError, match=r"import\.undo_late"):
        imports.start_undo(run, by=officer)


def test_a_file_can_be_thrown_away_only_before_it_is_taken_over(
    forum: Forum, officer: Account, django_capture_on_commit_callbacks: Any
) -> None:
    run = receive(forum, officer)
    path = run.file.file.name
    with django_capture_on_commit_callbacks(execute=True):
        imports.discard(run, by=officer)
    assert (ImportRun.objects.count(), StoredFile.objects.count(), default_storage.exists(path)) == (0, 0, False)
    with pytest.raises(DomainError, match=r"import\.begun"):
        imports.discard(take(forum, officer), by=officer)


def test_a_list_with_a_virus_is_not_kept(forum: Forum, officer: Account, settings: Any) -> None:
    settings.UPLOAD_SCANNER = "command:/bin/false"
    with pytest.raises(ImportFileError, match=r"upload\.infected"):
        receive(forum, officer)
    settings.UPLOAD_SCANNER = "command:/no/such/scanner"
    with pytest.raises(ImportFileError, match=r"upload\.scanner_away") as refusal:
        receive(forum, officer)
    assert all(file_problem(refusal.value))
    assert (ImportRun.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_nothing_personal_stands_in_rows_jobs_and_audit(forum: Forum, officer: Account) -> None:
    take(forum, officer)
    take(forum, officer, changed(ANNA, Должность="гид"))
    texts = [
        str(list(model.objects.values()))
        for model in (ImportRun, ImportRow, ImportedPerson, Job, AuditEntry, StoredFile)
    ]
    assert [word for word in ("Примеров", "anna@", "Образец", "инженер") if any(word in text for text in texts)] == []


def test_a_thousand_rows_take_few_statements(
    forum: Forum, officer: Account, django_assert_max_num_queries: Any
) -> None:
    run = receive(forum, officer, *many(100), sends_letters=False)
    with django_assert_max_num_queries(140):  # one audit entry each, the rest by the chunk
        take_over(run, by=officer, tell=lambda rows: None)
    assert Registration.objects.count() == 100


@pytest.mark.long
def test_ten_thousand_rows_go_in_and_come_back(forum: Forum, officer: Account) -> None:
    rows = many(10_000)
    run = take(forum, officer, *rows)
    assert counts(run) == {"new": 10_000}
    assert counts(take(forum, officer, *rows)) == {"unchanged": 10_000}
    work(imports.start_undo(run, by=officer))
    assert (Registration.objects.count(), Person.objects.count(), Message.objects.count()) == (0, 0, 0)
