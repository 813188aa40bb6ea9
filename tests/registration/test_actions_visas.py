"""Visa cases: opened by rules that never block, moved by what people give, with letters that are void when they must be."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.utils.timezone import localdate, now

from forum.crypto import DecryptionError
from forum.enums import Role
from forum.errors import DomainError
from forum.models import Account, AuditEntry, Forum, Message, Paper, StoredFile
from forum.queries.files import content_of
from forum.queries.papers import content_of_paper, is_valid
from registration.actions.applications import confirm, withdraw
from registration.actions.consents import withdraw_consent
from registration.actions.corrections import correct_facts
from registration.actions.erasing import erase_document, erase_due
from registration.actions.letters import draw_letter, draw_missing, issue_letter, take_letter, withdraw_letter
from registration.actions.review import approve
from registration.actions.visa_rules import set_rule
from registration.actions.visa_sweeps import assess_all, remind
from registration.actions.visas import ask_for_letter, decide_case, save_stay, stop_asking
from registration.enums import ConsentPurpose, DocumentField, ErasureBasis, RegistrationState, VisaOutcome, VisaState
from registration.models import Erasure, Registration, VisaCase, VisaRule
from registration.queries.consents import matters_of
from registration.queries.documents import document_of, missing_columns, needs_of_one
from registration.queries.visas import letter_of, letters_of, standing_of, waiting_for_officers
from tests.factories.documents import agree, need
from tests.factories.forum import make_staff
from tests.factories.registration import make_category, make_person, make_registration
from tests.factories.visas import PASSPORT, case, give_passport, give_stay, make_guest, make_ready, make_rule

pytestmark = pytest.mark.django_db
S = VisaState


@pytest.fixture
def officer(forum: Forum) -> Account:
    return make_staff(forum, Role.ACCREDITATION_OFFICER)


def letters_to(guest: Registration) -> list[str]:
    rows = Message.objects.filter(subject_id=guest.ref).order_by("pk")
    return [row.reason.removeprefix("registration.") for row in rows if "visa" in row.reason or "letter" in row.reason]


def ready_with_letter(forum: Forum, officer: Account) -> tuple[Registration, Paper]:
    guest = make_ready(forum)
    paper = issue_letter(guest, by=officer)
    assert draw_letter(paper_id=paper.pk)
    paper.refresh_from_db()
    return guest, paper


# --- the rules ---------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("outcome", "state"),
    [(VisaOutcome.VISA, S.WANTED), (VisaOutcome.E_VISA, S.NOT_NEEDED), (VisaOutcome.FREE, None), (None, S.CHECKING)],
)
def test_a_place_opens_the_case_that_the_rule_asks_for(
    forum: Forum, officer: Account, outcome: VisaOutcome | None, state: VisaState | None
) -> None:
    if outcome:
        make_rule(forum, outcome=outcome)
    applied = make_registration(forum, person=make_person(forum, citizenship="IN"))
    assert VisaCase.objects.count() == 0
    approve(applied, by=officer)
    found = VisaCase.objects.filter(registration=applied).first()
    assert (found.state if found else None) == state
    assert letters_to(applied) == (["visa_data"] if state == S.WANTED else [])
    assert confirm(applied).state == RegistrationState.CONFIRMED


def test_whom_entry_does_not_concern(forum: Forum) -> None:
    online = make_category(forum, code="online", prints_badge=False)
    make_guest(forum, "RU")
    make_guest(forum, "IN", category=online)
    make_guest(forum, "IN", state=RegistrationState.SUBMITTED)
    assert VisaCase.objects.count() == 0


def test_of_one_citizenship_and_document_no_day_is_ruled_twice(forum: Forum, officer: Account) -> None:
    make_rule(forum, until=date(2027, 5, 31))
    make_rule(forum, since=date(2027, 6, 1))
    make_rule(forum, document="id_card")
    with pytest.raises(DomainError, match=r"visa_rule\.twice") as refusal:
        make_rule(forum, since=date(2027, 5, 31), until=date(2027, 5, 31))
    assert set(refusal.value.fields) == {"since"}
    with pytest.raises(IntegrityError, match="visa_rule_once_a_day"), transaction.atomic():
        row = VisaRule.objects.first()
        VisaRule.objects.create(
            forum=forum, citizenship="IN", during=(date(2027, 5, 1), None), outcome="visa", document=row.document
        )


def test_a_rule_in_disorder_is_refused_and_a_later_edit_is_told(forum: Forum, officer: Account) -> None:
    with pytest.raises(DomainError, match=r"visa_rule\.impossible") as refusal:
        make_rule(forum, since=date(2027, 6, 1), until=date(2027, 5, 1), most_days=3)
    assert set(refusal.value.fields) == {"until", "most_days"}
    rule = make_rule(forum)
    with pytest.raises(DomainError, match=r"visa_rule\.stale"):
        set_rule(forum, terms=_terms(), rule=rule, version=0, by=officer)
    set_rule(forum, terms=_terms(lead_days=5), rule=rule, version=1, by=officer)
    entries = AuditEntry.objects.filter(action="visa_rule.set", object_id=str(rule.public_id)).order_by("pk")
    assert [entry.data["lead_days"] for entry in entries] == [30, 5]


def _terms(**changes: Any) -> Any:
    from registration.actions.visa_rules import RuleTerms

    usual = {
        "citizenship": "IN",
        "document": "",
        "since": None,
        "until": None,
        "outcome": VisaOutcome.VISA,
        "notes": {},
    }
    return RuleTerms(**usual | changes)


def test_a_new_rule_moves_those_who_were_being_checked_and_nobody_who_was_decided(
    forum: Forum, officer: Account
) -> None:
    checked, decided, asked = (make_guest(forum) for _number in range(3))
    decide_case(decided, S.NOT_NEEDED, remark="", by=officer)
    ask_for_letter(asked, by=None)
    rule = make_rule(forum, outcome=VisaOutcome.FREE)
    assert assess_all(forum_id=forum.pk) == 3
    assert [case(guest).state for guest in (checked, decided, asked)] == [S.NOT_NEEDED, S.NOT_NEEDED, S.WANTED]
    assert case(checked).rule == rule
    assert assess_all(forum_id=forum.pk) == 0
    set_rule(forum, terms=_terms(), rule=rule, version=1, by=officer)
    assess_all(forum_id=forum.pk)
    assert [case(guest).state for guest in (checked, decided, asked)] == [S.WANTED, S.NOT_NEEDED, S.WANTED]


def test_a_longer_stay_than_the_rule_lets_pass_needs_a_visa(forum: Forum) -> None:
    make_rule(forum, outcome=VisaOutcome.FREE, most_days=4)
    guest = make_guest(forum)
    ask_for_letter(guest, by=None)
    give_stay(guest, consulate="")
    assert case(guest).outcome == VisaOutcome.FREE
    give_stay(guest, leaves_on=forum.ends_on + timedelta(days=9))
    assert case(guest).outcome == VisaOutcome.VISA
    assert standing_of(case(guest)).missing_stay == []


def test_corrected_citizenship_asks_the_rules_anew(forum: Forum, officer: Account) -> None:
    make_rule(forum)
    make_rule(forum, "UZ", VisaOutcome.FREE)
    guest = make_guest(forum)
    answers = {"citizenship": "UZ"}
    correct_facts(guest, version=guest.version, answers=answers, reason="ошибка", by=officer)
    assert case(guest).state == S.NOT_NEEDED


# --- data, only then ---------------------------------------------------------------------------------------------------------
def test_the_passport_is_asked_only_for_a_letter(forum: Forum) -> None:
    make_rule(forum, outcome=VisaOutcome.FREE)
    guest = make_guest(forum)
    assert needs_of_one(guest).open == []
    with pytest.raises(DomainError, match=r"visa\.not_asked"):
        save_stay(guest, values={}, version=1, by=None)
    ask_for_letter(guest, by=None)
    assert {field.value for field in needs_of_one(guest).fields} == {
        "number", "issued_on", "expires_on", "birth_date", "birth_place", "sex"
    }  # fmt: skip
    stop_asking(guest, by=None)
    assert needs_of_one(guest).open == []


def test_everything_given_makes_it_ready_whatever_comes_first(forum: Forum) -> None:
    make_rule(forum)
    for steps in ((give_passport, give_stay), (give_stay, give_passport)):
        guest = make_guest(forum)
        steps[0](guest, **({} if steps[0] is give_stay else {"number": f"ZZ{guest.pk + 1000}"}))
        assert case(guest).state == S.WANTED
        steps[1](guest, **({} if steps[1] is give_stay else {"number": f"ZZ{guest.pk + 1000}"}))
        assert case(guest).state == S.READY
        give_stay(guest, consulate="")
        assert case(guest).state == S.WANTED


def test_what_a_plant_wants_of_the_passport_keeps_no_letter_waiting(
    forum: Forum, officer: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    need(monkeypatch, fields=frozenset({DocumentField.REGISTRATION_ADDRESS}))
    guest = make_ready(forum)
    assert "registration_address" in missing_columns(guest, document_of(guest), needs_of_one(guest))
    assert issue_letter(guest, by=officer).number == 1


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"arrives_on": date(2030, 1, 1)}, {"arrives_on", "leaves_on"}),
        ({"leaves_on": date(2020, 1, 1)}, {"leaves_on"}),
    ],
)
def test_days_that_cannot_be_are_refused_at_their_field(forum: Forum, values: dict[str, Any], fields: set[str]) -> None:
    make_rule(forum)
    guest = make_guest(forum)
    with pytest.raises(DomainError, match=r"visa\.impossible") as refusal:
        give_stay(guest, **values)
    assert set(refusal.value.fields) == fields


def test_of_two_windows_the_later_is_told(forum: Forum) -> None:
    make_rule(forum)
    guest = make_guest(forum)
    version = case(guest).version
    give_stay(guest)
    with pytest.raises(DomainError, match=r"visa\.stale"):
        save_stay(guest, values={"entry_place": "Омск"}, version=version, by=None)


def test_who_has_no_place_asks_for_no_letter(forum: Forum) -> None:
    with pytest.raises(DomainError, match=r"visa\.no_letter"):
        ask_for_letter(make_guest(forum, state=RegistrationState.SUBMITTED), by=None)


# --- letters -----------------------------------------------------------------------------------------------------------------
def test_the_letter_is_numbered_drawn_sealed_and_told(forum: Forum, officer: Account) -> None:
    guest, paper = ready_with_letter(forum, officer)
    assert (paper.number, len(paper.code), case(guest).state) == (1, 12, S.ISSUED)
    assert paper.valid_until == case(guest).leaves_on
    assert letters_to(guest) == ["visa_data", "letter_ready"]
    content = content_of_paper(paper)
    assert content.startswith(b"%PDF")
    stored = paper.file
    assert stored
    with stored.file.open("rb") as kept:
        assert b"%PDF" not in kept.read()
    with pytest.raises(DecryptionError):
        content_of(stored, sealed_for="forum_paper.file:another")
    assert draw_letter(paper_id=paper.pk) is False
    assert StoredFile.objects.filter(purpose="paper").count() == 1


def test_a_letter_needs_all_data_and_signs_that_can_be_printed(forum: Forum, officer: Account) -> None:
    make_rule(forum)
    guest = make_guest(forum)
    with pytest.raises(DomainError, match=r"visa\.not_ready"):
        issue_letter(guest, by=officer)
    give_passport(guest)
    give_stay(guest, entry_place="मुंबई")
    with pytest.raises(DomainError, match=r"visa\.letters"):
        issue_letter(guest, by=officer)
    assert Paper.objects.count() == 0


def test_a_new_letter_has_a_reason_a_new_number_and_ends_the_old_one(forum: Forum, officer: Account) -> None:
    guest, old = ready_with_letter(forum, officer)
    with pytest.raises(DomainError, match=r"visa\.reason_missing"):
        issue_letter(guest, by=officer)
    new = issue_letter(guest, by=officer, reason="другой паспорт")
    old.refresh_from_db()
    assert (new.number, is_valid(old), old.file, letter_of(guest)) == (2, False, None, new)
    assert draw_missing() == 1
    assert letters_to(guest)[-2:] == ["letter_ready", "letter_ready"]


def test_a_refused_letter_leaves_no_gap(forum: Forum, officer: Account) -> None:
    guest, _paper = ready_with_letter(forum, officer)
    with pytest.raises(RuntimeError), transaction.atomic():
        from forum.actions.papers import issue_paper

        issue_paper("visa_letter", forum=forum, about=("registration", "0000000000"), by=None)
        raise RuntimeError
    assert issue_letter(guest, by=officer, reason="ещё раз").number == 2


def test_what_a_paper_says_of_itself_does_not_change(forum: Forum, officer: Account) -> None:
    _guest, paper = ready_with_letter(forum, officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Paper.objects.filter(pk=paper.pk).update(number=9)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM forum_paper")
    Paper.objects.filter(pk=paper.pk).update(voided_at=now(), file=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Paper.objects.filter(pk=paper.pk).update(voided_at=None)


def test_withdrawing_from_the_forum_makes_the_letter_void_and_coming_back_begins_anew(
    forum: Forum, officer: Account
) -> None:
    guest, paper = ready_with_letter(forum, officer)
    withdraw(guest)
    paper.refresh_from_db()
    assert (case(guest).state, is_valid(paper), paper.file) == (S.DROPPED, False, None)
    assert "letter_void" not in letters_to(guest)
    assert case(guest).erase_after <= localdate() + timedelta(days=30)


def test_an_officer_makes_a_letter_void(forum: Forum, officer: Account) -> None:
    guest, paper = ready_with_letter(forum, officer)
    assert withdraw_letter(guest, reason="ошибка в дате", by=officer)
    paper.refresh_from_db()
    assert (case(guest).state, is_valid(paper), letters_to(guest)[-1]) == (S.READY, False, "letter_void")
    assert withdraw_letter(guest, reason="ещё раз", by=officer) is False


def test_changed_data_are_shown_beside_the_letter(forum: Forum, officer: Account) -> None:
    guest, _paper = ready_with_letter(forum, officer)
    assert waiting_for_officers(forum) == 0
    give_stay(guest, entry_place="Омск")
    assert case(guest).letter_outdated_at
    assert waiting_for_officers(forum) == 1
    issue_letter(guest, by=officer, reason="изменилось место въезда")
    assert case(guest).letter_outdated_at is None


def test_taking_a_letter_stands_in_the_log(forum: Forum, officer: Account) -> None:
    guest, _paper = ready_with_letter(forum, officer)
    take_letter(guest, by=officer, reason="просил консул")
    entry = AuditEntry.objects.get(action="registration.letter_taken")
    assert (entry.actor, entry.reason) == (officer, "просил консул")


def test_the_valid_letter_ends_with_the_stay(forum: Forum, officer: Account) -> None:
    _guest, paper = ready_with_letter(forum, officer)
    assert paper.valid_until
    with time_machine.travel(paper.valid_until + timedelta(days=2), tick=False):
        assert not is_valid(paper)


def test_a_move_that_is_not_in_the_table_is_refused(forum: Forum, officer: Account) -> None:
    make_rule(forum)
    with pytest.raises(DomainError, match=r"visa\.move_refused"):
        decide_case(make_guest(forum), S.GRANTED, remark="", by=officer)


def test_an_outcome_is_noted_and_taken_back(forum: Forum, officer: Account) -> None:
    guest, paper = ready_with_letter(forum, officer)
    decide_case(guest, S.GRANTED, remark="звонила сама", by=officer)
    assert (case(guest).state, case(guest).note) == (S.GRANTED, "звонила сама")
    decide_case(guest, S.ISSUED, remark="", by=officer)
    assert letter_of(guest) == paper


# --- erasure -----------------------------------------------------------------------------------------------------------------
def test_a_withdrawn_consent_takes_letter_and_stay_along(forum: Forum, officer: Account) -> None:
    guest, paper = ready_with_letter(forum, officer)
    matter = next(one for one in matters_of(guest.person) if one.purpose == ConsentPurpose.DOCUMENT)
    withdraw_consent(guest, matter=matter, language="ru", by=None)
    paper.refresh_from_db()
    assert (case(guest).state, case(guest).arrives_on, is_valid(paper), paper.file) == (S.WANTED, None, False, None)
    assert Erasure.objects.get().visa == ["stay", "letter"]
    assert document_of(guest) is None


def test_everything_goes_with_the_term_and_leaves_its_proof(forum: Forum, officer: Account) -> None:
    guest, paper = ready_with_letter(forum, officer)
    lonely = make_guest(forum)
    give_stay(lonely)
    with time_machine.travel(forum.ends_on + timedelta(days=29), tick=False):
        assert erase_due() == 0
    with time_machine.travel(forum.ends_on + timedelta(days=32), tick=False):
        assert erase_due() == 2
        assert erase_due() == 0
    paper.refresh_from_db()
    assert (paper.file, paper.voided_at) == (None, None)
    assert not StoredFile.objects.filter(purpose="paper", given_up_at=None).exists()
    assert {erasure.ref: erasure.visa for erasure in Erasure.objects.all()} == {
        guest.ref: ["stay", "letter"],
        lonely.ref: ["stay"],
    }
    assert VisaCase.objects.filter(erased_at=None).count() == 0


def test_erasing_the_document_on_request_ends_the_letter(forum: Forum, officer: Account) -> None:
    guest, paper = ready_with_letter(forum, officer)
    erase_document(guest, basis=ErasureBasis.ASKED)
    paper.refresh_from_db()
    assert (case(guest).state, is_valid(paper)) == (S.WANTED, False)


def test_an_erased_case_holds_nothing(forum: Forum) -> None:
    make_rule(forum)
    guest = make_guest(forum)
    give_stay(guest)
    with pytest.raises(IntegrityError, match="visa_case_erased_is_empty"), transaction.atomic():
        VisaCase.objects.update(erased_at=now())


# --- reminders ---------------------------------------------------------------------------------------------------------------
def test_reminders_at_fourteen_seven_and_three_days_in_the_day_of_the_reader(forum: Forum) -> None:
    make_rule(forum)
    guest = make_guest(forum, language="en")
    due = forum.starts_on - timedelta(days=30)
    told = []
    for days, hour in ((15, 5), (14, 15), (14, 5), (14, 6), (10, 5), (7, 5), (5, 5), (3, 5), (0, 5), (-1, 5)):
        moment = f"{due - timedelta(days=days)}T{hour:02}:00:00Z"
        with time_machine.travel(moment, tick=False):
            VisaCase.objects.update(wanted_at=now() - timedelta(days=3))
            told.append(remind(forum))
    assert told == [0, 0, 1, 0, 0, 1, 0, 1, 0, 0]
    rows = Message.objects.filter(reason="registration.visa_reminder")
    assert {row.language for row in rows} == {"en"}
    assert letters_to(guest).count("visa_reminder") == 3


def test_who_has_given_everything_is_not_reminded(forum: Forum) -> None:
    make_ready(forum)
    with time_machine.travel(f"{forum.starts_on - timedelta(days=37)}T05:00:00Z", tick=False):
        assert remind(forum) == 0


def test_passport_data_stand_in_no_letter_and_no_log(forum: Forum, officer: Account) -> None:
    guest, _paper = ready_with_letter(forum, officer)
    told = str([(row.reason, row.context) for row in Message.objects.all()])
    logged = str([(row.changed, row.data, row.reason) for row in AuditEntry.objects.all()])
    number = document_of(guest)
    assert number
    for secret in (PASSPORT["birth_place"], number.number, "Шереметьево"):
        assert secret not in told
        assert secret not in logged
    assert letters_of(guest).count() == 1
    agree(guest)
