"""Plain scans take a short way; nobody can tell by the answer."""

import json
import logging
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.conf import settings
from django.test import RequestFactory, override_settings
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.exceptions import ValidationError

from badges.actions.devices import revoke_device
from badges.actions.scans import ScanRequest
from badges.api.serializers import ScanRequestSerializer
from badges.api.short_way import answered, plain_scan
from badges.models import Credential, Device, Scan
from forum import wsgi
from forum.models import Account, Forum
from forum.web.short_way import ShortWay
from tests.badges.api.test_scans import Phone, body
from tests.factories.badges import make_device, make_holder, make_point
from tests.served import Served, kept_connection, served

USUAL_WAY = {"Accept-Language": "en;q=0.9"}
"""Asks for the same language in words that the short way does not read."""
pytestmark = pytest.mark.django_db


@pytest.fixture
def badge(forum: Forum) -> Credential:
    return make_holder(forum)


@pytest.fixture
def device(forum: Forum) -> tuple[Device, Phone]:
    device, token = make_device(make_point(forum, slug="main"))
    return device, Phone(token)


def sent_by(phone: Phone, data: dict[str, Any] | str, **headers: str) -> Served:
    text = data if isinstance(data, str) else json.dumps(data)
    return served("/api/v1/scans", text, headers=phone.headers | headers)


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """For each request that came to the short way, whether it answered."""
    told: list[bool] = []
    way = wsgi.short_ways["/api/v1/scans"]

    def watched(request: Any) -> bytes | None:
        found = answered(request)
        told.append(found is not None)
        return found

    monkeypatch.setattr(way, "answer", watched)
    return told


def test_both_ways_answer_alike(badge: Credential, device: tuple[Device, Phone], short: list[bool]) -> None:
    """The same scan twice: the second answer is built from the stored row."""
    sent = body(badge, device[0])
    first, second = sent_by(device[1], sent), sent_by(device[1], sent, **USUAL_WAY)
    assert short == [True], "the first went the short way, the second did not come to it"
    assert (first.status_code, first.content) == (second.status_code, second.content) == (200, second.content)
    own = {"Allow", "X-Request-ID", "Vary"}
    assert {n: v for n, v in first.headers.items() if n not in own} == {
        n: v for n, v in second.headers.items() if n not in own
    }
    assert set(first["Vary"].split(", ")) == set(second["Vary"].split(", ")) - {"Accept-Encoding"}
    assert Scan.objects.count() == 1


@pytest.mark.parametrize("language", ["ru", "en", "uz", "be"])
def test_it_speaks_every_language(badge: Credential, device: tuple[Device, Phone], language: str) -> None:
    sent = body(badge, device[0])
    first = sent_by(device[1], sent, **{"Accept-Language": language})
    second = sent_by(device[1], sent, **{"Accept-Language": f"{language};q=0.9"})
    assert first["Content-Language"] == second["Content-Language"] == language
    assert first.json() == second.json()


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"code": None}, 400, "invalid"),
        ({"code": "x" * 201}, 400, "invalid"),
        ({"direction": "up"}, 400, "invalid"),
        ({"nonce": "one"}, 400, "invalid"),
        ({"device_time": "0001-01-01T00:00:00+14:00"}, 400, "invalid"),
        ({"point": "elsewhere"}, 400, "scan.point"),
    ],
)
def test_refusals_are_those_of_the_api(
    badge: Credential, device: tuple[Device, Phone], changes: dict[str, Any], status: int, code: str
) -> None:
    answer = sent_by(device[1], body(badge, device[0], **changes))
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["fields"]
    assert not Scan.objects.exists()


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"nonce": 1}', "\ufeff{}", "[" * 1500])
def test_bodies_that_are_no_scans(device: tuple[Device, Phone], text: str) -> None:
    assert sent_by(device[1], text).status_code == 400


def test_a_phone_that_is_not_known_or_revoked(
    badge: Credential, device: tuple[Device, Phone], officer: Account, short: list[bool]
) -> None:
    sent = body(badge, device[0])
    assert sent_by(Phone("unknown"), sent).json()["code"] == "device_unknown"
    assert (
        sent_by(
            device[1], sent, Authorization=device[1].headers["Authorization"].replace("Device", "Bearer")
        ).status_code
        == 401
    )
    revoke_device(device[0], by=officer)
    assert sent_by(device[1], sent).json()["code"] == "device_revoked"
    assert short == [False, False, False]
    assert not Scan.objects.exists()


def test_a_scan_of_another_phone(forum: Forum, badge: Credential, device: tuple[Device, Phone]) -> None:
    sent = body(badge, device[0])
    other = Phone(make_device(device[0].point)[1])
    assert sent_by(device[1], sent).status_code == 200
    assert sent_by(other, sent).json()["code"] == "scan.nonce_taken"


def test_who_is_too_fast_is_held_back(badge: Credential, device: tuple[Device, Phone], short: list[bool]) -> None:
    with time_machine.travel("2026-11-30T10:00:00Z", tick=False):
        answers = [sent_by(device[1], body(badge, device[0])).status_code for _ in range(22)]
    assert answers == [200] * 20 + [429] * 2
    assert short == [True] * 20 + [False] * 2
    assert Scan.objects.count() == 20


