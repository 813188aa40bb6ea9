"""The application of somebody who has signed on paper: the questions of their category at the desk."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from forum.models import Account, Forum
from registration.actions.members import add_member
from registration.actions.paper import Paper, record_paper
from registration.enums import RegistrationState
from registration.models import AnswerFile, Registration
from tests.factories.questions import asks, make_form
from tests.factories.registration import make_category, make_consent_document, make_delegation
from tests.pictures import picture
from tests.registration.test_actions_forms import stored

pytestmark = pytest.mark.django_db
TEXTS = {"surname": "Делегатова", "given_name": "Инна", "organisation": "Завод «Образец»", "position": "гид"}
FOREIGN = {"fact": "citizenship", "is": "ne", "value": "RU"}


@pytest.fixture
def signed(forum: Forum, officer: Account) -> Registration:
    """On paper, of a category that asks for a picture, and for an address of whoever comes from abroad."""
    questions = (asks("card", "file", required=True), asks("abroad", required=True, condition=FOREIGN))
    make_form(forum, *questions, by=officer)
    paper = Paper(
        document=make_consent_document(forum), language="ru", signed_on=localdate(), witness="Свидетелева Ольга"
    )
    delegation = make_delegation(forum, "RU-TOM")
    made = add_member(delegation, category=make_category(forum), language="ru", texts=TEXTS, by=officer)
    return record_paper(made.registration, paper=paper, by=officer)


@pytest.fixture
def address(signed: Registration) -> str:
    return reverse("people:complete", args=[signed.ref])


def hidden(page: str) -> dict[str, Any]:
    """What the page sends back by itself."""
    found: dict[str, Any] = dict(re.findall(r'type="hidden" name="(version|q_card)" value="([^"]*)"', page))
    return found | {"shown": re.findall(r'name="shown" value="(\w+)"', page)}


def answers(signed: Registration, **more: Any) -> dict[str, Any]:
    return {
        "citizenship": "RU", "surname": "Делегатова", "given_name": "Инна", "language": "ru", "languages": ["ru"],
        "delegation": signed.delegation_id, "organisation": "Завод", "position": "гид", "position_short": "гид", **more,
    }  # fmt: skip


def card() -> SimpleUploadedFile:
    return SimpleUploadedFile("card.jpg", picture(), content_type="image/jpeg")


def test_a_picture_is_handed_in_at_the_desk_and_stays_when_something_else_is_wrong(
    officer_client: Client, signed: Registration, address: str
) -> None:
    text = officer_client.get(address).content.decode()
    assert 'enctype="multipart/form-data"' in text
    wrong = officer_client.post(address, hidden(text) | answers(signed, surname="", **{"q_card-file": card()}))
    assert wrong.status_code == 422
    kept = AnswerFile.objects.get()
    assert f'name="q_card" value="{kept.public_id}"' in wrong.content.decode()
    again = hidden(wrong.content.decode()) | answers(signed)
    assert officer_client.post(address, again).status_code == 302
    signed.refresh_from_db()
    assert (signed.state, stored(signed)) == (RegistrationState.SUBMITTED, {"card": str(kept.public_id)})


def test_what_is_no_picture_is_refused_at_its_question(
    officer_client: Client, signed: Registration, address: str
) -> None:
    pdf = SimpleUploadedFile("card.pdf", b"%PDF-1.7", content_type="application/pdf")
    text = officer_client.get(address).content.decode()
    answer = officer_client.post(address, hidden(text) | answers(signed, **{"q_card-file": pdf}))
    assert (answer.status_code, list(answer.context["questions"].errors)) == (422, ["q_card"])


def test_questions_follow_the_country_that_is_typed_at_the_desk(
    officer_client: Client, signed: Registration, address: str
) -> None:
    text = officer_client.get(address).content.decode()
    assert "change from:[name='citizenship']" in text
    foreign = {"citizenship": "UZ", "latin_surname": "DELEGATOVA", "latin_given_name": "INNA", "q_card-file": card()}
    looked = officer_client.post(address, hidden(text) | answers(signed, citizenship="UZ", look="1"))
    assert 'id="slot-abroad" hx-swap-oob="true"' in looked.content.decode()
    led = officer_client.post(address, hidden(text) | answers(signed, **foreign))
    assert led.status_code == 422
    assert "Ваши ответы ведут к другим вопросам" in led.content.decode()
    del foreign["q_card-file"]
    whole = hidden(led.content.decode()) | answers(signed, **foreign, q_abroad="Ташкент")
    assert officer_client.post(address, whole).status_code == 302
    assert stored(signed)["abroad"] == "Ташкент"
