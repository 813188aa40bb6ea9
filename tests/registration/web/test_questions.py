"""The step of questions as a browser without JavaScript and as htmx see it; two windows; new questions after sending."""

import re
from typing import Any

import pytest
from django.test import Client

from forum.models import Account, Forum
from registration.actions.applications import submit
from registration.enums import QuestionKind
from registration.models import Answer, Pool, Registration
from tests.factories.forum import make_account
from tests.factories.questions import asks, make_form
from tests.factories.registration import make_category, make_person, make_registration
from tests.hostile.texts import NAUGHTY
from tests.registration.web.walk import agree, fill, send
from tests.sessions import sign_in

CAR = {"fact": "answer:car", "is": "eq", "value": True}


def hidden(page: str) -> dict[str, Any]:
    """What the page sends back by itself."""
    found: dict[str, Any] = {"shown": re.findall(r'name="shown" value="(\w+)"', page)}
    for name in ("form", "version"):
        found[name] = re.findall(rf'name="{name}" value="(\d+)"', page)[0]
    return found


def post(client: Client, address: str, **values: Any) -> Any:
    """As a browser: the page is read, filled, sent."""
    page = client.get(address).content.decode()
    return client.post(address, hidden(page) | {f"q_{code}": value for code, value in values.items()})


def address_of(draft: Registration) -> str:
    return f"/ru/apply/{draft.ref}/questions/"


def stored(draft: Registration) -> dict[str, Any]:
    return {one.code: one.content for one in Answer.objects.filter(registration=draft)}


@pytest.fixture
def asked(forum: Forum, officer: Account) -> None:
    """A category with three questions, one of them for drivers."""
    plate = asks("plate", required=True, condition=CAR, label_ru="Номер машины", help_ru="Как в документе")
    make_form(forum, asks("why", required=True, label_ru="Зачем вы едете?"), asks("car", "tick"), plate, by=officer)


@pytest.mark.usefixtures("asked")
def test_the_step_stands_between_work_and_check(client: Client, forum: Forum) -> None:
    draft = fill(client, forum)
    page = client.get(address_of(draft))
    assert page.context["way_now"] == 6
    assert "Зачем вы едете?" in page.content.decode()
    assert "Номер машины" not in page.content.decode()
    summary = client.get(f"/ru/apply/{draft.ref}/check/")
    assert (summary.context["is_complete"], summary.context["missing_step"]) == (False, address_of(draft))
    assert post(client, address_of(draft), why="Учиться").url == f"/ru/apply/{draft.ref}/check/"
    assert "Учиться" in client.get(f"/ru/apply/{draft.ref}/check/").content.decode()
    assert send(client, draft).url == f"/ru/apply/{draft.ref}/sent/"
    assert "Учиться" in client.get("/ru/my/").content.decode()


def test_a_category_without_questions_has_no_such_step(client: Client, forum: Forum) -> None:
    draft = fill(client, forum)
    assert client.get(address_of(draft)).url == f"/ru/apply/{draft.ref}/check/"
    assert client.get(f"/ru/apply/{draft.ref}/check/").context["way_now"] == 6


def test_questions_that_need_no_answer_are_shown_once(client: Client, forum: Forum, officer: Account) -> None:
    make_form(forum, asks("why"), by=officer)
    draft = fill(client, forum)
    answer = client.post(
        f"/ru/apply/{draft.ref}/work/",
        {"version": draft.version, "delegation": draft.delegation_id, "organisation": "x", "position": "y"},
    )
    assert answer.url == address_of(draft)


@pytest.mark.usefixtures("asked")
def test_without_javascript_the_step_comes_again_with_what_follows(client: Client, forum: Forum) -> None:
    draft = fill(client, forum)
    again = post(client, address_of(draft), why="Учиться", car="on")
    page = again.content.decode()
    assert (again.status_code, stored(draft)) == (200, {})
    assert "Номер машины" in page
    assert 'value="Учиться"' in page
    assert 'class="errors"' not in page
    done = client.post(address_of(draft), hidden(page) | {"q_why": "Учиться", "q_car": "on", "q_plate": "А001АА 42"})
    assert (done.status_code, stored(draft)) == (302, {"why": "Учиться", "car": True, "plate": "А001АА 42"})


@pytest.mark.usefixtures("asked")
def test_htmx_gets_only_what_comes_or_goes(client: Client, forum: Forum) -> None:
    draft = fill(client, forum)
    page = client.get(address_of(draft)).content.decode()
    assert 'hx-trigger="change from:[name=&#x27;q_car&#x27;]"' in page
    told = client.post(address_of(draft), hidden(page) | {"look": "1", "q_car": "on"}).content.decode()
    assert re.findall(r'id="slot-(\w+)" hx-swap-oob="true"', told) == ["plate"]
    assert 'class="errors"' not in told
    gone = client.post(address_of(draft), {"look": "1", "shown": ["why", "car", "plate"]}).content.decode()
    assert '<div class="question" id="slot-plate" hx-swap-oob="true"></div>' in gone
    assert stored(draft) == {}


@pytest.mark.usefixtures("asked")
def test_two_windows_show_both_answers(client: Client, forum: Forum) -> None:
    draft = fill(client, forum)
    page = hidden(client.get(address_of(draft)).content.decode())
    post(client, address_of(draft), why="Первое окно")
    late = client.post(address_of(draft), page | {"q_why": "Второе окно"})
    assert late.status_code == 409
    assert "Первое окно" in late.content.decode()
    assert 'value="Второе окно"' in late.content.decode()
    assert stored(draft)["why"] == "Первое окно"


