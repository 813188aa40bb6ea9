"""What all public pages have in common: head, languages, copies kept by browsers."""

import re

import pytest
from django.test import Client

from agenda.actions.releases import publish_release
from forum.actions.accounts import account_of
from forum.models import Forum
from tests.factories.agenda import make_programme, make_session, make_slot, make_speaker

PAGES = ["", "programme/", "sessions/one/", "speakers/", "speakers/{speaker}/", "visits/", "visits/mine/"]


@pytest.fixture
def paths(forum: Forum) -> list[str]:
    """Every public page, with something on it."""
    speaker = make_speaker(forum)
    make_session(forum, slug="one", speakers=(speaker,))
    make_slot(make_programme(forum, slug="mine"))
    publish_release(forum, by=None)
    return [page.format(speaker=speaker.public_id) for page in PAGES]


def head(html: str) -> str:
    return html.partition("</head>")[0]


def test_head_names_address_languages_and_words(client: Client, paths: list[str]) -> None:
    """Filters make no other page for search engines; x-default follows the browser."""
    for path in paths:
        html = head(client.get(f"/be/{path}?utm=1").content.decode())
        base = "http://testserver"
        assert f'<link rel="canonical" href="{base}/be/{path}">' in html
        found = re.findall(r'<link rel="alternate" hreflang="([\w-]+)" href="([^"]+)">', html)
        assert found == [
            *((code, f"{base}/{code}/{path}") for code in ("ru", "en", "uz", "be")),
            ("x-default", f"{base}/{path}"),
        ]
        assert re.search(r'<meta property="og:title" content="[^"]+">', html)
        assert re.search(r'<meta property="og:description" content="[^"]{20,}">', html)
        assert f'<meta property="og:url" content="{base}/be/{path}">' in html


def test_titles_tell_tabs_apart(client: Client, paths: list[str]) -> None:
    """No two pages have one title."""
    titles = [re.findall(r"<title>(.+?)</title>", client.get(f"/ru/{path}").content.decode())[0] for path in paths]
    assert len(set(titles)) == len(paths)


def test_address_without_language_follows_the_browser(client: Client, paths: list[str]) -> None:
    """What x-default promises."""
    for path in paths:
        answer = client.get(f"/{path}", headers={"Accept-Language": "uz,en;q=0.5"})
        assert (answer.status_code, answer["Location"]) == (302, f"/uz/{path}")


def test_anonymous_pages_are_kept_for_a_minute_and_asked_for_by_their_mark(client: Client, paths: list[str]) -> None:
    """No cookie is set, so a proxy may keep them too; two visits get the same bytes."""
    for path in (path for path in paths if path):
        first = client.get(f"/en/{path}")
        assert first["Cache-Control"] == "public, max-age=60"
        assert "Cookie" in first["Vary"]
        assert not first.cookies
        again = client.get(f"/en/{path}", headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_page_that_knows_its_reader_is_for_one_person(client: Client, paths: list[str], db: None) -> None:
    """Nobody else may get a copy of it."""
    reader = account_of("reader@example.org")
    client.force_login(reader, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = client.get("/en/programme/")
    assert "private" in answer["Cache-Control"]
    assert "ETag" not in answer
