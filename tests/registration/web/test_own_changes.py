"""Changing what one has told, on one's own page, after the application is sent."""

import pytest
from django.test import Client

from forum.models import Account, Forum
from registration.actions.answers import Filled, write_answers
from registration.enums import RegistrationState as S
from registration.models import Registration
from tests.factories.questions import asks, make_form
from tests.registration.test_actions_forms import again, stored
from tests.registration.web.test_questions import hidden

FACTS = {"position": "директор", "position_short": "", "language": "ru", "languages": ["ru", "en"]}


def test_position_and_languages_are_saved_at_once(own: Client, coming: Registration) -> None:
    address = f"/ru/my/{coming.ref}/facts/"
    assert address in own.get("/ru/my/").content.decode()
    assert address in own.get(f"/ru/my/{coming.ref}/data/").content.decode()
    assert "email" not in own.get(address).context["form"].fields
    assert own.post(address, FACTS | {"version": coming.version}).url == "/ru/my/"
    fresh = again(coming)
    assert (fresh.position, fresh.position_short, fresh.person.languages) == ("директор", "директор", ["ru", "en"])
    left = FACTS | {"position": "министр", "position_short": "директор", "version": fresh.version}
    assert own.post(address, left).status_code == 302  # the badge showed the whole position, and does so still
    assert again(coming).position_short == "министр"
    other = own.post(address, FACTS | {"position": "гид", "version": coming.version})
    assert (other.status_code, [one.stored for one in other.context["differing"]]) == (409, ["министр", "министр"])
    assert other.context["form"]["position"].value() == "гид"
    assert own.post(address, FACTS | {"languages": []}).status_code == 422


def test_answers_are_changed_on_a_page_of_their_own(
    own: Client, coming: Registration, forum: Forum, officer: Account
) -> None:
    address = f"/ru/my/{coming.ref}/answers/"
    assert own.get(address).url == "/ru/my/"
    form = make_form(forum, asks("hotel", required=True), by=officer)
    write_answers(again(coming), Filled(form.pk, {"hotel": "Томь"}))
    assert address in own.get("/ru/my/").content.decode()
    text = own.get(address).content.decode()
    assert 'value="Томь"' in text
    assert own.post(address, hidden(text) | {"q_hotel": ""}).status_code == 422
    assert own.post(address, hidden(text) | {"q_hotel": "Кузбасс"}).url == "/ru/my/"
    assert (stored(coming), again(coming).state) == ({"hotel": "Кузбасс"}, S.CONFIRMED)


@pytest.mark.parametrize("state", [S.DRAFT, S.CANCELLED, S.BLOCKED])
def test_where_nothing_is_changed_there_is_no_such_page(own: Client, coming: Registration, state: S) -> None:
    Registration.objects.update(state=state)
    for page in ("facts", "answers"):
        assert own.get(f"/ru/my/{coming.ref}/{page}/").url == "/ru/my/"
    assert "/facts/" not in own.get("/ru/my/").content.decode()
