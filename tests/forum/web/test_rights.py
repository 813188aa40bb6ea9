"""Team and rights: the list, giving and ending roles, and their history."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate, now

from forum.enums import ForumRole, Role, ScopeKind
from forum.models import Account, Forum, ForumOrganisation, Membership, Organisation
from forum.queries.rights import roles_to_grant, scope_choices
from tests.factories.forum import make_forum, make_staff

URL = "/team/rights/"
LATER = str(localdate() + timedelta(days=60))


@pytest.fixture
def plant(forum: Forum) -> Organisation:
    organisation = Organisation.objects.create(slug="azot", name_ru="КАО «Азот»", name_en="Azot", short_name_en="Azot")
    ForumOrganisation.objects.create(forum=forum, organisation=organisation, role=ForumRole.HOST, position=1)
    return organisation


def give(client: Client, **values: Any) -> Any:
    return client.post(URL, {"email": "new@example.org", "role": "viewer", "scope": "", "valid_until": LATER} | values)


def errors(answer: Any) -> dict[str, list[str]]:
    assert answer.status_code == 422
    return dict(answer.context["form"].errors)


def test_page_lists_who_may_what_where_until_when_and_by_whom(
    organiser_client: Client, organiser: Account, forum: Forum
) -> None:
    make_staff(forum, Role.PARTNER_EDITOR, scope_id="RU-SPE", email="spb@example.org")
    organiser_client.post("/language/", {"language": "en"})
    text = organiser_client.get(URL).content.decode()
    row = re.sub(r"<[^>]+>", " ", text.partition("spb@example.org")[2].partition("</tr>")[0])
    for word in ("Partner region editor", "Saint Petersburg", "set-up"):
        assert word in row


def test_given_role_holds_until_the_end_of_its_last_day_by_the_forums_clock(
    organiser_client: Client, organiser: Account, forum: Forum
) -> None:
    answer = give(organiser_client)
    assert answer.url == URL
    grant = Membership.objects.get(account__email="new@example.org")
    assert (grant.role, grant.granted_by) == (Role.VIEWER, organiser)
    # Midnight in Kemerovo, seven hours before midnight of Greenwich.
    assert f"{grant.valid_until:%Y-%m-%d %H:%M}" == f"{LATER} 17:00"


def test_scope_of_a_region_and_of_a_plant(organiser_client: Client, forum: Forum, plant: Organisation) -> None:
    give(organiser_client, role="partner_editor", scope="region:RU-SPE")
    give(organiser_client, role="host_contact", scope=f"organisation:{plant.public_id}")
    scopes = Membership.objects.filter(account__email="new@example.org").values_list("scope_kind", "scope_id")
    assert set(scopes) == {(ScopeKind.REGION, "RU-SPE"), (ScopeKind.ORGANISATION, str(plant.public_id))}


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"email": "no address"}, "email"),
        ({"role": "king"}, "role"),
        ({"role": "partner_editor"}, "scope"),
        ({"role": "viewer", "scope": "region:RU-SPE"}, "scope"),
        ({"role": "partner_editor", "scope": "region:RU-XXX"}, "scope"),
        ({"role": "partner_editor", "scope": "organisation:RU-SPE"}, "scope"),
        ({"valid_until": "yesterday"}, "valid_until"),
        ({"valid_until": ""}, "valid_until"),
    ],
)
def test_mistake_is_said_at_its_field_and_what_was_typed_stays(
    organiser_client: Client, plant: Organisation, values: dict[str, str], field: str
) -> None:
    answer = give(organiser_client, **values)
    assert list(errors(answer)) == [field]
    assert not Membership.objects.filter(account__email="new@example.org").exists()
    assert "new@example.org" in answer.content.decode() or field == "email"


def test_refusal_of_the_action_becomes_an_error_of_its_field(organiser_client: Client, forum: Forum) -> None:
    answer = give(organiser_client, valid_until=str(localdate() - timedelta(days=3)))
    assert list(errors(answer)) == ["valid_until"]
    assert not Membership.objects.filter(account__email="new@example.org").exists()


def test_role_without_anything_to_limit_it_to_is_not_offered(forum: Forum) -> None:
    assert Role.HOST_CONTACT not in roles_to_grant(forum)
    assert Role.PARTNER_EDITOR in roles_to_grant(forum)
    assert scope_choices(ScopeKind.FORUM, forum=forum) == []


def test_partner_region_is_the_first_to_choose(forum: Forum) -> None:
    codes = [code for code, _name in scope_choices(ScopeKind.REGION, forum=forum)]
    assert codes[0] == "RU-SPE"
    assert "RU-KEM" not in codes


def test_ending_asks_first_ends_at_once_and_is_written_down(organiser_client: Client, forum: Forum) -> None:
    grant = make_staff(forum, Role.VIEWER, email="press@example.org").memberships.get()
    url = reverse("team:end_right", args=[grant.public_id])
    assert f'action="{url}"' in organiser_client.get(URL).content.decode().partition('<details class="confirm"')[2]
    text = organiser_client.post(url, follow=True).content.decode()
    grant.refresh_from_db()
    assert grant.ended_at is not None
    assert "toast success" in text
    assert "press@example.org" in text.partition('id="history"')[2]


def test_last_organiser_is_kept_with_reason_and_way_back(organiser_client: Client, organiser: Account) -> None:
    grant = organiser.memberships.get()
    organiser_client.post("/language/", {"language": "en"})
    answer = organiser_client.post(reverse("team:end_right", args=[grant.public_id]), {"next": URL})
    assert answer.status_code == 409
    assert "This is the last organiser. Name another one first." in answer.content.decode()
    assert f'href="{URL}"' in answer.content.decode()
    grant.refresh_from_db()
    assert grant.ended_at is None


def test_grant_of_another_edition_is_not_there(organiser_client: Client) -> None:
    grant = make_staff(make_forum(is_current=False), Role.VIEWER).memberships.get()
    assert organiser_client.post(reverse("team:end_right", args=[grant.public_id])).status_code == 404


def test_rights_are_the_organisers_alone(
    officer_client: Client, viewer_client: Client, delegate_client: Client, forum: Forum
) -> None:
    grant = make_staff(forum, Role.VIEWER).memberships.get()
    for client in (officer_client, viewer_client, delegate_client):
        assert client.get(URL).status_code == 404
        assert give(client).status_code == 404
        assert client.post(reverse("team:end_right", args=[grant.public_id])).status_code == 404


def test_expired_grants_stand_apart(organiser_client: Client, forum: Forum) -> None:
    old = make_staff(forum, Role.VIEWER, email="old@example.org")
    Membership.objects.filter(account=old).update(created_at=now() - timedelta(9), valid_until=now() - timedelta(1))
    answer = organiser_client.get(URL)
    assert [row["grant"].account.email for row in answer.context["past"]] == ["old@example.org"]
    assert "old@example.org" not in [row["grant"].account.email for row in answer.context["grants"]]


@pytest.mark.parametrize("item_count", (1, 3))
def test_list_asks_the_same_number_of_queries(
    organiser_client: Client, forum: Forum, plant: Organisation, item_count: int
) -> None:
    for _ in range(item_count):
        make_staff(forum, Role.PARTNER_EDITOR, scope_id="RU-SPE")
        make_staff(forum, Role.HOST_CONTACT, scope_id=str(plant.public_id))
    with CaptureQueriesContext(connection) as asked:
        assert len(organiser_client.get(URL).context["grants"]) == 2 * item_count + 1
    # Live grants, past grants, grants of the history; the rest are one's own rights.
    assert sum('FROM "forum_membership"' in q["sql"] and '"forum_account"' in q["sql"] for q in asked) == 3
    assert sum('FROM "forum_account"' in query["sql"] for query in asked) == 1
