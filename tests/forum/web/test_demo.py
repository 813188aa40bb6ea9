"""The demo's doors: any role with one click, and the letters. Outside demo mode they do not exist."""

import os
import subprocess
import sys
from email.message import EmailMessage
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.http import Http404
from django.test import Client, RequestFactory
from django.urls import include, path

from forum.demo import DELEGATE_ACCOUNT, ROLE_ACCOUNTS
from forum.enums import Role
from forum.models import Forum
from forum.web import mailbox, views_demo
from tests.factories.forum import make_account, make_staff
from tests.sessions import sign_in

ROOT = Path(__file__).parents[3]


@pytest.fixture
def demo(settings: Any, forum: Forum, tmp_path: Path) -> Forum:
    """Demo mode, as `forum.urls` mounts it, with an empty mailbox."""
    from forum import urls

    mounted = ModuleType("tests_demo_urls")
    mounted.urlpatterns = [path("demo/", include("forum.web.urls_demo")), *urls.urlpatterns]  # type: ignore[attr-defined]
    mounted.handler404 = urls.handler404  # type: ignore[attr-defined]
    settings.DEMO, settings.ROOT_URLCONF, settings.DEMO_MAIL_DIR = True, mounted, tmp_path / "mail"
    (tmp_path / "mail").mkdir()
    return forum


def keep(forum_mail: Path, number: int = 1, **headers: str) -> str:
    """A letter as the demo's SMTP server keeps it; its name."""
    letter = EmailMessage()
    letter["To"], letter["Subject"] = headers.get("to", "anna@example.org"), headers.get("subject", "Ваш бейдж")
    letter.set_content("Привет, Анна: https://example.org/my/")
    letter.add_alternative("<html><head></head><body><p style='color:red'>Привет</p></body></html>", subtype="html")
    letter.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="badge.pdf")
    letter.add_attachment(b"<script>alert(1)</script>", maintype="text", subtype="html", filename="evil.html")
    name = f"{number:020}-0a1b2c3d"
    (forum_mail / f"{name}.eml").write_bytes(letter.as_bytes())
    return name


# --- one click -------------------------------------------------------------------------------------------------------
def test_page_offers_the_accounts_that_the_demo_data_made(client: Client, demo: Forum) -> None:
    make_staff(demo, Role.ORGANISER, email="organiser@example.org")
    text = client.get("/demo/").content.decode()
    assert 'value="organiser"' in text
    assert 'value="officer"' not in text
    assert 'value="delegate"' not in text
    make_account(DELEGATE_ACCOUNT)
    assert 'value="delegate"' in client.get("/demo/").content.decode()


@pytest.mark.parametrize("key", [row[0] for row in ROLE_ACCOUNTS if row[2] not in (Role.HOST_CONTACT, Role.ESCORT)])
def test_one_click_enters_the_team_pages_as_with_a_second_factor(client: Client, demo: Forum, key: str) -> None:
    _key, email, role, scope, _text = next(row for row in ROLE_ACCOUNTS if row[0] == key)
    make_staff(demo, Role(role), scope_id=scope, email=email)
    assert client.post("/demo/sign-in/", {"key": key}).url == "/team/"
    assert client.get("/team/jobs/").status_code == 200


def test_delegate_goes_to_the_own_participation(client: Client, demo: Forum) -> None:
    make_account(DELEGATE_ACCOUNT)
    assert client.post("/demo/sign-in/", {"key": "delegate"}).url.endswith("/my/")
    assert client.get("/team/jobs/").status_code == 404


def test_second_click_leaves_nothing_of_the_first_session(client: Client, demo: Forum) -> None:
    make_staff(demo, Role.ORGANISER, email="organiser@example.org")
    make_account(DELEGATE_ACCOUNT)
    client.post("/demo/sign-in/", {"key": "organiser"})
    client.post("/demo/sign-in/", {"key": "delegate"})
    assert client.get("/team/jobs/").status_code == 404


@pytest.mark.parametrize("key", ["", "king", "organiser@example.org", "anna@example.org"])
def test_only_listed_keys_sign_in_never_addresses(client: Client, demo: Forum, key: str) -> None:
    make_staff(demo, Role.ORGANISER, email="organiser@example.org")
    make_account("anna@example.org")
    assert client.post("/demo/sign-in/", {"key": key}).status_code == 404
    assert "_auth_user_id" not in client.session


def test_sign_in_needs_a_click_and_our_own_page(demo: Forum) -> None:
    make_staff(demo, Role.ORGANISER, email="organiser@example.org")
    strict = Client(enforce_csrf_checks=True)
    assert strict.get("/demo/sign-in/").status_code == 405
    assert strict.post("/demo/sign-in/", {"key": "organiser"}).status_code == 403


# --- mailbox ---------------------------------------------------------------------------------------------------------
def test_letters_are_listed_newest_first_and_filtered_by_address(client: Client, demo: Forum, settings: Any) -> None:
    keep(settings.DEMO_MAIL_DIR, 1, subject="First letter")
    keep(settings.DEMO_MAIL_DIR, 2, subject="Second letter", to="boris@example.org")
    text = client.get("/demo/mail/").content.decode()
    assert text.index("Second letter") < text.index("First letter")
    assert "Second letter" not in client.get("/demo/mail/?to=ANNA@example.org").content.decode()


@pytest.mark.parametrize("item_count", (1, 35))
def test_list_is_paged(client: Client, demo: Forum, settings: Any, item_count: int) -> None:
    for number in range(item_count):
        keep(settings.DEMO_MAIL_DIR, number)
    answer = client.get("/demo/mail/")
    assert len(answer.context["page"].object_list) == min(item_count, views_demo.PER_PAGE)


