"""Vehicles, media and equipment at their doors."""

import pytest
from django.test import Client

from forum.models import Account, AuditEntry, Forum, Paper
from registration.actions.vehicle_passes import draw_missing
from registration.models import Equipment, Quota, Registration, Vehicle, Zone
from tests.factories.forum import make_account
from tests.factories.registration import make_zone
from tests.factories.vehicles import make_crew, make_device, make_organisation, make_vehicle
from tests.sessions import sign_in

PAGE = "/team/vehicles/"
pytestmark = pytest.mark.django_db


def asked(forum: Forum, **changes: object) -> dict[str, object]:
    zone = Zone.objects.filter(forum=forum).first() or make_zone(forum)
    return {
        "plate": "a123bc142",
        "make": "ГАЗель",
        "driver": "Рулёва Ирина",
        "driver_phone": "89000000001",
        "organisation": make_organisation().pk,
        "days": [forum.starts_on.isoformat()],
        "zones": [zone.pk],
        "purpose": "стенд",
    } | changes


def test_a_pass_from_the_request_to_the_gate(officer_client: Client, forum: Forum) -> None:
    wrong = officer_client.post(f"{PAGE}new/", asked(forum, plate="бензовоз"))
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["plate"])
    assert "бензовоз" in wrong.content.decode()
    address = officer_client.post(f"{PAGE}new/", asked(forum)).url
    assert "А 123 ВС 142" in officer_client.get(address).content.decode()
    officer_client.post(f"{address}approve/")
    assert officer_client.post(f"{address}approve/").status_code == 409
    draw_missing()
    assert b"".join(officer_client.post(f"{address}pass/")).startswith(b"%PDF")
    for kind, start in (("pdf", b"%PDF"), ("xlsx", b"PK")):
        answer = officer_client.post(f"{PAGE}gate/{forum.starts_on.isoformat()}/{kind}/")
        assert answer.content.startswith(start)
    assert officer_client.post(f"{PAGE}gate/tomorrow/pdf/").status_code == 404
    assert AuditEntry.objects.filter(action="vehicles.list_made").count() == 2
    code = Paper.objects.get().code
    checked = Client().get(f"/ru/check/{code}/").content.decode()
    assert "А 123" not in checked
    assert "Рулёва" not in checked
    assert officer_client.post(f"{address}withdraw/", {"reason": ""}).status_code == 422
    officer_client.post(f"{address}withdraw/", {"reason": "передумали"})
    assert officer_client.post(f"{address}pass/").status_code == 404
    assert officer_client.get(PAGE).context["rows"] == []


def test_the_driver_is_changed_after_the_decision(officer_client: Client, forum: Forum) -> None:
    vehicle = make_vehicle(forum, approved=True)
    address = f"{PAGE}{vehicle.public_id}/change/"
    form = officer_client.get(address).context["form"]
    assert "plate" not in form.fields
    given = {"driver": "Другая Анна", "driver_phone": "+79000000003", "version": vehicle.version}
    assert officer_client.post(address, given).status_code == 302
    assert Vehicle.objects.get().driver == "Другая Анна"


def test_a_crew_keeps_its_list(client: Client, forum: Forum, officer_client: Client) -> None:
    crew = make_crew(forum)
    own = sign_in(Client(), _account(crew), second_factor=False)
    page = f"/ru/my/{crew.ref}/equipment/"
    device = {"kind": "video", "model": "Sony FX6", "serial": "ZZ-1", "count": "1"}
    assert own.post(page, device | {"count": "0"}).status_code == 422
    assert own.post(page, device).url == page
    line = f"{page}{Equipment.objects.get().public_id}/"
    assert own.post(line, device | {"serial": "ZZ-2"}).url == page
    assert "ZZ-2" in own.get(page).content.decode()
    assert page in own.get("/ru/my/").content.decode()
    assert Client().get(page).status_code == 404
    assert "ZZ-2" in officer_client.get(f"/team/people/{crew.ref}/").content.decode()
    own.post(f"{line}remove/")
    assert own.post(f"{line}remove/").status_code == 404


def _account(crew: Registration) -> Account:
    crew.person.account = make_account("crew@example.org")
    crew.person.save()
    return crew.person.account


def test_outlets_have_their_quota_and_their_list(officer_client: Client, forum: Forum) -> None:
    outlet = make_organisation()
    crew = make_crew(forum, sent_by=outlet)
    make_device(crew)
    given = {"organisation": outlet.pk, "category": crew.category_id, "places": "3", "overflows": "on", "version": "0"}
    assert officer_client.post("/team/people/media/quota/", given).url == "/team/people/media/"
    quota = Quota.objects.get()
    address = f"/team/people/media/quota/{quota.public_id}/"
    assert officer_client.get(address).context["form"]["places"].value() == 3
    assert officer_client.post(address, given | {"places": "5"}).status_code == 422
    assert officer_client.post(address, given | {"places": "5", "version": quota.version}).status_code == 302
    assert "Кузбасс-ТВ" in officer_client.get("/team/people/media/").content.decode()
    for kind, start in (("pdf", b"%PDF"), ("xlsx", b"PK")):
        assert officer_client.post(f"/team/people/media/equipment/{kind}/").content.startswith(start)