def test_a_fault_is_told_and_the_body_is_there_for_the_usual_way(caplog: pytest.LogCaptureFixture) -> None:
    def broken(request: Any) -> bytes | None:
        raise LookupError("secret")

    environ = RequestFactory().post("/api/v1/scans", "{}", "application/json", secure=True).environ
    environ["HTTP_ACCEPT_LANGUAGE"] = "ru"
    with caplog.at_level(logging.WARNING), kept_connection():
        assert ShortWay("/api/v1/scans", broken)(environ, None) is None
    assert environ["wsgi.input"].read() == b"{}"
    assert "LookupError" in caplog.text
    assert "secret" not in caplog.text


def test_its_line_says_route_and_id_and_nothing_else(
    badge: Credential, device: tuple[Device, Phone], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="forum.web.middleware"):
        answer = sent_by(device[1], body(badge, device[0]), **{"X-Request-ID": "a1b2c3d4e5"})
    assert answer["X-Request-ID"] == "a1b2c3d4e5"
    [line] = caplog.records
    assert (line.getMessage(), vars(line)["route"], vars(line)["status"]) == (
        "POST badges_api:scans",
        "api/v1/scans",
        200,
    )


def test_a_cookie_with_another_language_is_weighed_by_the_usual_way(
    badge: Credential, device: tuple[Device, Phone], short: list[bool]
) -> None:
    sent = body(badge, device[0])
    for cookie in ("en", "uz"):
        answer = sent_by(device[1], sent, Cookie=f"{settings.LANGUAGE_COOKIE_NAME}={cookie}")
        assert answer["Content-Language"] == cookie
    assert short == [True]


def test_an_address_that_is_not_ours_goes_the_usual_way(
    badge: Credential, device: tuple[Device, Phone], short: list[bool]
) -> None:
    sent = json.dumps(body(badge, device[0]))
    with override_settings(ALLOWED_HOSTS=["forum.example.org"]):
        answer = served("/api/v1/scans", sent, headers=device[1].headers, SERVER_NAME="elsewhere.example.org")
    assert (answer.status_code, short, Scan.objects.exists()) == (400, [], False)


def test_without_encryption_it_goes_the_usual_way_where_that_is_asked_for(
    badge: Credential, device: tuple[Device, Phone], short: list[bool]
) -> None:
    sent = json.dumps(body(badge, device[0]))
    for encrypted in (True, False):
        with override_settings(SECURE_SSL_REDIRECT=True):
            served("/api/v1/scans", sent, headers=device[1].headers, secure=encrypted)
    assert short == [True], "where the usual way sends them elsewhere"


AS_SENT = st.fixed_dictionaries(
    {
        "nonce": st.uuids().map(str),
        "point": st.just("main"),
        "direction": st.sampled_from(["in", "out"]),
        "method": st.sampled_from(["camera", "typed"]),
        "code": st.text("ABC234-:/", min_size=1, max_size=12),
        "device_time": st.integers(1_700_000_000, 1_900_000_000).map(
            lambda at: datetime.fromtimestamp(at, UTC).isoformat()
        ),
        "sent_at": st.sampled_from(["2026-11-30T10:00:00Z", "2026-11-30T10:00:00.123+07:00"]),
    }
)
"""What the scanner writes."""
ODD = st.one_of(
    st.sampled_from([None, 0, 1.5, True, "", " in ", "search", "é", "A B", "A\0", [], {}, float("nan"), uuid4().hex]),
    st.sampled_from(
        [f"{{{uuid4()}}}", f"urn:uuid:{uuid4()}", "2026-11-30", "20261130T100000Z", "2026-W49-1T10:00:00Z"]
    ),
    st.sampled_from(["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-11-30T10:00:00", "x" * 201]),
    st.text(max_size=5),
)
NAMES = st.sampled_from(
    ["nonce", "point", "direction", "method", "code", "device_time", "sent_at", "registration", "more"]
)


@given(AS_SENT)
def test_the_short_way_reads_what_phones_send(payload: dict[str, Any]) -> None:
    assert plain_scan(json.dumps(payload).encode()) == by_the_api(payload) is not None


@given(AS_SENT, st.dictionaries(NAMES, ODD, min_size=1, max_size=2), st.sets(NAMES, max_size=1))
def test_whatever_the_short_way_reads_the_api_reads_alike(
    payload: dict[str, Any], odd: dict[str, Any], left_out: set[str]
) -> None:
    changed = {name: value for name, value in (payload | odd).items() if name not in left_out}
    found = plain_scan(json.dumps(changed).encode())
    assert found is None or found == by_the_api(changed)


def by_the_api(payload: dict[str, Any]) -> ScanRequest | None:
    """What the shape of the API makes of it."""
    shape = ScanRequestSerializer()
    try:
        return shape.to_request(shape.run_validation(payload))
    except ValidationError:
        return None
