"""The delegate's badge: one's own only, with the code in hand."""

import io
import re

import pypdfium2
import pytest
import zxingcpp
from django.test import Client
from django.urls import reverse

from badges.actions.issuing import issue_badge
from badges.models import BadgeFile, Credential
from forum.models import Account, Forum
from registration.actions.review import block
from registration.enums import RegistrationState
from registration.models import Registration
from tests.factories.forum import make_account
from tests.factories.registration import make_category, make_person, make_registration
from tests.sessions import sign_in

S = RegistrationState
PAGE, PDF = "/en/my/badge/", "/en/my/badge/pdf/"


@pytest.fixture
def account(forum: Forum) -> Account:
    """Looks after people."""
    return make_account()


@pytest.fixture
def delegate(account: Account) -> Client:
    """Signed in as a delegate, without a second factor."""
    return sign_in(Client(), account, second_factor=False)


def mine(forum: Forum, account: Account, **changes) -> Registration:
    person = make_person(forum, account=account, **changes.pop("names", {}))
    return make_registration(forum, person=person, **{"state": S.CONFIRMED} | changes)


def ready(forum: Forum, account: Account, **changes) -> Registration:
    registration = mine(forum, account, **changes)
    issue_badge(registration_id=registration.pk)
    return registration


def scanned(html: str) -> str:
    """What a scanner reads from the code on the page, drawn anew from its SVG path."""
    side = int(re.search(r'viewBox="0 0 (\d+) \1" role="img"', html)[1])
    from PIL import Image, ImageDraw

    picture = Image.new("L", (side * 8, side * 8), 255)
    for x, y, w, h in re.findall(r"M(\d+) (\d+)h(\d+)v(\d+)h-\d+z", html):
        left, top, width, height = (int(n) * 8 for n in (x, y, w, h))
        ImageDraw.Draw(picture).rectangle((left, top, left + width - 1, top + height - 1), fill=0)
    (code,) = zxingcpp.read_barcodes(picture)
    return code.text


def test_page_shows_the_code_that_the_doors_read(forum: Forum, account: Account, delegate: Client) -> None:
    registration = ready(forum, account)
    response = delegate.get(PAGE)
    credential = Credential.objects.get()
    html = response.content.decode()
    assert scanned(html) == credential.token
    assert credential.token not in html
    assert f"{credential.short_code[:4]}-{credential.short_code[4:]}" in html
    for words in ("Примерова Анна Ильинична", "Delegate", "Zone A", f"{PDF}?ref={registration.ref}"):
        assert words in html
    assert "no-store" in response["Cache-Control"]


def test_pdf_is_the_badge_of_the_moment(forum: Forum, account: Account, delegate: Client) -> None:
    registration = ready(forum, account)
    Registration.objects.filter(pk=registration.pk).update(organisation="Новый завод")
    response = delegate.get(PDF, {"ref": registration.ref})
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="badge.pdf"'
    assert response["Cache-Control"] == "private, no-store"
    document = pypdfium2.PdfDocument(io.BytesIO(response.content))
    assert "Новый завод" in document[0].get_textpage().get_text_range()
    assert BadgeFile.objects.count() == 2
    response.close()


def test_somebody_elses_badge_is_not_there(forum: Forum, delegate: Client) -> None:
    stranger = ready(forum, make_account())
    for client in (delegate, Client()):
        for address in (PAGE, PDF):
            assert client.get(address, {"ref": stranger.ref}).status_code == 404
        assert "Примерова" not in client.get(PAGE).content.decode()


def test_browser_that_applied_needs_no_account(forum: Forum) -> None:
    from registration.sessions import remember

    registration = ready(forum, None)
    client = Client()
    request = type("Request", (), {"session": client.session})
    remember(request, registration)
    request.session.save()
    assert client.get(PAGE).status_code == 200
    response = client.get(PDF, {"ref": registration.ref})
    assert response.status_code == 200
    response.close()


def test_several_people_are_chosen_by_name(forum: Forum, account: Account, delegate: Client) -> None:
    first = ready(forum, account)
    second = ready(forum, account, names={"surname": "Образцов", "given_name": "Пётр", "patronymic": ""})
    html = delegate.get(PAGE, {"ref": first.ref}).content.decode()
    assert f"?ref={second.ref}" in html and "Образцов Пётр" in html
    assert scanned(html) == Credential.objects.get(registration=first).token


def test_badge_in_the_making_asks_again_by_itself_and_by_hand(forum: Forum, account: Account, delegate: Client) -> None:
    registration = mine(forum, account)
    html = delegate.get(PAGE).content.decode()
    assert "Your badge is being made" in html
    assert 'hx-trigger="every 2s"' in html and f'href="{PAGE}"' in html
    part = delegate.get(PAGE, headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith("<section") and "<html" not in part
    issue_badge(registration_id=registration.pk)
    part = delegate.get(PAGE, headers={"HX-Request": "true"}).content.decode()
    assert "hx-trigger" not in part and "<svg" in part


def test_code_works_though_the_print_is_flagged(forum: Forum, account: Account, delegate: Client) -> None:
    registration = ready(forum, account, names={"surname": "王"})
    html = delegate.get(PAGE).content.decode()
    assert scanned(html) == Credential.objects.get().token
    assert "The printed badge is being corrected" in html and PDF not in html
    response = delegate.get(PDF, {"ref": registration.ref})
    assert (response.status_code, b"cannot be printed yet" in response.content) == (409, True)


def test_approved_person_is_told_to_confirm(forum: Forum, account: Account, delegate: Client) -> None:
    mine(forum, account, state=S.APPROVED)
    html = delegate.get(PAGE).content.decode()
    assert "Confirm that you are coming" in html and "pass-code" not in html


def test_blocked_person_sees_no_code(forum: Forum, account: Account, officer: Account, delegate: Client) -> None:
    registration = ready(forum, account)
    block(registration, by=officer, reason="secret")
    html = delegate.get(PAGE).content.decode()
    assert "This badge does not work now" in html
    assert "secret" not in html and "pass-code" not in html
    assert delegate.get(PDF, {"ref": registration.ref}).status_code == 404


def test_online_participant_needs_no_badge(forum: Forum, account: Account, delegate: Client) -> None:
    mine(forum, account, category=make_category(forum, code="online", prints_badge=False))
    assert "needs no badge" in delegate.get(PAGE).content.decode()


def test_without_participation_the_page_says_what_to_do(forum: Forum, delegate: Client) -> None:
    assert "There is no badge here yet" in delegate.get(PAGE).content.decode()


@pytest.mark.parametrize("people", [1, 3])
def test_page_takes_constant_queries(
    forum: Forum, account: Account, delegate: Client, people: int, django_assert_num_queries
) -> None:
    for _ in range(people):
        ready(forum, account)
    delegate.get(PAGE)
    with django_assert_num_queries(8):
        delegate.get(PAGE)


def test_delegates_own_page_leads_to_the_code(forum: Forum, account: Account, delegate: Client) -> None:
    registration = mine(forum, account)
    assert f"{PAGE}?ref={registration.ref}" in delegate.get(reverse("registration:my")).content.decode().replace(
        "/ru/", "/en/"
    )
