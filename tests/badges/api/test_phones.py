"""Phones at the API: which ones are answered, how fast they may ask, and whom they find by name."""

from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client, override_settings
from django.utils.timezone import now

from badges.actions.devices import revoke_device
from badges.models import Device, Scan
from forum.actions.accounts import end_role
from forum.enums import Role
from forum.models import Account, Forum, Membership
from tests.badges.api.test_scans import Phone, S, body
from tests.factories.badges import make_device, make_holder, make_point
from tests.factories.forum import make_forum, make_staff
from tests.factories.registration import make_person, make_registration
from tests.sessions import sign_in


def revoked(device: Device, by: Account) -> None:
    revoke_device(device, by=by)


def expired(device: Device, by: Account) -> None:
    Device.objects.filter(pk=device.pk).update(expires_at=now())


def left_the_team(device: Device, by: Account) -> None:
    end_role(Membership.objects.get(account=device.holder), by=by)


def edition_is_over(device: Device, by: Account) -> None:
    Forum.objects.filter(pk=device.point.forum.pk).update(is_current=False)
    make_forum()


@pytest.mark.parametrize(
    ("end", "code"),
    [
        (revoked, "device_revoked"),
        (expired, "device_expired"),
        (left_the_team, "device_revoked"),
        (edition_is_over, "device_revoked"),
    ],
)
def test_ended_device_is_refused(forum: Forum, organiser: Account, end: Any, code: str) -> None:
    device, token = make_device(make_point(forum))
    phone = Phone(token)
    assert (phone.get("device").status_code, phone.find(q="Прим").status_code) == (200, 200)
    end(device, organiser)
    for response in (phone.get("device"), phone.find(q="Прим"), phone.post(body(make_holder(forum), device))):
        assert (response.status_code, response.json()["code"]) == (401, code)
        assert response["WWW-Authenticate"] == "Device"
        assert response["Cache-Control"] == "no-store"
    assert Scan.objects.count() == 0


@pytest.mark.parametrize("header", ["", "Device", "Device x", "Device \xff", "Bearer x", "Token x"])
def test_without_a_device_nothing_is_answered(forum: Forum, header: str) -> None:
    response = Client().get("/api/v1/device", headers={"Authorization": header})
    assert response.status_code == 401
    assert response.json()["code"] in ("device_unknown", "not_authenticated")


def test_browser_session_is_no_device(forum: Forum) -> None:
    client = sign_in(Client(), make_staff(forum, Role.ORGANISER))
    assert client.post("/api/v1/people/search", {"q": "прим"}).status_code == 401


def test_device_of_another_forum_sees_its_own_people_only(forum: Forum) -> None:
    mine, other = make_holder(forum), make_forum(is_current=False)
    stranger = make_holder(other)
    device, token = make_device(make_point(forum))
    phone = Phone(token)
    assert phone.post(body(stranger, device)).json()["outcome"] == "unknown_code"
    sent = body(stranger, device, code=None, method="search", registration=stranger.registration.ref)
    assert phone.post(sent).json()["outcome"] == "unknown_code"
    found = phone.find(q="примерова").json()["results"]
    assert [row["registration"] for row in found] == [mine.registration.ref]


def test_device_says_where_it_scans(forum: Forum) -> None:
    point = make_point(forum, slug="main")
    device, token = make_device(point)
    answer = Phone(token).get("device").json()
    assert answer["device"] == {"id": str(device.public_id), "name": f"Phone {device.name}"}
    assert answer["point"] == {
        "id": str(point.public_id),
        "slug": "main",
        "name": point.name_en,
        "kind": "entry_exit",
        "zone": "A",
    }
    assert answer["directions"] == ["in", "out"]
    assert answer["server_time"].endswith("+07:00")
    device.refresh_from_db()
    assert device.last_seen_at is not None


def test_contact_is_written_once_a_minute(forum: Forum, django_assert_num_queries) -> None:
    _device, token = make_device(make_point(forum))
    phone = Phone(token)
    with django_assert_num_queries(2):
        phone.get("device")
    with django_assert_num_queries(1):
        phone.get("device")


