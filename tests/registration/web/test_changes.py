"""Asking for a change on one's own page, and the officers' queue of such requests."""

import pytest
from django.test import Client

from registration.enums import ChangeState
from registration.models import ChangeRequest, Registration

QUEUE = "/team/people/changes/"


def page(coming: Registration) -> str:
    return f"/ru/my/{coming.ref}/changes/"


def ask(own: Client, coming: Registration, field: str, value: str) -> None:
    answer = own.post(page(coming), {"field": field, "value": value, "why": "Новый паспорт"})
    assert answer.status_code == 302, answer.context["form"].errors


@pytest.mark.parametrize(
    ("field", "value"),
    [("surname", "Образцова"), ("latin_surname", "OBRAZTSOVA"), ("citizenship", "BY"), ("organisation", "Завод")],
)
def test_a_request_is_sent_and_accepted(
    own: Client, officer_client: Client, coming: Registration, field: str, value: str
) -> None:
    assert page(coming) in own.get("/ru/my/").content.decode()
    assert own.get(f"{page(coming)}?field={field}").context["form"] is not None
    ask(own, coming, field, value)
    rows = officer_client.get(QUEUE).context["rows"]
    assert [row["registration"].ref for row in rows] == [coming.ref]
    officer_client.post(f"{QUEUE}{ChangeRequest.objects.get().public_id}/accept/")
    fresh = Registration.objects.select_related("person").get()
    assert value in (getattr(fresh.person, field, ""), fresh.organisation)
    assert "изменено" in own.get(page(coming)).content.decode()


def test_what_does_not_fit_is_refused_and_stays(own: Client, coming: Registration) -> None:
    answer = own.post(page(coming), {"field": "latin_surname", "value": "Образцова", "why": ""})
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"value", "why"})
    assert answer.context["form"]["value"].value() == "Образцова"
    same = own.post(page(coming), {"field": "surname", "value": "Примерова", "why": "x"})
    assert (same.status_code, list(same.context["form"].errors)) == (409, ["value"])
    assert own.post(page(coming), {"field": "email", "value": "x", "why": "x"}).status_code == 422


def test_a_decline_needs_a_reason_which_the_person_reads(
    own: Client, officer_client: Client, coming: Registration
) -> None:
    ask(own, coming, "surname", "Образцова")
    address = f"{QUEUE}{ChangeRequest.objects.get().public_id}/decline/"
    assert officer_client.post(address, {"answer": ""}).status_code == 422
    assert officer_client.post(address, {"answer": "В паспорте иначе"}).url == QUEUE
    assert "В паспорте иначе" in own.get(page(coming)).content.decode()
    late = officer_client.post(f"{QUEUE}{ChangeRequest.objects.get().public_id}/accept/")
    assert late.status_code == 409


def test_a_request_is_taken_back(own: Client, coming: Registration) -> None:
    ask(own, coming, "surname", "Образцова")
    own.post(f"{page(coming)}{ChangeRequest.objects.get().public_id}/take-back/")
    assert ChangeRequest.objects.get().state == ChangeState.WITHDRAWN
