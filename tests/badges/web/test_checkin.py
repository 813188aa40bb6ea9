"""The check-in board, the scanner's page, the enrolment of a phone, and our panels."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client, RequestFactory
from django.utils.timezone import now

from badges.actions.devices import device_of, end_of_work
from badges.enums import Direction, PointKind
from badges.models import Device
from badges.queries.arrivals import arrivals, doors, point_figures
from badges.queries.devices import device_hash
from badges.web.panels import person_context
from forum.enums import Role
from forum.models import Account, AuditEntry, Forum
from registration.actions.review import block
from tests.factories.badges import make_device, make_holder, make_point, scan
from tests.factories.forum import make_forum, make_staff
from tests.factories.registration import make_person
from tests.sessions import sign_in

BOARD = "/team/checkin/"
ZONE = ZoneInfo("Asia/Novokuznetsk")


@pytest.fixture
def supervisor(forum: Forum) -> Account:
    """Runs the points."""
    return make_staff(forum, Role.CHECKIN_SUPERVISOR)


@pytest.fixture
def supervisor_client(supervisor: Account) -> Client:
    """Signed in with a second factor."""
    return sign_in(Client(), supervisor)


@pytest.fixture
def staff_client(forum: Forum) -> Client:
    """Somebody at the door, signed in with a second factor."""
    return sign_in(Client(), make_staff(forum, Role.CHECKIN_STAFF))


def at(hour: float, *, day: int = 0) -> time_machine.travel:
    """A moment of the forum's days, which here lie a week back."""
    start = now().astimezone(ZONE).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=7 - day)
    return time_machine.travel(start + timedelta(hours=hour), tick=False)


# --- board --------------------------------------------------------------------------------------------------------
def test_board_shows_points_phones_and_scans(forum: Forum, supervisor_client: Client) -> None:
    device, _token = make_device(make_point(forum, name_ru="Главный вход"))
    scan(make_holder(forum), device=device)
    html = supervisor_client.get(BOARD).content.decode()
    for words in ("Главный вход", device.holder.email, "Примерова"):
        assert words in html