@pytest.mark.parametrize("typed", ["Примерова", "примеров", "primerova", "PRIM", "образец", "Прим анна", "анна"])
def test_people_are_found_in_any_spelling(forum: Forum, typed: str) -> None:
    badge = make_holder(forum)
    make_holder(forum, person=make_person(forum, surname="Иванов", given_name="Пётр", patronymic="", latin_surname="IVANOV",
                                          latin_given_name="PETR"), organisation="Порт")  # fmt: skip
    _device, token = make_device(make_point(forum))
    assert Phone(token).find(q=typed).json()["results"] == [
        {
            "registration": badge.registration.ref,
            "name": "Примерова Анна Ильинична",
            "name_latin": "PRIMEROVA ANNA",
            "organisation": "Завод «Образец»",
            "category_letter": badge.registration.category.letter,
            "category_colour": "#1F4E79",
            "state": "confirmed",
            "state_label": "Confirmed",
        }
    ]


def test_only_people_with_a_place_are_found(forum: Forum) -> None:
    for state in S:
        if state != S.DRAFT:
            make_registration(forum, state=state)
    _device, token = make_device(make_point(forum))
    found = Phone(token).find(q="примерова").json()["results"]
    assert sorted(row["state"] for row in found) == ["approved", "blocked", "confirmed"]


def test_email_finds_nobody(forum: Forum) -> None:
    badge = make_holder(forum)
    _device, token = make_device(make_point(forum))
    assert Phone(token).find(q=badge.registration.person.email).json()["results"] == []


@pytest.mark.parametrize("typed", ["", "п", " п ", None])
def test_one_letter_is_too_few(forum: Forum, typed: str | None) -> None:
    _device, token = make_device(make_point(forum))
    response = Phone(token).find(**({} if typed is None else {"q": typed}))
    assert (response.status_code, list(response.json()["fields"])) == (400, ["q"])


@pytest.mark.parametrize("people", [1, 3])
def test_search_takes_constant_queries(forum: Forum, people: int, django_assert_num_queries) -> None:
    for _ in range(people):
        make_holder(forum)
    _device, token = make_device(make_point(forum))
    phone = Phone(token)
    phone.get("device")
    with django_assert_num_queries(3):  # the phone's people twice: is anybody called so, then who
        assert len(phone.find(q="примерова").json()["results"]) == people


def test_twenty_people_at_most(forum: Forum) -> None:
    for _ in range(22):
        make_registration(forum, state=S.CONFIRMED)
    _device, token = make_device(make_point(forum))
    assert len(Phone(token).find(q="примерова").json()["results"]) == 20


@time_machine.travel(now(), tick=False)
def test_phone_that_asks_too_fast_is_told_when_to_come_back(forum: Forum, settings: Any) -> None:
    cache.clear()
    _device, token = make_device(make_point(forum))
    phone = Phone(token)
    responses = [phone.find(q="примерова") for _ in range(7)]
    assert responses[0].status_code == 200
    assert responses[-1].status_code == 429
    assert responses[-1].json()["code"] == "throttled"
    assert int(responses[-1]["Retry-After"]) >= 1


def test_without_the_counter_nobody_is_held_back(forum: Forum, settings: Any) -> None:
    device, token = make_device(make_point(forum))
    away = settings.CACHES["default"] | {"LOCATION": "redis://127.0.0.1:1/0"}
    with override_settings(CACHES=settings.CACHES | {"default": away}):
        assert Phone(token).post(body(make_holder(forum), device)).status_code == 200


def test_wrong_method_and_wrong_type_keep_the_error_shape(forum: Forum) -> None:
    _device, token = make_device(make_point(forum))
    phone = Phone(token)
    for response in (
        phone.client.delete("/api/v1/people/search", headers=phone.headers),
        phone.client.post("/api/v1/scans", "a=1", content_type="text/plain", headers=phone.headers),
        phone.client.post("/api/v1/scans", "{", content_type="application/json", headers=phone.headers),
    ):
        assert response.status_code in (400, 405, 415)
        assert set(response.json()) == {"code", "message", "fields"}
