"""One application before the officer: what is shown, decisions, corrections."""

import pytest
from django.test import Client

from forum.models import Account, AuditEntry, Forum, Message
from forum.registry import person_panels
from registration.actions.corrections import correct_facts
from registration.actions.reasons import add_usual_reasons
from registration.actions.review import ask_for_changes, reject
from registration.enums import RegistrationState
from registration.models import ReasonTemplate, Registration
from tests.factories.registration import make_category, make_person, make_registration
from tests.registration.web.questions import questions_of
from tests.registration.web.walk import CONTACT, NAME, WORK, apply, open_doors

S = RegistrationState


def address(registration: Registration, decision: str = "") -> str:
    """The page of the application, or the address of a decision about it."""
    return f"/team/people/{registration.ref}/" + (f"{decision}/" if decision else "")


def state_of(registration: Registration) -> str:
    """As stored now."""
    return Registration.objects.values_list("state", flat=True).get(pk=registration.pk)


def test_the_page_shows_the_whole_person(officer_client: Client, forum: Forum) -> None:
    open_doors(forum)
    sent = apply(Client(), forum, native_name="Прымерава Ганна", badge_name="Анна Примерова")
    page = officer_client.get(address(sent)).content.decode()
    for shown in ("Примерова", "PRIMEROVA ANNA", "Прымерава Ганна", "Анна Примерова", "Россия", "Русский, Английский"):
        assert shown in page
    assert "Завод «Образец»" in page
    assert "Согласие" in page
    assert "Заявка получена" in page  # the letter
    assert "заявка начата, согласие дано" in page  # the log


@pytest.mark.parametrize(
    ("state", "possible"),
    [
        (S.SUBMITTED, {"approve", "line", "ask", "reject"}),
        (S.NEEDS_CHANGES, {"reject"}),
        (S.WAITLISTED, {"approve", "reject"}),
        (S.APPROVED, {"block"}),
        (S.CONFIRMED, {"block"}),
        (S.REJECTED, {"reopen"}),
        (S.CANCELLED, set()),
        (S.BLOCKED, {"unblock"}),
    ],
)
def test_only_what_is_possible_is_offered(
    officer_client: Client, forum: Forum, state: RegistrationState, possible: set[str]
) -> None:
    registration = make_registration(forum, state=state)
    assert set(officer_client.get(address(registration)).context["decisions"]) == possible


@pytest.mark.parametrize(
    ("was", "decision", "note", "to"),
    [
        (S.SUBMITTED, "approve", "", S.APPROVED),
        (S.SUBMITTED, "line", "", S.WAITLISTED),
        (S.SUBMITTED, "ask", "Проверьте имя", S.NEEDS_CHANGES),
        (S.SUBMITTED, "reject", "", S.REJECTED),
        (S.REJECTED, "reopen", "", S.SUBMITTED),
        (S.CONFIRMED, "block", "драка", S.BLOCKED),
        (S.BLOCKED, "unblock", "", S.CONFIRMED),
    ],
)
def test_decisions(
    officer_client: Client, officer: Account, forum: Forum, was: RegistrationState, decision: str, note: str, to: str
) -> None:
    registration = make_registration(forum, state=was)
    answer = officer_client.post(address(registration, decision), {"note": note})
    assert answer.url == address(registration)
    assert state_of(registration) == to
    step = registration.moves.get()
    assert (step.by, step.note) == (officer, note)
    again = officer_client.post(address(registration, decision), {"note": note})
    assert again.status_code in (302, 409)
    assert state_of(registration) == to


@pytest.mark.parametrize(("was", "decision"), [(S.SUBMITTED, "ask"), (S.APPROVED, "block")])
def test_a_needed_text_is_asked_for(
    officer_client: Client, forum: Forum, was: RegistrationState, decision: str
) -> None:
    registration = make_registration(forum, state=was)
    for note in ("", "  \n "):
        answer = officer_client.post(address(registration, decision), {"note": note})
        assert answer.status_code == 422
        assert f'href="#{decision}_note"' in answer.content.decode()
    assert state_of(registration) == was


def test_a_decision_goes_on_to_the_next_of_the_queue(officer_client: Client, forum: Forum) -> None:
    first, second, third = (make_registration(forum) for _number in range(3))
    make_registration(forum, delegation="BY")
    query = "state=submitted&delegation=RU-TOM"
    page = officer_client.get(f"{address(second)}?{query}")
    assert page.context["place"] == 2
    assert page.context["previous_url"] == f"{address(first)}?{query}"
    assert page.context["next_url"] == f"{address(third)}?{query}"
    answer = officer_client.post(
        address(second, "approve"), {"filter": query, "next": page.context["next_url"]}, follow=True
    )
    assert answer.redirect_chain == [(f"{address(third)}?{query}", 302)]
    assert "Одобрена: Примерова Анна Ильинична" in answer.content.decode()
    assert answer.context["total"] == 2


def test_no_way_leads_to_another_site(officer_client: Client, forum: Forum) -> None:
    registration = make_registration(forum)
    answer = officer_client.post(address(registration, "approve"), {"next": "https://evil.example.org/"})
    assert answer.url == address(registration)


def test_a_full_quota_is_said_and_the_line_offered(officer_client: Client, forum: Forum) -> None:
    small = make_category(forum, code="media", places=1)
    make_registration(forum, category=small, state=S.APPROVED)
    registration = make_registration(forum, category=small)
    answer = officer_client.post(address(registration, "approve"))
    assert answer.status_code == 409
    assert "Все места заняты." in answer.content.decode()
    assert "line" in answer.context["decisions"]
    officer_client.post(address(registration, "line"))
    assert state_of(registration) == S.WAITLISTED