def test_board_refreshes_its_moving_part(forum: Forum, supervisor_client: Client) -> None:
    part = supervisor_client.get(BOARD, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part and 'id="checkin-feed"' in part and "hx-swap-oob" in part


def test_unknown_code_and_withdrawn_consent_show_no_name(forum: Forum, supervisor_client: Client) -> None:
    device, _token = make_device(make_point(forum))
    scan(make_holder(forum), device=device, code="?")
    assert "Примерова" not in supervisor_client.get(BOARD).content.decode()


@pytest.mark.parametrize("role", [Role.CHECKIN_STAFF, Role.VIEWER, Role.PROGRAMME_EDITOR])
def test_board_is_for_those_who_watch(forum: Forum, role: Role) -> None:
    device, _token = make_device(make_point(forum))
    client = sign_in(Client(), make_staff(forum, role))
    assert client.get(BOARD).status_code == 404
    assert client.post(f"{BOARD}devices/{device.public_id}/revoke/").status_code == 404
    assert Device.objects.get().revoked_at is None


@pytest.mark.parametrize("rows", [1, 3])
def test_board_takes_constant_queries(
    forum: Forum, supervisor_client: Client, rows: int, django_assert_num_queries
) -> None:
    for _ in range(rows):
        scan(make_holder(forum), device=make_device(make_point(forum))[0])
    supervisor_client.get(BOARD)
    with django_assert_num_queries(13):
        supervisor_client.get(BOARD)


def test_lost_phone_is_revoked_once(forum: Forum, supervisor_client: Client) -> None:
    device, token = make_device(make_point(forum))
    for _ in range(2):
        supervisor_client.post(f"{BOARD}devices/{device.public_id}/revoke/")
    assert device_of(device_hash(token)).revoked_at is not None
    assert AuditEntry.objects.filter(action="device.revoked").count() == 1


def test_phone_of_another_forum_is_not_there(forum: Forum, supervisor_client: Client) -> None:
    device, _token = make_device(make_point(make_forum(is_current=False)))
    assert supervisor_client.post(f"{BOARD}devices/{device.public_id}/revoke/").status_code == 404


# --- figures --------------------------------------------------------------------------------------------------------
def test_arrival_is_the_first_counted_entry_of_a_person_that_day(forum: Forum) -> None:
    early, late = make_holder(forum), make_holder(forum)
    with at(7):
        desk = make_device(make_point(forum, kind=PointKind.BADGE_ISSUE))[0]
        door, hall = make_device(make_point(forum))[0], make_device(make_point(forum, kind="session_attendance"))[0]
    with at(9.1):
        scan(early, device=desk)
        scan(early, device=hall)
    with at(9.3):
        scan(early, device=door)
        scan(late, device=door, direction=Direction.OUT)
        scan(late, device=door, code="?")
    with at(9.8):
        scan(late, device=door)
    found = arrivals(forum)
    assert (found.total, found.is_today) == (2, False)
    assert [(f"{start:%H:%M}", n) for start, n in found.quarters if n] == [("09:00", 1), ("09:45", 1)]
    assert [f"{start:%H:%M}" for start, _n in found.quarters][:: len(found.quarters) - 1] == ["08:00", "10:45"]


def test_arrivals_are_of_today_once_somebody_comes(forum: Forum) -> None:
    badge = make_holder(forum)
    with at(9):
        device = make_device(make_point(forum))[0]
        scan(badge, device=device)
    device.refresh_from_db()
    scan(badge, device=make_device(make_point(forum))[0])
    assert (arrivals(forum).is_today, arrivals(forum).total) == (True, 1)


def test_nobody_yet_is_an_empty_chart(forum: Forum) -> None:
    assert (arrivals(forum).quarters, arrivals(forum).total) == ([], 0)


def test_inside_are_those_whose_last_scan_at_the_door_is_an_entry(forum: Forum) -> None:
    stays, leaves, returns = (make_holder(forum) for _ in range(3))
    point = make_point(forum)
    device, _token = make_device(point)
    for badge in (stays, leaves, returns):
        scan(badge, device=device)
    for badge in (leaves, returns):
        scan(badge, device=device, direction=Direction.OUT)
    scan(returns, device=device)
    scan(returns, device=device)
    today = now().astimezone(ZONE).date()
    assert [(door.point, door.inside) for door in doors(forum, day=today)] == [(point, 2)]
    (figures,) = point_figures(forum, day=today)
    assert (figures.people, figures.refused, figures.inside, figures.phones) == (3, 1, 2, 1)


@pytest.mark.parametrize("rows", [1, 3])
def test_figures_take_constant_queries(forum: Forum, rows: int, django_assert_num_queries) -> None:
    for _ in range(rows):
        scan(make_holder(forum), device=make_device(make_point(forum))[0])
    today = now().astimezone(ZONE).date()
    with django_assert_num_queries(8):
        arrivals(forum)
        doors(forum, day=today)
        point_figures(forum, day=today)


def test_today_page_shows_arrivals_to_the_press_and_names_to_nobody_there(forum: Forum) -> None:
    scan(make_holder(forum), device=make_device(make_point(forum))[0])
    client = sign_in(Client(), make_staff(forum, Role.VIEWER))
    html = client.get("/team/").content.decode()
    assert "board-arrivals" in html and "Примерова" not in html


# --- scanner --------------------------------------------------------------------------------------------------------
def test_scanner_page_may_use_camera_and_webassembly_and_nothing_else_may(forum: Forum, staff_client: Client) -> None:
    point = make_point(forum, slug="main")
    response = staff_client.get("/scan/")
    assert f'value="{point.slug}"' in response.content.decode()
    policy = response["Content-Security-Policy"]
    (script,) = [part for part in policy.split("; ") if part.startswith("script-src")]
    assert script == "script-src 'self' 'wasm-unsafe-eval'"
    assert response["Permissions-Policy"] == "camera=(self)"
    assert "wasm" not in staff_client.get("/team/")["Content-Security-Policy"]


@pytest.mark.parametrize("role", [Role.ACCREDITATION_OFFICER, Role.VIEWER, Role.HOST_CONTACT])
def test_scanner_is_for_the_check_in_team(forum: Forum, role: Role) -> None:
    make_point(forum, slug="main")
    scope = {"scope_id": "azot"} if role == Role.HOST_CONTACT else {}
    client = sign_in(Client(), make_staff(forum, role, **scope))
    assert client.get("/scan/").status_code == 404
    response = client.post("/scan/enrol/", {"point": "main"})
    assert (response.status_code, response.json()["code"]) == (403, "permission_denied")
    assert Device.objects.count() == 0


def test_enrolment_gives_the_token_once_and_keeps_its_hash(forum: Forum, staff_client: Client) -> None:
    point = make_point(forum, slug="main")
    answer = staff_client.post("/scan/enrol/", {"point": "main"}).json()
    device = Device.objects.get()
    assert device_of(device_hash(answer["token"])) == device
    assert answer["token"].encode() not in bytes(device.token_hash)
    assert datetime.fromisoformat(answer["expires_at"]) == device.expires_at
    assert answer == {
        "device": {"id": str(device.public_id), "name": answer["device"]["name"]},
        "holder": str(device.holder.public_id),
        "token": answer["token"],
        "expires_at": answer["expires_at"],
        "point": {
            "id": str(point.public_id),
            "slug": "main",
            "name": point.name_ru,
            "kind": "entry_exit",
            "zone": "A",
        },
        "directions": ["in", "out"],
    }
    assert AuditEntry.objects.get(action="device.enrolled").actor == device.holder


def test_device_ends_with_the_last_day(forum: Forum) -> None:
    local = end_of_work(forum).astimezone(ZONE)
    assert (local.date(), local.hour) == (forum.ends_on + timedelta(days=1), 0)
    forum.ends_on = now().date() - timedelta(days=30)
    assert timedelta(0) < end_of_work(forum) - now() <= timedelta(days=1)


def test_enrolment_always_answers_json(forum: Forum, staff_client: Client) -> None:
    unsafe = sign_in(Client(), make_staff(forum, Role.CHECKIN_STAFF), second_factor=False)
    for client, status, code in (
        (Client(), 401, "not_authenticated"),
        (unsafe, 403, "second_factor_needed"),
        (staff_client, 400, "invalid"),
    ):
        response = client.post("/scan/enrol/", {"point": "nowhere"})
        assert (response.status_code, response.json()["code"]) == (status, code)
        assert "no-store" in response["Cache-Control"]


def test_point_of_another_forum_cannot_be_chosen(forum: Forum, staff_client: Client) -> None:
    make_point(make_forum(is_current=False), slug="theirs")
    assert staff_client.post("/scan/enrol/", {"point": "theirs"}).status_code == 400


# --- one person -----------------------------------------------------------------------------------------------------
def test_person_panel_tells_the_badge_and_its_scans(forum: Forum, officer: Account) -> None:
    badge = make_holder(forum)
    scan(badge, device=make_device(make_point(forum))[0])
    request = RequestFactory().get("/")
    request.user = officer
    context = person_context(request, badge.registration)
    assert (context["badge"].credential, context["may_print"], len(context["scans"])) == (badge, True, 1)
    block(badge.registration, by=officer, reason="x")
    badge.registration.refresh_from_db()
    context = person_context(request, badge.registration)
    assert (context["badge"].credential, context["may_print"]) == (None, False)


def test_person_panel_says_what_cannot_be_printed(forum: Forum, officer: Account) -> None:
    from badges.actions.issuing import issue_badge

    badge = make_holder(forum, person=make_person(forum, surname="王"))
    issue_badge(registration_id=badge.registration_id)
    request = RequestFactory().get("/")
    request.user = officer
    assert "王" in person_context(request, badge.registration)["problems"][0]
