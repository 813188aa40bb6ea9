"""Visas before the officers: by urgency, decided with a way back, letters with a reason; rules with their history."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from forum.models import AuditEntry, Forum, Paper
from forum.web.limits import Limit
from registration.actions.letters import draw_letter
from registration.enums import VisaOutcome, VisaState
from registration.models import Registration, VisaRule
from registration.queries.visas import letter_of
from registration.web import views_team_visa
from tests.factories.visas import case, give_passport, make_guest, make_ready, make_rule

pytestmark = pytest.mark.django_db
BOARD = "/team/people/visas/"
RULES = "/team/people/visas/rules/"


def at(guest: Registration, name: str = "visa", *more: str) -> str:
    return reverse(f"people:{name}", args=[guest.ref, *more])


def drawn(guest: Registration, client: Client) -> Paper:
    client.post(at(guest, "visa_issue"))
    paper = letter_of(guest)
    assert paper and draw_letter(paper_id=paper.pk)
    return paper


def test_the_most_urgent_stands_first_with_what_is_missing(officer_client: Client, forum: Forum) -> None:
    make_rule(forum, lead_days=20)
    make_rule(forum, "US", lead_days=33)
    late, soon = make_guest(forum, "IN"), make_guest(forum, "US")
    unknown = make_guest(forum, "MN")
    give_passport(late, expires_on=(forum.ends_on + timedelta(days=90)).isoformat())
    page = officer_client.get(BOARD).content.decode()
    places = [page.index(f"p-{guest.ref}") for guest in (soon, unknown, late)]
    assert places == sorted(places)
    assert "закончится рано" in page
    assert "осталось" in page
    assert f"p-{late.ref}" not in officer_client.get(f"{BOARD}?country=US").content.decode()
    assert f"p-{unknown.ref}" in officer_client.get(f"{BOARD}?state=checking").content.decode()


def test_officers_are_told_what_waits_for_them(officer_client: Client, forum: Forum) -> None:
    make_guest(forum, "MN")
    make_ready(forum)
    assert "2 визовых дела ждут вас" in officer_client.get("/team/tasks/").content.decode()


def test_a_letter_from_the_button_to_the_file(officer_client: Client, forum: Forum) -> None:
    guest = make_ready(forum)
    paper = drawn(guest, officer_client)
    page = officer_client.get(at(guest)).content.decode()
    assert f"№ {paper.number}" in page
    assert officer_client.post(at(guest, "visa_file")).status_code == 422
    answer = officer_client.post(at(guest, "visa_file"), {"reason": "просил консул"})
    assert b"".join(answer).startswith(b"%PDF")
    assert AuditEntry.objects.get(action="registration.letter_taken").reason == "просил консул"
    assert officer_client.post(at(guest, "visa_issue"), {"reason": ""}).status_code == 422
    officer_client.post(at(guest, "visa_issue"), {"reason": "другие даты"})
    assert [p.number for p in Paper.objects.filter(voided_at=None)] == [2]
    officer_client.post(at(guest, "visa_void"), {"reason": "ошибка"})
    assert (letter_of(guest), case(guest).state) == (None, VisaState.READY)


def test_too_many_letters_an_hour_are_refused(
    officer_client: Client, forum: Forum, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views_team_visa, "LOOKS", Limit("looks", amount=1, seconds=60))
    guest = make_ready(forum)
    drawn(guest, officer_client)
    statuses = [officer_client.post(at(guest, "visa_file"), {"reason": "why"}).status_code for _number in range(2)]
    assert statuses == [200, 429]


def test_granted_has_a_way_back(officer_client: Client, forum: Forum) -> None:
    guest = make_ready(forum)
    paper = drawn(guest, officer_client)
    page = officer_client.post(at(guest, "visa_decide"), {"to": "granted", "remark": ""}, follow=True).content.decode()
    assert at(guest, "visa_back", "issued") in page
    assert case(guest).state == VisaState.GRANTED
    officer_client.post(at(guest, "visa_back", "issued"))
    assert (case(guest).state, letter_of(guest)) == (VisaState.ISSUED, paper)
    assert officer_client.post(at(guest, "visa_back", "wanted")).status_code == 404


def test_a_decision_that_cannot_be_is_said_on_the_page(officer_client: Client, forum: Forum) -> None:
    make_rule(forum)
    guest = make_guest(forum)
    answer = officer_client.post(at(guest, "visa_decide"), {"to": "granted", "remark": "звонил"})
    assert (answer.status_code, "Это уже невозможно" in answer.content.decode()) == (409, True)


def test_a_remark_is_kept_without_a_move(officer_client: Client, forum: Forum) -> None:
    guest = make_ready(forum)
    officer_client.post(at(guest, "visa_decide"), {"to": "ready", "remark": "ждём даты"})
    assert (case(guest).state, case(guest).note) == (VisaState.READY, "ждём даты")
    assert case(guest).decided_by is None


def test_an_officer_opens_a_case_where_the_rules_see_none(officer_client: Client, forum: Forum) -> None:
    make_rule(forum, outcome=VisaOutcome.FREE)
    guest = make_guest(forum)
    assert at(guest, "visa_open") in officer_client.get(at(guest)).content.decode()
    officer_client.post(at(guest, "visa_open"))
    assert case(guest).state == VisaState.WANTED
    assert "Нужны данные" in officer_client.get(reverse("people:detail", args=[guest.ref])).content.decode()


def rule_form(**changes: str) -> dict[str, str]:
    usual = {"citizenship": "IN", "document": "", "outcome": "visa", "lead_days": "20", "note_ru": "Нужна виза."}
    return usual | changes


def test_a_rule_is_written_changed_and_remembered(officer_client: Client, forum: Forum) -> None:
    assert officer_client.post(f"{RULES}new/", rule_form()).status_code == 302
    rule = VisaRule.objects.get()
    address = f"{RULES}{rule.public_id}/"
    officer_client.post(address, rule_form(version="1", lead_days="25", until="2027-12-31"))
    rule.refresh_from_db()
    assert (rule.lead_days, str(rule.until), rule.note_ru) == (25, "2027-12-31", "Нужна виза.")
    page = officer_client.get(address).content.decode()
    assert "данные за 20 дн" in page
    assert "данные за 25 дн" in page
    assert officer_client.post(address, rule_form(version="1")).status_code == 422
    twice = officer_client.post(f"{RULES}new/", rule_form(note_ru="Ещё одна"))
    assert (twice.status_code, "уже есть правило" in twice.content.decode()) == (422, True)
    assert "Ещё одна" in twice.content.decode()
