"""Visa cases: opened by rules that never block, moved by what people give, with letters that are void when they must be."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils.timezone import now

from forum.enums import Role
from forum.errors import DomainError
from forum.models import Account, AuditEntry, Forum, Message
from registration.actions.applications import confirm
from registration.actions.corrections import correct_facts
from registration.actions.letters import issue_letter
from registration.actions.review import approve
from registration.actions.visa_rules import set_rule
from registration.actions.visa_sweeps import assess_all, remind
from registration.actions.visas import ask_for_letter, decide_case, save_stay, stop_asking
from registration.enums import DocumentField, RegistrationState, VisaOutcome, VisaState
from registration.models import Registration, VisaCase, VisaRule
from registration.queries.documents import document_of, missing_columns, needs_of_one
from registration.queries.visas import standing_of
from tests.factories.documents import need
from tests.factories.forum import make_staff
from tests.factories.registration import make_category, make_person, make_registration
from tests.factories.visas import case, give_passport, give_stay, make_guest, make_ready, make_rule

pytestmark = pytest.mark.django_db
S = VisaState


@pytest.fixture
def officer(forum: Forum) -> Account:
    return make_staff(forum, Role.ACCREDITATION_OFFICER)


def letters_to(guest: Registration) -> list[str]:
    rows = Message.objects.filter(subject_id=guest.ref).order_by("pk")
    return [row.reason.removeprefix("registration.") for row in rows if "visa" in row.reason or "letter" in row.reason]


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
