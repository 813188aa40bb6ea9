"""The same press from two windows at the same moment."""

import pytest
from django.test import Client

from forum.models import Message
from registration.enums import RegistrationState
from registration.models import Consent, Registration
from tests.factories.forum import make_forum
from tests.races.at_once import at_once
from tests.registration.web.walk import NAME, fill, open_doors

pytestmark = pytest.mark.django_db(transaction=True)


def twin(client: Client) -> Client:
    """Another window of the same browser."""
    other = Client()
    other.cookies = client.cookies.copy()
    return other


def test_two_presses_of_agree_start_one_application(client: Client) -> None:
    open_doors(make_forum())
    address = "/ru/apply/delegate/consent/"
    form = client.get(address).context["form"]
    values = {"agree": "on", "version": form["version"].value(), "ticket": form["ticket"].value()}
    answers = at_once([lambda window=window: window.post(address, values) for window in (client, twin(client))])
    assert {answer.status_code for answer in answers} == {302}
    assert len({answer.url for answer in answers}) == 1
    assert (Registration.objects.count(), Consent.objects.count()) == (1, 1)


def test_two_presses_of_send_send_one_application(client: Client) -> None:
    draft = fill(client, make_forum())
    address = f"/ru/apply/{draft.ref}/check/"
    answers = at_once([lambda window=window: window.post(address) for window in (client, twin(client))])
    assert [answer.url for answer in answers] == [f"/ru/apply/{draft.ref}/sent/"] * 2
    draft.refresh_from_db()
    assert draft.state == RegistrationState.SUBMITTED
    assert (draft.moves.count(), Message.objects.count()) == (1, 1)


def test_two_windows_saving_one_step_end_in_one_of_the_two(client: Client) -> None:
    draft = fill(client, make_forum())
    address = f"/ru/apply/{draft.ref}/name/"
    values = NAME | {"version": str(draft.version)}
    answers = at_once(
        [
            lambda window=window, surname=surname: window.post(address, values | {"surname": surname})
            for window, surname in ((client, "Узорова"), (twin(client), "Образцова"))
        ]
    )
    assert sorted(answer.status_code for answer in answers) == [302, 409]
    draft.refresh_from_db()
    assert draft.person.surname in ("Узорова", "Образцова")
    assert draft.version == int(values["version"]) + 1
