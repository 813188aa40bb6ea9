"""Letters of invitation: numbered, drawn, sealed, void when they must be, and what erasing leaves."""

from datetime import timedelta

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
from registration.actions.applications import withdraw
from registration.actions.consents import withdraw_consent
from registration.actions.erasing import erase_document, erase_due
from registration.actions.letters import draw_letter, draw_missing, issue_letter, take_letter, withdraw_letter
from registration.actions.visas import decide_case
from registration.enums import ConsentPurpose, ErasureBasis
from registration.models import Erasure, IdentityDocument, Registration, VisaCase
from registration.queries.consents import matters_of
from registration.queries.documents import document_of
from registration.queries.visas import letter_of, letters_of, waiting_for_officers
from tests.factories.documents import agree
from tests.factories.forum import make_staff
from tests.factories.visas import PASSPORT, case, give_passport, give_stay, make_guest, make_ready, make_rule
from tests.registration.test_actions_visas import S, letters_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(forum: Forum) -> Account:
    return make_staff(forum, Role.ACCREDITATION_OFFICER)


def ready_with_letter(forum: Forum, officer: Account) -> tuple[Registration, Paper]:
    guest = make_ready(forum)
    paper = issue_letter(guest, by=officer)
    assert draw_letter(paper_id=paper.pk)
    paper.refresh_from_db()
    return guest, paper


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


def test_a_letter_that_cannot_be_drawn_holds_up_no_other(forum: Forum, officer: Account) -> None:
    first, second = make_ready(forum), make_ready(forum)
    papers = [issue_letter(guest, by=officer) for guest in (first, second)]
    foreign = IdentityDocument.objects.values_list("number", flat=True).get(registration=second)
    IdentityDocument.objects.filter(registration=first).update(number=foreign)
    assert draw_missing() == 1
    assert [Paper.objects.get(pk=paper.pk).drawn_at is None for paper in papers] == [True, False]


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
