"""Lists of people: what becomes of each row, again and again, and back."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.utils.timezone import now

from forum.actions.jobs import run as run_job
from forum.enums import JobState, MessageState
from forum.errors import DomainError
from forum.models import Account, AuditEntry, Forum, Job, Message, StoredFile
from registration.actions import imports
from registration.actions.applications import save_answers, submit, withdraw
from registration.actions.consents import give_consent
from registration.actions.import_rows import take_over
from registration.actions.review import ask_for_changes
from registration.engine.imports.files import ImportFileError
from registration.engine.imports.words import file_problem
from registration.enums import ConsentEvidence, RegistrationState
from registration.models import ImportedPerson, ImportRow, ImportRun, Person, Registration
from registration.queries.imports import content_of, counts_of_run
from tests.factories.registration import (
    make_category,
    make_consent_document,
    make_delegation,
    make_person,
    make_registration,
)
from tests.registration.lists import ANNA, BORIS, HEADS, PEOPLE, VERA, as_text, as_workbook, many

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _places(forum: Forum) -> None:
    make_category(forum)
    make_consent_document(forum)
    for code in ("RU-TOM", "RU-SPE", "BY", "UZ"):
        make_delegation(forum, code)


def receive(forum: Forum, by: Account | None, *rows: Any, heads: Any = HEADS, **more: Any) -> ImportRun:
    content = as_text([heads, *(rows or PEOPLE)], encoding="cp1251", sign=";")
    values = {"name": "Гости Иванова.csv", "category": make_category(forum), "language": "ru"}
    return imports.receive(forum=forum, content=content, by=by, **values | more)


def work(job: Job) -> Job:
    run_job(job_id=job.pk)
    job.refresh_from_db()
    return job


def take(forum: Forum, by: Account, *rows: Any, **more: Any) -> ImportRun:
    run = receive(forum, by, *rows, **more)
    assert work(imports.start_import(run, by=by)).state == JobState.DONE
    run.refresh_from_db()
    return run


def counts(run: ImportRun) -> dict[str, int]:
    return {outcome: number for outcome, number in counts_of_run(run).items() if number}


def anna() -> Registration:
    return Registration.objects.select_related("person", "forum", "category", "delegation__region").get(
        person__email=ANNA[3]
    )


def changed(row: Any, **cells: str) -> tuple[str, ...]:
    return tuple((dict(zip(HEADS, row, strict=True)) | cells).values())


def agree(registration: Registration) -> Registration:
    document = make_consent_document(registration.forum)
    give_consent(registration, document=document, language="ru", by=None)
    registration.refresh_from_db()
    return registration


def test_people_of_a_list_are_drafts_without_a_consent(forum: Forum, officer: Account) -> None:
    run = take(forum, officer)
    assert counts(run) == {"new": 3}
    registration = anna()
    person = registration.person
    assert (registration.state, registration.awaits_consent, registration.submitted_at) == ("draft", True, None)
    assert (person.surname, person.given_name, person.patronymic) == ANNA[:3]
    assert (person.citizenship, person.languages, registration.delegation.region.code) == ("RU", ["ru"], "RU-TOM")
    assert (registration.organisation, registration.position, registration.position_short) == (
        ANNA[6],
        ANNA[7],
        ANNA[7],
    )
    assert person.consents.count() == 0
    assert (person.account, person.search_text != "") == (None, True)


def test_who_has_an_address_gets_their_own_link(forum: Forum, officer: Account) -> None:
    take(forum, officer)
    letters = Message.objects.filter(reason="registration.imported")
    assert sorted(letters.values_list("recipient", flat=True)) == [ANNA[3], BORIS[3]]
    assert {letter.lane for letter in letters} == {"bulk"}
    assert len({letter.context for letter in letters}) == 2


def test_letters_are_a_choice(forum: Forum, officer: Account) -> None:
    take(forum, officer, sends_letters=False)
    assert not Message.objects.exists()


def test_nothing_is_answered_or_sent_before_the_person_consents(forum: Forum, officer: Account) -> None:
    take(forum, officer)
    registration = anna()
    for act in (lambda: submit(registration), lambda: save_answers(registration, version=1, answers={})):
        with pytest.raises(DomainError) as refusal:
            act()
        assert refusal.value.code == "registration.consent_missing"
    agree(registration)
    agree(registration)
    consent = anna().person.consents.get()
    assert (consent.evidence, consent.language) == (ConsentEvidence.OWN_TICK, "ru")
    assert submit(anna()).state == RegistrationState.SUBMITTED


def test_the_same_list_again_changes_nothing(forum: Forum, officer: Account) -> None:
    take(forum, officer)
    before = list(Registration.objects.order_by("pk").values())
    Message.objects.all().delete()
    run = take(forum, officer)
    assert counts(run) == {"unchanged": 3}
    workbook = as_workbook([HEADS, *PEOPLE])
    run = imports.receive(
        forum=forum, name="a.xlsx", content=workbook, category=make_category(forum), language="ru", by=officer
    )
    work(imports.start_import(run, by=officer))
    assert counts(run) == {"unchanged": 3}
    assert list(Registration.objects.order_by("pk").values()) == before
    assert not Message.objects.exists()


def test_a_changed_row_changes_the_draft_and_nothing_else(forum: Forum, officer: Account) -> None:
    take(forum, officer)
    run = take(forum, officer, changed(ANNA, Должность="главный инженер"), BORIS, changed(VERA, Языки="рус, бел"))
    assert counts(run) == {"changed": 2, "unchanged": 1}
    assert (anna().position, anna().position_short, anna().version) == ("главный инженер",) * 2 + (2,)
    entry = AuditEntry.objects.filter(action="registration.import_changed", object_id=anna().ref).get()
    assert sorted(entry.changed) == ["position", "position_short"]


def test_what_the_person_has_changed_since_stays_and_is_reported(forum: Forum, officer: Account) -> None:
    take(forum, officer)
    registration = agree(anna())
    save_answers(registration, version=registration.version, answers={"organisation": "Музей"})
    run = take(forum, officer, changed(ANNA, Организация="Депо", Должность="гид"))
    assert (counts(run), run.rows.get().problems) == ({"changed": 1}, [["organisation", "changed_since"]])
    assert (anna().organisation, anna().position) == ("Музей", "гид")
    run = take(forum, officer, ANNA)  # the first list again says nothing new of what she has changed
    assert anna().organisation == "Музей"


def test_a_sent_application_is_never_changed_by_a_list(forum: Forum, officer: Account) -> None:
    take(forum, officer)
    submit(agree(anna()))
    run = take(forum, officer, changed(ANNA, Должность="гид"))
    assert counts(run) == {"conflict": 1}
    assert {tuple(problem) for problem in run.rows.get().problems} == {
        ("position", "not_editable"),
        ("position_short", "not_editable"),
    }
    ask_for_changes(anna(), by=officer, note="Должность?")
    assert counts(take(forum, officer, changed(ANNA, Должность="гид"))) == {"changed": 1}


def test_who_has_applied_by_themselves_is_not_made_twice(forum: Forum, officer: Account) -> None:
    person = make_person(forum, email=ANNA[3])
    make_registration(forum, person=person)
    run = take(forum, officer)
    assert counts(run) == {"new": 2, "conflict": 1}
    assert Person.objects.filter(email=ANNA[3]).count() == 1


def test_who_has_discarded_the_draft_does_not_come_back_with_the_next_list(forum: Forum, officer: Account) -> None:
    take(forum, officer)
    withdraw(anna())
    assert counts(take(forum, officer)) == {"unchanged": 3}
    assert Registration.objects.count() == 3


def test_a_number_of_the_list_lets_name_and_address_change(forum: Forum, officer: Account) -> None:
    heads = (*HEADS, "ID")
    take(forum, officer, (*ANNA, "17"), (*BORIS, "18"), heads=heads)
    married = changed(ANNA, Фамилия="Новая", Email="new@example.org")
    run = take(forum, officer, (*married, "17"), (*BORIS, "18"), heads=heads)
    assert counts(run) == {"changed": 1, "unchanged": 1}
    person = Person.objects.get(surname="Новая")
    assert (person.email, Person.objects.count()) == ("new@example.org", 2)
    assert Message.objects.filter(recipient="new@example.org", reason="registration.imported").count() == 1


def test_two_namesakes_at_one_address_are_told_apart_by_their_numbers(forum: Forum, officer: Account) -> None:
    heads = (*HEADS, "ID")
    rows = ((*ANNA, "1"), (*ANNA, "2"))
    assert counts(take(forum, officer, *rows, heads=heads)) == {"new": 2}
    assert counts(take(forum, officer, *rows, heads=heads)) == {"unchanged": 2}


def test_good_rows_go_in_and_bad_rows_are_named(forum: Forum, officer: Account) -> None:
    rows = (ANNA, changed(BORIS, Email="борис"), changed(VERA, Гражданство="Нарния", Фамилия=""), ANNA)
    run = receive(forum, officer, *rows)
    job = work(imports.start_import(run, by=officer))
    assert counts(run) == {"new": 1, "error": 3}
    assert (job.done, job.failed) == (4, 3)
    assert [error["item"] for error in job.errors] == ["3", "4", "5"]
    assert list(run.rows.values_list("problems", flat=True)[1:]) == [
        [["email", "email_invalid"]],
        [["surname", "missing"], ["citizenship", "country_unknown"]],
        [["email", "twice"]],
    ]
    assert not any(word in str(job.errors) for word in ("Нарния", "борис", "Образцов"))


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