def test_the_second_officer_hears_what_the_first_decided(
    officer_client: Client, organiser: Account, forum: Forum
) -> None:
    registration = make_registration(forum)
    reject(registration, by=organiser)
    answer = officer_client.post(address(registration, "ask"), {"note": "Проверьте имя"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "состояние заявки — «Не принята»" in page
    assert "Проверьте имя" in page  # nothing typed is lost


@pytest.mark.parametrize(
    ("language", "words"),
    [("ru", "буква в букву"), ("en", "letter by letter"), ("uz", "harfma-harf"), ("be", "літара ў літару")],
)
def test_ready_made_reasons_speak_the_applicants_language(
    officer_client: Client, forum: Forum, officer: Account, language: str, words: str
) -> None:
    registration = make_registration(forum, language=language)
    add_usual_reasons(forum=forum, by=officer)
    latin = ReasonTemplate.objects.get(title_en="Latin name")
    form = officer_client.get(f"{address(registration)}?reason={latin.public_id}").context["decisions"]["ask"]
    assert words in form["note"].value()


def test_an_application_of_another_edition_or_a_draft_is_not_there(officer_client: Client, forum: Forum) -> None:
    draft = make_registration(forum, state=S.DRAFT)
    assert officer_client.get(address(draft)).status_code == 404
    assert officer_client.get("/team/people/0000000000/").status_code == 404
    assert officer_client.post(address(make_registration(forum), "promote")).status_code == 404


def test_namesakes_are_warned_of_and_strangers_are_not(officer_client: Client, forum: Forum) -> None:
    registration = make_registration(forum)
    twin = make_registration(forum, person=make_person(forum, surname="ПРИМЕРОВА"))
    make_registration(forum, person=make_person(forum, surname="Другая", latin_surname="DRUGAIA"))
    found = officer_client.get(address(registration)).context["duplicates"]
    assert [row["registration"] for row in found] == [twin]


def test_higher_rooms_have_their_say(officer_client: Client, forum: Forum) -> None:
    names = [panel.template for panel in person_panels]
    shown = officer_client.get(address(make_registration(forum, state=S.CONFIRMED))).context["panels"]
    assert [panel["template"] for panel in shown] == names


def test_the_page_asks_the_database_as_much_with_a_long_history(
    officer_client: Client, officer: Account, forum: Forum
) -> None:
    registration = make_registration(forum)
    make_registration(forum)  # a namesake
    ask_for_changes(registration, by=officer, note="Имя")
    before = questions_of(officer_client, f"{address(registration)}?state=all")
    for _number in range(2):
        make_registration(forum)
    reject(registration, by=officer, note="Мест нет")
    assert questions_of(officer_client, f"{address(registration)}?state=all") == before <= 31


# --- corrections -----------------------------------------------------------------------------------------------------
def correction(registration: Registration, **changes: object) -> dict[str, object]:
    """The form as it stands, with changes."""
    person = registration.person
    stored = {field: getattr(person, field) for field in (*NAME, "email", "languages")}
    own = {field: getattr(registration, field) for field in (*WORK, "language")}
    return stored | own | {"delegation": registration.delegation_id, "version": registration.version} | changes


def test_a_correction_needs_a_reason_and_is_logged(officer_client: Client, officer: Account, forum: Forum) -> None:
    registration = make_registration(forum, state=S.CONFIRMED)
    refused = officer_client.post(address(registration, "correct"), correction(registration, surname="Узорова"))
    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == ["reason"]
    answer = officer_client.post(
        address(registration, "correct"), correction(registration, surname="Узорова", reason="по паспорту")
    )
    assert answer.url == address(registration)
    registration.person.refresh_from_db()
    assert registration.person.surname == "Узорова"
    entry = AuditEntry.objects.get(action="registration.corrected")
    assert (entry.actor, entry.changed, entry.reason) == (officer, ["surname", "position_short"], "по паспорту")


def test_the_later_of_two_corrections_sees_both_versions(
    officer_client: Client, organiser: Account, forum: Forum
) -> None:
    registration = make_registration(forum)
    sent = correction(registration, surname="Узорова", reason="по паспорту")
    correct_facts(registration, version=1, answers={"surname": "Образцова"}, reason="звонок", by=organiser)
    answer = officer_client.post(address(registration, "correct"), sent)
    assert answer.status_code == 409
    assert ("Образцова", "Узорова") in [(d.stored, d.typed) for d in answer.context["differing"]]
    registration.person.refresh_from_db()
    assert registration.person.surname == "Образцова"
    again = officer_client.post(address(registration, "correct"), sent | {"version": answer.context["version"]})
    assert again.status_code == 302
    registration.person.refresh_from_db()
    assert registration.person.surname == "Узорова"


@pytest.mark.parametrize("wrong", [{"surname": "Anna"}, {"email": CONTACT["email"] + "\nBcc: x"}, {"delegation": "0"}])
def test_a_correction_is_checked_like_an_answer(officer_client: Client, forum: Forum, wrong: dict[str, str]) -> None:
    registration = make_registration(forum)
    answer = officer_client.post(address(registration, "correct"), correction(registration, reason="x", **wrong))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == list(wrong)
    assert not Message.objects.exists()


@pytest.mark.parametrize(("state", "offered"), [(S.CONFIRMED, True), (S.BLOCKED, False), (S.REJECTED, False)])
def test_whoever_says_they_do_not_come_is_withdrawn_from_their_page(
    officer_client: Client, forum: Forum, state: RegistrationState, offered: bool
) -> None:
    registration = make_registration(forum, state=state)
    leave = f"/team/people/delegations/RU-TOM/{registration.ref}/withdraw/"
    assert (leave in officer_client.get(address(registration)).content.decode()) == offered
    assert (officer_client.get(leave).status_code == 200) == offered or state == S.BLOCKED
