"""The HTTP contract of `docs/scanner-api.md`."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils.timezone import now

from badges.models import Credential, Device, Scan
from forum.models import Forum
from registration.enums import RegistrationState
from tests.factories.badges import make_device, make_holder, make_point
from tests.served import served

S = RegistrationState


def body(credential: Credential, device: Device, **changes: Any) -> dict[str, Any]:
    moment = now()
    usual = {
        "nonce": str(uuid4()),
        "point": device.point.slug,
        "direction": "in",
        "method": "camera",
        "code": credential.token,
        "device_time": (moment - timedelta(milliseconds=120)).isoformat(),
        "sent_at": moment.isoformat(),
    }
    return {k: v for k, v in (usual | changes).items() if v is not None}


class Phone:
    """A phone as the server sees it: a header, no cookie. What it scans goes through what gunicorn serves."""

    def __init__(self, token: str, *, language: str = "en") -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.headers = {"Authorization": f"Device {token}", "Accept-Language": language}

    def post(self, data: dict[str, Any]) -> Any:
        return served("/api/v1/scans", json.dumps(data), headers=self.headers)

    def get(self, path: str) -> Any:
        return self.client.get(f"/api/v1/{path}", headers=self.headers)

    def find(self, **asked: str) -> Any:
        return self.client.post("/api/v1/people/search", asked, content_type="application/json", headers=self.headers)


def test_scan_is_answered_as_the_contract_says(forum: Forum) -> None:
    badge = make_holder(forum)
    device, token = make_device(make_point(forum, slug="main"))
    sent = body(badge, device)
    response = Phone(token).post(sent)
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    answer = response.json()
    scan = Scan.objects.get()
    assert answer == {
        "scan": sent["nonce"],
        "outcome": "ok",
        "admit": True,
        "severity": "green",
        "sound": "ok",
        "title": "Let in",
        "reason": "",
        "next_step": "",
        "person": {
            "name": "Примерова Анна Ильинична",
            "name_latin": "PRIMEROVA ANNA",
            "organisation": "Завод «Образец»",
            "category": "Delegate",
            "category_letter": badge.registration.category.letter,
            "category_colour": "#1F4E79",
            "zones": ["A"],
            "photo": False,
        },
        "first_at": None,
        "point": "main",
        "direction": "in",
        "at": answer["at"],
    }
    assert answer["at"].endswith("+07:00") and scan.at.isoformat()[:10] <= answer["at"][:10]


def test_refusal_is_an_answer_not_an_error_and_speaks_the_readers_language(forum: Forum) -> None:
    badge = make_holder(forum)
    device, token = make_device(make_point(forum))
    phone = Phone(token, language="ru")
    phone.post(body(badge, device))
    response = phone.post(body(badge, device))
    answer = response.json()
    assert (response.status_code, answer["outcome"], answer["admit"]) == (200, "already_in", False)
    assert (answer["severity"], answer["sound"], answer["title"]) == ("amber", "warn", "Уже внутри")
    assert answer["first_at"] is not None


def test_nobody_behind_the_code_has_no_name(forum: Forum) -> None:
    badge = make_holder(forum)
    device, token = make_device(make_point(forum))
    assert Phone(token).post(body(badge, device, code="0" * 26)).json()["person"] is None


def test_person_found_by_name(forum: Forum) -> None:
    badge = make_holder(forum)
    device, token = make_device(make_point(forum))
    sent = body(badge, device, code=None, method="search", registration=badge.registration.ref)
    assert Phone(token).post(sent).json()["outcome"] == "ok"


def test_repeating_gives_the_same_bytes(forum: Forum) -> None:
    badge = make_holder(forum)
    device, token = make_device(make_point(forum))
    sent = body(badge, device)
    answers = {
        Phone(token).post(sent | {"sent_at": (now() + timedelta(seconds=n)).isoformat()}).content for n in range(5)
    }
    assert (len(answers), Scan.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"nonce": "x"}, "nonce"),
        ({"point": None}, "point"),
        ({"direction": "up"}, "direction"),
        ({"method": "manual"}, "method"),
        ({"code": None}, "code"),
        ({"code": "0" * 201}, "code"),
        ({"method": "search"}, "registration"),
        ({"device_time": "yesterday"}, "device_time"),
        ({"sent_at": None}, "sent_at"),
        ({"point": "elsewhere"}, "point"),
    ],
)
def test_wrong_request_names_its_field(forum: Forum, changes: dict[str, Any], field: str) -> None:
    device, token = make_device(make_point(forum))
    response = Phone(token).post(body(make_holder(forum), device, **changes))
    assert response.status_code == 400
    assert set(response.json()) == {"code", "message", "fields"}
    assert list(response.json()["fields"]) == [field]
    assert Scan.objects.count() == 0


def test_point_of_another_phone_is_refused(forum: Forum) -> None:
    _device, token = make_device(make_point(forum))
    elsewhere, _token = make_device(make_point(forum))
    response = Phone(token).post(body(make_holder(forum), elsewhere))
    assert (response.status_code, response.json()["code"]) == (400, "scan.point")


def test_nonce_of_another_phone_is_a_conflict(forum: Forum) -> None:
    badge = make_holder(forum)
    point = make_point(forum)
    device, token = make_device(point)
    sent = body(badge, device)
    Phone(token).post(sent)
    response = Phone(make_device(point)[1]).post(sent)
    assert (response.status_code, response.json()["code"]) == (409, "scan.nonce_taken")
