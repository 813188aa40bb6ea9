"""Scans, phones and people for programs of the team."""

from typing import Any

import pytest

from agenda.actions.bookings import take
from agenda.actions.releases import publish_release
from agenda.queries.bookables import bookable_session
from badges.actions.devices import revoke_device
from forum.enums import Role
from forum.models import Forum
from registration.enums import RegistrationState
from tests.api import program
from tests.factories.agenda import make_bookable_session, make_delegate, make_hall, partner
from tests.factories.badges import make_device, make_holder, make_point, scan
from tests.factories.forum import make_forum
from tests.factories.registration import make_registration
from tests.registration.api.test_applications import SCOPES

WATCHERS = [Role.ORGANISER, Role.ACCREDITATION_OFFICER, Role.CHECKIN_SUPERVISOR]
OFFICERS = WATCHERS[:2]


def rows(answer: Any, name: str) -> list[str]:
    assert answer.status_code == 200, answer.content
    return [row[name] for row in answer.json()["results"]]


@pytest.mark.parametrize("role", Role)
def test_scans_and_phones_by_role(forum: Forum, role: Role) -> None:
    device, _token = make_device(make_point(forum))
    made = scan(make_holder(forum), device=device)
    other = make_forum(is_current=False)
    stranger, _token = make_device(make_point(other))
    scan(make_holder(other), device=stranger)
    api = program(forum, role, scope_id=SCOPES.get(role, ""))
    if role in WATCHERS:
        assert rows(api.get("scans"), "scan") == [str(made.scan.nonce)]
        assert rows(api.get("devices"), "id") == [str(device.public_id)]
    else:
        assert (api.get("scans").status_code, api.get("devices").status_code) == (403, 403)
    answer = api.post(f"devices/{stranger.public_id}/revoke")
    assert answer.status_code == (404 if role in (Role.ORGANISER, Role.CHECKIN_SUPERVISOR) else 403)


def test_scan_tells_who_without_email_or_document(forum: Forum) -> None:
    badge = make_holder(forum)
    device, _token = make_device(make_point(forum, slug="main"))
    scan(badge, device=device)
    (row,) = program(forum, Role.CHECKIN_SUPERVISOR).get("scans").json()["results"]
    assert row["person"] == {
        "registration": badge.registration.ref,
        "name": "Примерова Анна Ильинична",
        "name_latin": "PRIMEROVA ANNA",
        "organisation": "Завод «Образец»",
        "category": "Delegate",
    }
    assert (row["outcome"], row["outcome_label"], row["point"], row["counts"]) == ("ok", "Let in", "main", True)


def test_nobody_behind_the_code_is_nobody(forum: Forum) -> None:
    device, _token = make_device(make_point(forum))
    scan(make_holder(forum), device=device, code="0" * 26)
    assert rows(program(forum, Role.ORGANISER).get("scans"), "person") == [None]


def test_phone_does_not_read_scans_and_token_sends_none(forum: Forum) -> None:
    from django.test import Client

    _device, token = make_device(make_point(forum))
    assert Client().get("/api/v1/scans", headers={"Authorization": f"Device {token}"}).status_code == 401
    assert program(forum, Role.ORGANISER).post("scans").status_code == 401


def test_lost_phone_is_shut_out(forum: Forum) -> None:
    device, _token = make_device(make_point(forum))
    api = program(forum, Role.CHECKIN_SUPERVISOR)
    assert api.post(f"devices/{device.public_id}/revoke").status_code == 204
    device.refresh_from_db()
    assert device.revoked_at is not None
    assert rows(api.get("devices"), "id") == []
    assert api.post(f"devices/{device.public_id}/revoke").status_code == 404


def test_officer_watches_but_does_not_revoke(forum: Forum) -> None:
    device, _token = make_device(make_point(forum))
    assert program(forum, Role.ACCREDITATION_OFFICER).post(f"devices/{device.public_id}/revoke").status_code == 403


@pytest.mark.parametrize("role", Role)
def test_people_by_role(forum: Forum, role: Role) -> None:
    coming = [
        make_registration(forum, state=state).ref for state in (RegistrationState.APPROVED, RegistrationState.CONFIRMED)
    ]
    make_registration(forum)
    make_registration(make_forum(is_current=False), state=RegistrationState.CONFIRMED)
    answer = program(forum, role, scope_id=SCOPES.get(role, "")).get("people")
    if role in OFFICERS:
        assert rows(answer, "registration") == coming[::-1]
        assert rows(answer, "delegation") == ["RU-TOM", "RU-TOM"]
    elif role == Role.PARTNER_EDITOR:
        assert rows(answer, "registration") == []
    else:
        assert answer.status_code == 403


def test_partner_sees_who_sits_in_its_own_sessions_and_no_more_than_the_name(forum: Forum) -> None:
    own = make_bookable_session(forum, slug="own", host_region=partner(forum))
    foreign = make_bookable_session(forum, slug="foreign", hall=make_hall(forum))
    publish_release(forum, by=None)
    seated, elsewhere = make_delegate(forum), make_delegate(forum)
    for session, delegate in ((own, seated), (foreign, elsewhere)):
        place = bookable_session(forum, slug=session.slug)
        assert place
        take(place, registration=delegate)
    found = program(forum, Role.PARTNER_EDITOR, scope_id=SCOPES[Role.PARTNER_EDITOR]).get("people").json()["results"]
    assert [row["registration"] for row in found] == [seated.ref]
    assert not {"email", "position", "delegation", "languages", "state"} & set(found[0])


@pytest.mark.parametrize("item_count", [1, 3, 30])
def test_lists_take_constant_queries(forum: Forum, item_count: int, django_assert_num_queries: Any) -> None:
    for _ in range(item_count):
        device, _token = make_device(make_point(forum))
        scan(make_holder(forum), device=device)
    api = program(forum, Role.ORGANISER)
    api.get("token")
    for path, name in (("scans", "scan"), ("devices", "id"), ("people", "name")):
        with django_assert_num_queries(2):  # the token, the rows
            assert len(rows(api.get(path), name)) == item_count


def test_revoked_phone_leaves_its_scans(forum: Forum, organiser: Any) -> None:
    device, _token = make_device(make_point(forum))
    made = scan(make_holder(forum), device=device)
    revoke_device(device, by=organiser)
    assert rows(program(forum, Role.ORGANISER).get("scans"), "scan") == [str(made.scan.nonce)]
