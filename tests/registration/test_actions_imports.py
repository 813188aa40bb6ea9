"""Lists of people: what becomes of each row, again and again, and back."""

from typing import Any

import pytest

from forum.actions.jobs import run as run_job
from forum.enums import JobState
from forum.errors import DomainError
from forum.models import Account, AuditEntry, Forum, Job, Message
from registration.actions import imports
from registration.actions.applications import save_answers, submit, withdraw
from registration.actions.consents import give_consent
from registration.actions.review import ask_for_changes
from registration.enums import ConsentEvidence, RegistrationState
from registration.models import ImportRun, Person, Registration
from registration.queries.imports import counts_of_run
from tests.factories.registration import (
    make_category,
    make_consent_document,
    make_delegation,
    make_person,
    make_registration,
)
from tests.registration.lists import ANNA, BORIS, HEADS, PEOPLE, VERA, as_text, as_workbook

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
