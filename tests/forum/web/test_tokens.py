"""The page “Access for programs”."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from forum.enums import Role
from forum.models import Account, ApiToken, Forum
from tests.api import Program, make_token
from tests.factories.forum import make_forum, make_staff
from tests.sessions import sign_in

URL = "/team/tokens/"


def make(client: Client, **changes: str) -> Any:
    values = {
        "name": "Экран в зале",
        "role": "accreditation_officer",
        "scope": "",
        "expires_on": str(localdate() + timedelta(days=5)),
    }
    return client.post(URL, values | changes)


def test_token_is_shown_once_and_works(officer_client: Client) -> None:
    answer = make(officer_client)
    assert answer.status_code == 201
    assert "no-store" in answer["Cache-Control"]
    secret = answer.context["secret"]
    assert f'value="{secret}"' in answer.content.decode()
    assert secret not in officer_client.get(URL).content.decode()
    assert Program(secret).get("token").json()["name"] == "Экран в зале"


def test_loading_the_answer_again_makes_no_second_token(officer_client: Client) -> None:
    make(officer_client)
    again = make(officer_client)
    assert again.status_code == 422
    assert list(again.context["form"].errors) == ["name"]
    assert 'value="Экран в зале"' in again.content.decode()
    assert ApiToken.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": ""}, "name"),
        ({"role": "organiser"}, "role"),
        ({"role": ""}, "role"),
        ({"scope": "region:RU-SPE"}, "scope"),
        ({"expires_on": "2020-01-01"}, "expires_on"),
        ({"expires_on": "2999-01-01"}, "expires_on"),
        ({"expires_on": "soon"}, "expires_on"),
    ],
)
def test_mistake_is_said_at_its_field(officer_client: Client, values: dict[str, str], field: str) -> None:
    answer = make(officer_client, **values)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert not ApiToken.objects.exists()


def test_partner_chooses_its_own_role_and_region_only(forum: Forum) -> None:
    client = sign_in(Client(), make_staff(forum, Role.PARTNER_EDITOR, scope_id="RU-SPE"))
    form = client.get(URL).context["form"]
    assert [value for value, _label in form.fields["role"].choices] == ["", "partner_editor"]
    assert [key for key, _name in form.fields["scope"].choices[1][1]] == ["region:RU-SPE"]
    assert make(client, role="partner_editor", scope="region:RU-SPE").status_code == 201


def test_revoking_asks_first_and_shuts_out_at_once(officer_client: Client, officer: Account, forum: Forum) -> None:
    token, secret = make_token(forum, Role.ACCREDITATION_OFFICER, holder=officer)
    url = reverse("team:revoke_token", args=[token.public_id])
    assert f'action="{url}"' in officer_client.get(URL).content.decode().partition('<details class="confirm"')[2]
    page = officer_client.post(url, follow=True).content.decode()
    assert "toast success" in page
    assert Program(secret).get("token").status_code == 401
    assert officer_client.post(url).status_code == 404


def test_other_peoples_tokens_are_the_organisers_alone(
    officer_client: Client, organiser_client: Client, forum: Forum
) -> None:
    token, _secret = make_token(forum, Role.VIEWER)
    url = reverse("team:revoke_token", args=[token.public_id])
    assert officer_client.post(url).status_code == 404
    assert [row["token"] for row in organiser_client.get(URL).context["rows"]] == [token]
    assert [row["token"] for row in officer_client.get(URL).context["rows"]] == []
    assert organiser_client.post(url).status_code == 302
    token.refresh_from_db()
    assert token.revoked_at is not None


def test_token_of_another_edition_is_not_there(organiser_client: Client, forum: Forum) -> None:
    token, _secret = make_token(forum, Role.VIEWER)
    other = make_forum(is_current=False)
    token.grant.forum = other
    token.grant.save(update_fields=["forum"])
    assert organiser_client.post(reverse("team:revoke_token", args=[token.public_id])).status_code == 404


@pytest.mark.parametrize("item_count", (1, 3))
def test_list_asks_the_same_number_of_queries(organiser_client: Client, forum: Forum, item_count: int) -> None:
    for _ in range(item_count):
        make_token(forum, Role.VIEWER)
    with CaptureQueriesContext(connection) as asked:
        assert len(organiser_client.get(URL).context["rows"]) == item_count
    assert sum('FROM "forum_apitoken"' in query["sql"] for query in asked) == 2  # the count and the page
    assert sum('FROM "forum_account"' in query["sql"] for query in asked) == 1  # who is signed in