def test_empty_or_missing_mailbox_says_what_to_do(client: Client, demo: Forum, settings: Any) -> None:
    assert 'class="empty"' in client.get("/demo/mail/").content.decode()
    settings.DEMO_MAIL_DIR = settings.DEMO_MAIL_DIR / "nowhere"
    assert 'class="empty"' in client.get("/demo/mail/").content.decode()


def test_letter_shows_text_files_and_a_frame(client: Client, demo: Forum, settings: Any) -> None:
    name = keep(settings.DEMO_MAIL_DIR)
    answer = client.get(f"/demo/mail/{name}/")
    text = answer.content.decode()
    assert f'<iframe class="letter-frame" src="/demo/mail/{name}/2/"' in text
    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in text
    assert '<a href="https://example.org/my/"' in text
    assert "badge.pdf" in text
    assert "frame-src 'self'" in answer["Content-Security-Policy"]


def test_html_of_a_letter_stands_under_its_own_strict_policy(client: Client, demo: Forum, settings: Any) -> None:
    answer = client.get(f"/demo/mail/{keep(settings.DEMO_MAIL_DIR)}/2/")
    assert answer.status_code == 200
    policy = {part.partition(" ")[0]: part.partition(" ")[2] for part in answer["Content-Security-Policy"].split("; ")}
    assert policy == {
        "default-src": "'none'",
        "style-src": "'unsafe-inline'",
        "img-src": "data:",
        "frame-ancestors": "'self'",
        "sandbox": "allow-popups allow-popups-to-escape-sandbox",
    }
    assert answer["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize(("part", "name"), [(3, "badge.pdf"), (4, "evil.html")])
def test_file_of_a_letter_is_a_download_whatever_it_is(
    client: Client, demo: Forum, settings: Any, part: int, name: str
) -> None:
    answer = client.get(f"/demo/mail/{keep(settings.DEMO_MAIL_DIR)}/{part}/")
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'


@pytest.mark.parametrize(
    "name",
    ["..", "../secret", "..%2Fsecret", "%2e%2e%2fsecret", "/etc/passwd", "00000000000000000001-0a1b2c3d.eml",
     "00000000000000000001-0A1B2C3D", "00000000000000000009-0a1b2c3d", "x\x00y", ".part"],
)  # fmt: skip
def test_names_that_are_no_letters_are_not_there(client: Client, demo: Forum, settings: Any, name: str) -> None:
    keep(settings.DEMO_MAIL_DIR)
    (settings.DEMO_MAIL_DIR.parent / "secret.eml").write_text("Subject: secret\n\nsecret")
    assert client.get(f"/demo/mail/{name}/").status_code in (404, 400)
    assert mailbox.letter(name) is None


@pytest.mark.parametrize("part", [0, 5, 99])
def test_parts_that_are_not_there_are_404(client: Client, demo: Forum, settings: Any, part: int) -> None:
    assert client.get(f"/demo/mail/{keep(settings.DEMO_MAIL_DIR)}/{part}/").status_code == 404


# --- outside demo mode -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "url", ["/demo/", "/demo/sign-in/", "/demo/mail/", "/demo/mail/00000000000000000001-0a1b2c3d/"]
)
def test_outside_demo_mode_the_addresses_do_not_exist(client: Client, forum: Forum, url: str) -> None:
    make_staff(forum, Role.ORGANISER, email="organiser@example.org")
    assert client.get(url).status_code == 404
    assert client.post(url, {"key": "organiser"}).status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("view", [views_demo.RolesView, views_demo.SignInView, views_demo.MailboxView])
def test_outside_demo_mode_the_views_refuse_even_when_mounted(view: Any, forum: Forum) -> None:
    make_staff(forum, Role.ORGANISER, email="organiser@example.org")
    for request in (RequestFactory().get("/demo/"), RequestFactory().post("/demo/", {"key": "organiser"})):
        with pytest.raises(Http404):
            view.as_view()(request)


def test_outside_demo_mode_a_demo_session_is_no_second_factor(client: Client, forum: Forum) -> None:
    sign_in(client, make_staff(forum, Role.ORGANISER), second_factor=False)
    session = client.session
    session["account_authentication_methods"] = [{"method": "demo", "at": 0}]
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session.save()
    assert client.get("/team/jobs/").status_code == 302


def test_production_mode_has_no_demo_address() -> None:
    code = (
        "import django; django.setup()\n"
        "from django.urls import resolve, Resolver404\n"
        "from django.conf import settings\n"
        "assert settings.PRODUCTION and not settings.DEMO\n"
        "for url in ('/demo/', '/demo/sign-in/', '/demo/mail/'):\n"
        "    try: resolve(url)\n"
        "    except Resolver404: continue\n"
        "    raise SystemExit(f'{url} is there')\n"
    )
    secrets = {
        "FORUM_MODE": "production",
        "SECRET_KEY": "k" * 60,
        "FIELD_KEYS": "a:" + "A" * 43 + "=",
        "HASH_PEPPER": "p" * 40,
        "SITE_URL": "https://forum.example.org",
        "ALLOWED_HOSTS": "forum.example.org",
        "EMAIL_HOST": "127.0.0.1",
        "DEFAULT_FROM_EMAIL": "forum@example.org",
    }
    done = subprocess.run(
        [sys.executable, "-c", code], env=os.environ | secrets, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
