"""Toasts with a way back: the button posts to an ordinary door, which does the inverse."""

import re

import pytest
from django.contrib.messages.storage.base import Message
from django.test import Client

from forum.enums import Role
from forum.models import Account, Forum, Membership
from forum.web.undo import WayBack, way_back
from registration.enums import RegistrationState as S
from registration.models import Registration
from tests.factories.forum import make_staff
from tests.factories.registration import make_registration
from tests.sessions import sign_in


def button(page: str) -> tuple[str, str] | None:
    """Address and word of the button in the toast."""
    found = re.search(r'<form class="undo" method="post" action="([^"]+)">.*?</svg> ([^<]+)</button>', page, re.DOTALL)
    return (found[1], found[2]) if found else None


def state_of(registration: Registration) -> str:
    return Registration.objects.get(pk=registration.pk).state


def test_a_refusal_can_be_reviewed_again_from_the_toast(officer_client: Client, forum: Forum) -> None:
    registration = make_registration(forum)
    person = f"/team/people/{registration.ref}/"
    page = officer_client.post(f"{person}reject/", follow=True).content.decode()
    assert button(page) == (f"{person}reopen/", "Рассмотреть снова")
    assert 'name="csrfmiddlewaretoken"' in page
    assert officer_client.post(f"{person}reopen/", {"next": "/team/people/"}).url == "/team/people/"
    assert state_of(registration) == S.SUBMITTED


@pytest.mark.parametrize("decision", ["approve", "line", "ask"])
def test_what_has_no_inverse_offers_none(officer_client: Client, forum: Forum, decision: str) -> None:
    registration = make_registration(forum)
    page = officer_client.post(f"/team/people/{registration.ref}/{decision}/", {"note": "Имя"}, follow=True)
    assert button(page.content.decode()) is None


def test_an_ended_role_is_given_back_until_the_same_day(organiser_client: Client, forum: Forum) -> None:
    account = make_staff(forum, Role.PARTNER_EDITOR, scope_id="RU-SPE")
    grant = Membership.objects.get(account=account)
    page = organiser_client.post(f"/team/rights/{grant.public_id}/end/", follow=True).content.decode()
    address, word = button(page) or ("", "")
    assert (address, word) == (f"/team/rights/{grant.public_id}/restore/", "Отменить")
    for _twice in range(2):
        organiser_client.post(address)
    live = Membership.objects.active().get(account=account)
    assert live.pk != grant.pk
    assert (live.role, live.scope_id, live.valid_until) == (grant.role, "RU-SPE", grant.valid_until)


def test_a_live_role_cannot_be_restored_and_others_cannot_restore(
    organiser_client: Client, officer: Account, forum: Forum
) -> None:
    grant = Membership.objects.get(account=officer)
    address = f"/team/rights/{grant.public_id}/restore/"
    assert organiser_client.post(address).status_code == 404
    assert organiser_client.get(address).status_code == 405
    organiser_client.post(f"/team/rights/{grant.public_id}/end/")
    assert sign_in(Client(), make_staff(forum, Role.VIEWER)).post(address).status_code == 404


def test_words_with_spaces_survive_and_other_messages_have_no_way_back() -> None:
    assert way_back(Message(25, "text", extra_tags="undo /x/ Review it again")) == WayBack("/x/", "Review it again")
    assert way_back(Message(25, "text")) is None
    assert way_back(Message(25, "text", extra_tags="safe /x/")) is None
