"""Choosing the language, and the page of a refusal."""

import pytest
from django.test import Client

from forum.models import Account, Forum
from tests.factories.forum import make_account
from tests.sessions import sign_in


def test_choice_stays_on_the_page_in_the_new_language(client: Client, forum: Forum) -> None:
    answer = client.post("/language/", {"language": "uz"}, headers={"Referer": "http://testserver/ru/visits/?day=2"})
    assert answer.url == "/uz/visits/?day=2"
    cookie = answer.cookies["django_language"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("uz", True, "Lax")


def test_form_may_name_the_page_where_the_browser_does_not(client: Client, forum: Forum) -> None:
    assert client.post("/language/", {"language": "en", "next": "/ru/visits/"}).url == "/en/visits/"


@pytest.mark.parametrize("target", ["https://evil.example/ru/", "//evil.example/", "javascript:alert(1)"])
def test_choice_never_leads_to_another_site(client: Client, forum: Forum, target: str) -> None:
    assert client.post("/language/", {"language": "en", "next": target}).url in ("/", "/en/")


def test_choice_is_kept_on_the_account(client: Client, forum: Forum) -> None:
    account = make_account()
    sign_in(client, account).post("/language/", {"language": "be"})
    assert Account.objects.get(pk=account.pk).language == "be"


def test_unknown_language_changes_nothing(client: Client, forum: Forum) -> None:
    account = make_account()
    sign_in(client, account).post("/language/", {"language": "xx"})
    assert Account.objects.get(pk=account.pk).language == "ru"


def test_visitor_is_sent_to_a_page_in_the_language_of_the_browser_else_russian(client: Client, forum: Forum) -> None:
    assert client.get("/", headers={"Accept-Language": "uz"}).url == "/uz/"
    assert client.get("/", headers={"Accept-Language": "fr"}).url == "/ru/"
