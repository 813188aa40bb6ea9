"""Requests that no browser sends: each gets a refusal that says what is wrong, never a fault, never a long wait."""

import gzip
import json

import pytest
from django.test import Client

from forum.enums import Role
from forum.models import Forum
from tests.api import make_token

pytestmark = pytest.mark.django_db
SEARCH = "/api/v1/applications/search"
MEGABYTE = 1024 * 1024


@pytest.fixture
def client(forum: Forum) -> Client:
    """Faults are answers here, not exceptions."""
    return Client(raise_request_exception=False)


@pytest.fixture
def headers(forum: Forum) -> dict[str, str]:
    return {"Authorization": f"Bearer {make_token(forum, Role.ORGANISER)[1]}", "Accept-Language": "en"}


BODIES = {
    "not utf-8": (b'{"q": "\xff\xfe\xfa"}', "application/json", 400),
    "surrogate": (b'{"q": "\\ud800"}', "application/json", 400),
    "null": (b'{"q": "a\\u0000b"}', "application/json", 400),
    "not json": (b"{q: ", "application/json", 400),
    "deep": (b"[" * 200_000, "application/json", 400),
    "a list": (b"[1, 2]", "application/json", 400),
    "huge number": (b'{"version": 1e999, "q": {"x": 1}}', "application/json", 400),
    "no number": (b'{"q": NaN}', "application/json", 400),
    "xml": (b"<q>x</q>", "application/xml", 415),
    "form": (b"q=x", "application/x-www-form-urlencoded", 415),
    "nothing": (b"", "application/json", 400),
    "too large": (b'{"q": "' + b"x" * (12 * MEGABYTE) + b'"}', "application/json", 413),
}


@pytest.mark.parametrize("name", BODIES)
def test_bodies_of_the_api(client: Client, headers: dict[str, str], name: str) -> None:
    body, kind, status = BODIES[name]
    answer = client.generic("POST", SEARCH, body, content_type=kind, headers=headers)
    assert (answer.status_code, set(answer.json())) == (status, {"code", "message", "fields"}), answer.content


def test_packed_body_is_not_unpacked(client: Client, headers: dict[str, str]) -> None:
    bomb = gzip.compress(json.dumps({"q": "x" * 20 * MEGABYTE}).encode())
    packed = headers | {"Content-Encoding": "gzip"}
    assert client.generic("POST", SEARCH, bomb, content_type="application/json", headers=packed).status_code == 400


ADDRESSES = {
    "/ru/programme/?words=%00": 200,
    "/ru/programme/?words=%ff%fe&day=%00&page=-1": 200,
    "/ru/programme/?" + "words=x&" * 2000: 200,
    "/ru/sessions/%00/": 404,
    "/ru/sessions/..%2f..%2fetc%2fpasswd/": 404,
    "/ru/visits/%e2%80%ae/": 404,
    "/ru/speakers/?words=" + "щ" * 5000: 200,
    "/ru/apply/return/" + "a" * 5000 + "/": 410,
    "/static/../forum/settings.py": 404,
    "/static/%2e%2e/%2e%2e/etc/passwd": 404,
    "/ru/my/visits/?for=%00": 404,
    "/api/v1/programme/sessions/%00": 404,
    "/api/v1/programme/sessions?cursor=%00%ff": 404,
}


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address[:40])
def test_addresses(client: Client, address: str) -> None:
    assert client.get(address).status_code == ADDRESSES[address]


@pytest.mark.parametrize(
    "header",
    [
        {"Accept-Language": "x" * 5000 + ";q=9,\x00"},
        {"X-Request-ID": "a\tb" * 100},
        {"Cookie": "sessionid=" + "%00" * 500 + "; csrftoken=\xff"},
        {"X-Forwarded-For": "1.2.3.4, ' OR 1=1 --, ::ffff:0:0"},
        {"If-None-Match": '"' + "x" * 9000},
        {"Range": "bytes=9999999999999-"},
        {"HX-Request": "true", "HX-Target": "<script>"},
    ],
    ids=str,
)
def test_headers(client: Client, header: dict[str, str]) -> None:
    answer = client.get("/ru/programme/", headers=header)
    assert answer.status_code == 200
    assert "\t" not in answer.headers.get("X-Request-ID", "")


@pytest.mark.parametrize("address", ["/ru/apply/delegate/consent/", "/team/search/", "/account/login/"])
@pytest.mark.parametrize(
    "body",
    [b"a=" + b"x" * (3 * MEGABYTE), b"a=1&" * 2000, b"agree=%ff%fe&q=%00&login=%00@x.org"],
    ids=["large", "many", "odd"],
)
def test_bodies_of_forms(client: Client, address: str, body: bytes) -> None:
    answer = client.generic("POST", address, body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code < 500
