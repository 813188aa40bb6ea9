"""“My visa”: one line of truth, data only when asked, the letter for its owner alone, in four languages."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from forum.enums import Role
from forum.models import Account, AuditEntry, Forum
from registration.actions.letters import draw_letter, issue_letter
from registration.enums import VisaOutcome, VisaState
from registration.models import Registration, VisaCase
from tests.factories.forum import make_account, make_staff
from tests.factories.visas import case, give_passport, give_stay, make_guest, make_rule
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db
EMAIL = "guest@example.org"


def guest_of(forum: Forum, **more: Any) -> Registration:
    return make_guest(forum, person={"account": make_account(EMAIL)}, **more)


@pytest.fixture
def own(client: Client, forum: Forum) -> Client:
    return sign_in(client, make_account(EMAIL), second_factor=False)


def at(guest: Registration, name: str = "visa", language: str = "ru") -> str:
    return reverse(f"registration:{name}", args=[guest.ref]).replace("/ru/", f"/{language}/", 1)


def stay(guest: Registration, **changes: str) -> dict[str, str]:
    days = {"arrives_on": guest.forum.starts_on - timedelta(days=1), "leaves_on": guest.forum.ends_on}
    usual = {name: day.isoformat() for name, day in days.items()}
    return usual | {"entry_place": "Москва", "consulate": "Мумбаи", "version": str(case(guest).version)} | changes


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ru", ("Введите данные для приглашения", "Ввести данные паспорта", "Ваша поездка")),
        ("en", ("Give us the data for your invitation letter", "Enter the passport", "Your journey")),
        ("uz", ("Taklifnoma uchun maʼlumotlarni kiriting", "Pasport maʼlumotlarini kiritish", "Safaringiz")),
        ("be", ("Увядзіце звесткі для запрашэння", "Увесці звесткі пашпарта", "Ваша паездка")),
    ],
)
def test_what_to_give_and_by_when(own: Client, forum: Forum, language: str, words: tuple[str, ...]) -> None:
    make_rule(forum)
    page = own.get(at(guest_of(forum), language=language)).content.decode()
    assert [word for word in words if word not in page] == []


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (VisaOutcome.FREE, "Виза на форум вам не нужна"),
        (VisaOutcome.E_VISA, "по электронной визе"),
        (None, "Мы проверяем, нужна ли вам виза"),
    ],
)
def test_the_rule_speaks_in_one_line_on_both_pages(
    own: Client, forum: Forum, outcome: VisaOutcome | None, said: str
) -> None:
    if outcome:
        make_rule(forum, outcome=outcome)
    guest = guest_of(forum)
    page = own.get(at(guest)).content.decode()
    assert said in page
    assert 'name="entry_place"' not in page
    assert said in own.get("/ru/my/").content.decode()


def test_nothing_is_said_to_people_from_here(own: Client, forum: Forum) -> None:
    guest = guest_of(forum, citizenship="RU")
    assert "Виза вам не нужна" in own.get(at(guest)).content.decode()
    assert at(guest) not in own.get("/ru/my/").content.decode()


def test_asking_and_stopping(own: Client, forum: Forum) -> None:
    make_rule(forum, outcome=VisaOutcome.FREE)
    guest = guest_of(forum)
    own.post(at(guest, "visa_ask"))
    assert case(guest).state == VisaState.WANTED
    assert 'name="consulate"' not in own.get(at(guest)).content.decode()
    own.post(at(guest, "visa_stop"))
    assert case(guest).state == VisaState.DROPPED
    assert VisaCase.objects.count() == 1


def test_the_stay_is_kept_and_what_is_wrong_stays_in_the_form(own: Client, forum: Forum) -> None:
    make_rule(forum)
    guest = guest_of(forum)
    early = (forum.starts_on - timedelta(days=1)).isoformat()
    bad = own.post(at(guest), stay(guest, leaves_on=early, entry_place="Омск"))
    assert (bad.status_code, "Омск" in bad.content.decode()) == (422, True)
    assert "ещё не начнётся" in bad.content.decode()
    assert own.post(at(guest), stay(guest)).status_code == 302
    assert case(guest).consulate == "Мумбаи"
    stale = own.post(at(guest), stay(guest, version="1", entry_place="Омск"))
    assert stale.status_code == 422


def test_the_letter_is_a_file_for_its_owner_only(own: Client, forum: Forum) -> None:
    make_rule(forum)
    guest = guest_of(forum)
    give_passport(guest)
    give_stay(guest)
    assert own.get(at(guest, "visa_letter")).status_code == 404
    paper = issue_letter(guest, by=make_staff(forum, Role.ACCREDITATION_OFFICER))
    assert own.get(at(guest, "visa_letter")).status_code == 404
    assert draw_letter(paper_id=paper.pk)
    answer = own.get(at(guest, "visa_letter"))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"].startswith("private, no-store")
    assert b"".join(answer).startswith(b"%PDF")
    assert Client().get(at(guest, "visa_letter")).status_code == 404
    assert AuditEntry.objects.filter(
        action="registration.letter_taken", actor=Account.objects.get(email=EMAIL)
    ).exists()
    page = own.get(at(guest)).content.decode()
    assert "приглашение № 1 готово" in page
    assert f"/ru/check/{paper.code}/" in page


def test_a_short_passport_is_warned_of(own: Client, forum: Forum) -> None:
    make_rule(forum)
    guest = guest_of(forum)
    give_passport(guest, expires_on=(forum.ends_on + timedelta(days=100)).isoformat())
    assert "раньше чем через полгода" in own.get(at(guest)).content.decode()