@pytest.mark.usefixtures("asked")
def test_a_form_published_while_one_types_loses_nothing(client: Client, forum: Forum, officer: Account) -> None:
    draft = fill(client, forum)
    page = hidden(client.get(address_of(draft)).content.decode())
    make_form(forum, asks("why", required=True), asks("how", required=True, label_ru="Как?"), by=officer)
    late = client.post(address_of(draft), page | {"q_why": "Учиться"})
    told = late.content.decode()
    assert (late.status_code, stored(draft)) == (409, {})
    assert 'value="Учиться"' in told
    assert "Как?" in told
    assert client.post(address_of(draft), hidden(told) | {"q_why": "Учиться", "q_how": "Так"}).status_code == 302


def test_a_full_choice_is_refused_and_what_was_typed_stays(client: Client, forum: Forum, officer: Account) -> None:
    make_form(forum, asks("tour", "choice", choices=[("m", 1), ("k", 2)], required=True), asks("why"), by=officer)
    draft = fill(client, forum)
    page = client.get(address_of(draft)).content.decode()
    assert "Выбор m (осталось: 1)" in page or "(1 left)" in page
    Pool.objects.filter(choices__code="m").update(taken=1)
    refused = client.post(address_of(draft), hidden(page) | {"q_tour": "m", "q_why": "Учиться"})
    told = refused.content.decode()
    assert (refused.status_code, stored(draft)) == (409, {})
    assert 'value="Учиться"' in told
    assert "Выбор m" in " ".join(refused.context["form"].errors["q_tour"])
    assert post(client, address_of(draft), tour="k", why="Учиться").status_code == 302
    Pool.objects.filter(choices__code="k").update(taken=2)
    sent = send(client, draft)
    assert "Выбор k" in sent.content.decode()
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_anything_typed_is_kept_or_refused_but_never_breaks(client: Client, forum: Forum, officer: Account) -> None:
    """Into every kind of question at once."""
    kinds = [kind.value for kind in QuestionKind]
    choices = {"choice": ["m"], "several": ["m", "k"]}
    questions = [asks(f"of_{kind}", kind, choices=choices.get(kind, ()), bounds={"system": "shoes"}) for kind in kinds]
    make_form(forum, *questions, by=officer)
    draft = agree(client, forum)
    page = hidden(client.get(address_of(draft)).content.decode())
    for text in NAUGHTY.values():
        draft.refresh_from_db()
        typed = {f"q_of_{kind}": text for kind in kinds}
        told = client.post(address_of(draft), page | typed | {"version": draft.version})
        assert told.status_code in (200, 302, 422), text
        one = client.post(
            address_of(draft), page | {"q_of_text": text, "q_of_long_text": text, "version": draft.version}
        )
        assert one.status_code in (302, 422), text
        summary = client.get(f"/ru/apply/{draft.ref}/check/").content.decode()
        assert "<script>alert" not in told.content.decode() + summary, text
        assert "\x00" not in summary, text


@pytest.mark.usefixtures("asked")
def test_ten_megabytes_are_refused_kindly(client: Client, forum: Forum) -> None:
    draft = fill(client, forum)
    client.raise_request_exception = False
    answer = client.post(address_of(draft), {"q_why": "Я" * 10_000_000})
    assert answer.status_code in (400, 413)
    assert "<h1" in answer.content.decode()


# --- after sending ------------------------------------------------------------------------------------------------------------
@pytest.fixture
def sent(client: Client, forum: Forum) -> Registration:
    """Anna has sent her application and is signed in."""
    anna = make_account("anna@example.org")
    draft = make_registration(forum, state="draft", person=make_person(forum, account=anna))
    sign_in(client, anna, second_factor=False)
    return submit(draft)


def test_new_questions_are_asked_on_my_page_and_nothing_else_opens(
    client: Client, forum: Forum, officer: Account, sent: Registration
) -> None:
    own = f"/ru/my/{sent.ref}/questions/"
    assert client.get(own).url == "/ru/my/"
    make_form(forum, asks("why", required=True), asks("car", "tick"), asks("plate", condition=CAR), by=officer)
    assert own in client.get("/ru/my/").content.decode()
    assert client.get(address_of(sent)).url == "/ru/my/"
    wrong = post(client, own, why="")
    assert wrong.status_code == 422
    assert post(client, own, why="Учиться").url == "/ru/my/"
    assert stored(sent) == {"why": "Учиться", "car": False}
    assert own not in client.get("/ru/my/").content.decode()
    sent.refresh_from_db()
    assert sent.state == "submitted"


def test_a_second_press_finds_the_answers_saved(
    client: Client, forum: Forum, officer: Account, sent: Registration
) -> None:
    make_form(forum, asks("why", required=True), by=officer)
    own = f"/ru/my/{sent.ref}/questions/"
    page = hidden(client.get(own).content.decode()) | {"q_why": "Учиться"}
    assert [client.post(own, page).url for _ in range(2)] == ["/ru/my/", "/ru/my/"]


def test_the_officer_sees_the_answers_of_the_roles_questions(
    officer_client: Client, forum: Forum, officer: Account
) -> None:
    make_form(forum, asks("why", label_en="Why?"), asks("diet", visible_to=["visit_coordinator"]), by=officer)
    draft = fill(Client(), forum)
    category = make_category(forum)
    assert category.form is not None
    for item in category.form.questions.all():
        Answer.objects.create(registration=draft, question=item, code=item.code, value=f"answer {item.code}")
    submit(draft)
    page = officer_client.get(f"/team/people/{draft.ref}/").content.decode()
    assert "answer why" in page
    assert "answer diet" not in page
