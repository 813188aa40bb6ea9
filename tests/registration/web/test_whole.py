"""The application on one page."""

from functools import partial
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from forum.models import Account, Forum, Message
from registration.actions.codes import stop_code
from registration.models import CodeUse, Registration, RegistrationMove
from tests.factories.forum import make_forum
from tests.factories.invitations import make_access_code
from tests.factories.questions import asks, make_form
from tests.factories.registration import make_delegation
from tests.races.at_once import at_once
from tests.registration.web.walk import CONTACT, NAME, WORK, agree, fill


def everything(forum: Forum, **changes: Any) -> dict[str, Any]:
    """Every answer of the three steps."""
    return NAME | CONTACT | WORK | {"delegation": str(make_delegation(forum).pk)} | changes


def post(client: Client, draft: Registration, values: dict[str, Any], *, page: str = "ru") -> HttpResponse:
    """Press the button of the page as it stands."""
    address = f"/{page}/apply/{draft.ref}/all/"
    version = client.get(address).context["version"]
    return client.post(address, {"version": version} | values)


def test_one_button_saves_and_sends(client: Client, forum: Forum) -> None:
    draft = agree(client, forum)
    answer = post(client, draft, everything(forum))
    assert (answer.status_code, answer["Location"]) == (302, f"/ru/apply/{draft.ref}/sent/")
    draft.refresh_from_db()
    assert (draft.state, draft.person.surname, draft.organisation) == ("submitted", "Примерова", "Завод «Образец»")
    assert Message.objects.get(reason="registration.received").recipient == draft.person.email
    assert client.get(answer["Location"]).status_code == 200


def test_it_is_the_same_application_as_step_by_step(client: Client, forum: Forum) -> None:
    whole, steps = agree(client, forum), fill(Client(), forum)
    post(client, whole, everything(forum))
    whole.refresh_from_db()
    for field in ("organisation", "position", "position_short", "delegation_id", "language"):
        assert getattr(whole, field) == getattr(steps, field)
    for field in (*NAME, "email", "languages", "sort_key", "search_text"):
        assert getattr(whole.person, field) == getattr(steps.person, field)


def test_mistakes_of_all_parts_are_named_together_and_nothing_is_lost(client: Client, forum: Forum) -> None:
    draft = agree(client, forum, page="en")
    typed = everything(forum, given_name="Anna", email="anna", organisation="")
    answer = post(client, draft, typed, page="en")
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["given_name", "email", "organisation"], "in the order of the page"
    assert all(value in answer.content.decode() for value in ("Примерова", 'value="anna"', "директор музея"))
    draft.refresh_from_db()
    assert (draft.state, draft.person.surname, draft.version) == ("draft", "", 1)


def test_questions_of_the_category_come_next(client: Client, forum: Forum, officer: Account) -> None:
    draft = agree(client, forum)
    make_form(forum, asks("car"), by=officer)
    answer = post(client, draft, everything(forum))
    assert answer["Location"] == f"/ru/apply/{draft.ref}/questions/"
    draft.refresh_from_db()
    assert (draft.state, draft.organisation) == ("draft", "Завод «Образец»")


def test_a_proposal_keeps_what_else_was_typed(client: Client, forum: Forum) -> None:
    draft = agree(client, forum)
    typed = everything(forum, latin_surname="", latin_given_name="", propose="1")
    form = post(client, draft, typed).context["form"]
    assert (form["latin_surname"].value(), form["latin_given_name"].value()) == ("PRIMEROVA", "ANNA")
    assert (form["languages"].value(), form["organisation"].value()) == (["ru", "en"], "Завод «Образец»")
    draft.refresh_from_db()
    assert draft.person.surname == ""


def test_another_window_was_faster_with_other_answers(client: Client, forum: Forum) -> None:
    draft = agree(client, forum, page="en")
    stale = {"version": draft.version} | everything(forum, organisation="Mine")
    post(client, draft, everything(forum, organisation=""), page="en")  # refused, nothing saved
    Registration.objects.filter(pk=draft.pk).update(version=7, organisation="Theirs")
    answer = client.post(f"/en/apply/{draft.ref}/all/", stale)
    assert answer.status_code == 409
    assert all(word in answer.content.decode() for word in ("Mine", "Theirs"))


def test_a_code_that_ended_meanwhile_is_named_and_nothing_is_lost(
    client: Client, forum: Forum, officer: Account
) -> None:
    draft = agree(client, forum, page="en")
    code = make_access_code(forum, category=draft.category)
    Registration.objects.filter(pk=draft.pk).update(came_by="code")
    CodeUse.objects.create(code=code, registration=draft)
    stop_code(code, by=officer)
    answer = post(client, draft, everything(forum), page="en")
    assert answer.status_code == 410
    assert all(words in answer.content.decode() for words in ("Not sent yet", "Завод «Образец»"))
    draft.refresh_from_db()
    assert (draft.state, draft.organisation) == ("draft", "")


def test_a_second_press_finds_it_sent(client: Client, forum: Forum) -> None:
    draft = agree(client, forum)
    typed = everything(forum)
    first = post(client, draft, typed)
    again = client.post(f"/ru/apply/{draft.ref}/all/", {"version": "1"} | typed)
    assert first["Location"] == again["Location"]
    assert RegistrationMove.objects.filter(registration=draft).count() == 1


@pytest.mark.django_db(transaction=True)
def test_pressed_five_times_at_once_it_is_sent_once(client: Client, forum: Forum) -> None:
    draft = agree(client, forum)
    typed = {"version": str(draft.version)} | everything(forum)
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}

    def press() -> str:
        own = Client()
        own.cookies.load(cookies)
        return str(own.post(f"/ru/apply/{draft.ref}/all/", typed).headers.get("Location", ""))

    assert set(at_once([partial(press) for _ in range(5)])) == {f"/ru/apply/{draft.ref}/sent/"}
    assert Message.objects.filter(reason="registration.received").count() == 1


@pytest.mark.parametrize("key", ["0", "9" * 19, "-1", "1.0", "x", "\0", "of another edition"])
def test_what_is_no_delegation_of_this_edition_is_named_at_its_field(client: Client, forum: Forum, key: str) -> None:
    if key == "of another edition":
        key = str(make_delegation(make_forum(is_current=False)).pk)
    answer = post(client, agree(client, forum), everything(forum, delegation=key))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["delegation"]
