"""The link in our letters, and who is shut out when the email changes (complaint REG-1)."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import now

from forum.models import Account, Forum, Message
from forum.web.limits import Limit
from registration.actions.corrections import correct_facts
from registration.actions.review import ask_for_changes
from registration.models import Registration, ReturnLink
from tests.factories.forum import make_forum
from tests.registration.web.walk import CONTACT, NAME, apply, save


def link_of(registration: Registration) -> str:
    """The path in the newest letter about the application."""
    letter = Message.objects.filter(subject_id=registration.ref).latest("pk")
    assert letter.context
    return str(json.loads(letter.context)["link"])


def test_the_link_opens_the_application_only_after_the_button(client: Client, forum: Forum) -> None:
    sent = apply(Client(), forum)
    link = link_of(sent)
    page = client.get(link)
    assert page.status_code == 200
    assert page["Referrer-Policy"] == "strict-origin"
    assert "noindex" in page["X-Robots-Tag"]
    assert sent.person.surname not in page.content.decode()
    assert client.get("/ru/my/").context["cards"] == []
    assert client.post(link).url == "/ru/my/"
    assert [card["registration"] for card in client.get("/ru/my/").context["cards"]] == [sent]


@pytest.mark.parametrize("token", ["x" * 32, "unknown", "0"])
def test_a_dead_link_offers_the_sign_in(client: Client, forum: Forum, token: str) -> None:
    for answer in (client.get(f"/en/apply/return/{token}/"), client.post(f"/en/apply/return/{token}/")):
        assert answer.status_code == 410
        assert "Sign in with a code" in answer.content.decode()
        assert answer["Referrer-Policy"] == "strict-origin"


def test_an_old_link_is_dead(client: Client, forum: Forum) -> None:
    link = link_of(apply(Client(), forum))
    ReturnLink.objects.update(expires_at=now() - timedelta(seconds=1))
    assert client.post(link).status_code == 410


def test_a_link_of_an_edition_that_is_over_is_dead(client: Client, forum: Forum) -> None:
    link = link_of(apply(Client(), forum))
    Forum.objects.filter(pk=forum.pk).update(is_current=False)
    make_forum()
    assert (client.get(link).status_code, client.post(link).status_code) == (410, 410)


def test_a_changed_email_kills_old_links_and_shuts_out_old_browsers(officer: Account, forum: Forum) -> None:
    own, former = Client(), Client()
    sent = apply(own, forum)
    link = link_of(sent)
    former.post(link)
    ask_for_changes(sent, by=officer, note="Почта")
    assert former.get(f"/ru/apply/{sent.ref}/name/").status_code == 200
    version = Registration.objects.get(pk=sent.pk).version
    save(own, sent, "contact", CONTACT | {"email": "new@example.org"})
    assert Client().post(link).status_code == 410
    assert former.get("/ru/my/").context["cards"] == []
    answer = former.post(f"/ru/apply/{sent.ref}/name/", NAME | {"version": str(version + 1), "surname": "Прежняя"})
    assert answer.status_code == 404
    sent.person.refresh_from_db()
    assert (sent.person.surname, sent.person.email) == ("Примерова", "new@example.org")
    assert own.get(f"/ru/apply/{sent.ref}/name/").status_code == 200


def test_a_corrected_email_gets_the_last_letter_and_its_own_login(officer: Account, forum: Forum) -> None:
    own = Client()
    sent = apply(own, forum)
    old = link_of(sent)
    correct_facts(
        sent, version=sent.version, answers={"email": "right@example.org"}, reason="опечатка в адресе", by=officer
    )
    letter = Message.objects.latest("pk")
    assert (letter.recipient, letter.reason) == ("right@example.org", "registration.received")
    sent.person.refresh_from_db()
    assert sent.person.account == Account.objects.get(email="right@example.org")
    assert own.get("/ru/my/").context["cards"] == []
    assert Client().get(old).status_code == 410
    assert Client().post(link_of(sent)).status_code == 302


def test_the_session_gets_a_new_key_with_new_rights(client: Client, forum: Forum) -> None:
    other = apply(Client(), forum)
    apply(client, forum, email="second@example.org")
    before = client.session.session_key
    client.post(link_of(other))
    assert client.session.session_key != before
    assert len(client.get("/ru/my/").context["cards"]) == 2


def test_too_many_tries_have_to_wait(client: Client, forum: Forum, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("registration.web.limits.Limit.passes", _third_time_no())
    answers = [client.post("/en/apply/return/unknown/") for _try in range(3)]
    assert [answer.status_code for answer in answers] == [410, 410, 429]
    assert answers[2]["Retry-After"] == "600"
    assert "Please wait a little" in answers[2].content.decode()


def _third_time_no():  # type: ignore[no-untyped-def]
    """The real counting with a smaller number."""
    small = Limit("small", amount=2, seconds=60)
    counts = Limit.passes
    return lambda limit, request: counts(small, request)


def test_addresses_are_counted_apart(rf, forum: Forum) -> None:  # type: ignore[no-untyped-def]
    limit = Limit("apart", amount=1, seconds=60)
    here, there = rf.post("/", REMOTE_ADDR="10.0.0.1"), rf.post("/", REMOTE_ADDR="10.0.0.2")
    assert [limit.passes(here), limit.passes(there), limit.passes(here)] == [True, True, False]
