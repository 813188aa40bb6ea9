"""An invitation and a code on the screen: from the link to the application, and what officers do with them."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import now

from forum.actions.jobs import run as run_job
from forum.models import Account, Forum, Job, Message
from registration.actions.invitations import withdraw_invitation
from registration.enums import InvitationState as I
from registration.enums import RegistrationState as S
from registration.models import AccessCode, Category, Invitation, Registration
from registration.web.limits import CODES
from tests.factories.forum import make_account
from tests.factories.invitations import closed_category, make_access_code, make_invitation, secret_of
from tests.registration.lists import as_text
from tests.registration.test_invitations import HEADS, ROWS
from tests.registration.web.walk import CONTACT, NAME, WORK, agree, open_doors, save
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db
ROOM = "/team/people/invitations/"


@pytest.fixture
def desk(officer: Account) -> Client:
    return sign_in(Client(), officer)


def address(invitation: Invitation, page: str = "en") -> str:
    return f"/{page}/apply/invitation/{secret_of(invitation)}/"


@pytest.mark.parametrize("language", ["ru", "en", "uz", "be"])
def test_from_the_link_to_the_application(client: Client, forum: Forum, language: str) -> None:
    open_doors(forum)
    invitation = make_invitation(
        forum, email="olga@example.org", organisation="Музей", expires_at=now() + timedelta(days=3)
    )
    link = address(invitation, language)
    page = client.get(link)
    assert (page.status_code, "Званова" in page.content.decode()) == (200, True)
    assert Invitation.objects.get().state == I.SENT, "mail scanners answer nothing"
    assert client.post(link, {"come": "1"}).url == f"/{language}/apply/speaker/consent/"
    draft = agree(client, forum, page=language, category="speaker")
    assert (draft.person.surname, draft.organisation, draft.category.code) == ("Званова", "Музей", "speaker")
    assert save(client, draft, "name", NAME, page=language).status_code == 302
    form = client.get(f"/{language}/apply/{draft.ref}/contact/").content.decode()
    assert 'value="olga@example.org"' in form
    assert save(client, draft, "contact", CONTACT | {"email": "thief@example.org"}, page=language).status_code == 302
    delegation = forum.delegations.get().pk
    assert save(client, draft, "work", WORK | {"delegation": delegation}, page=language).status_code == 302
    assert client.post(f"/{language}/apply/{draft.ref}/check/").url.endswith("/sent/")
    sent = Registration.objects.select_related("person").get(ref=draft.ref)
    assert (sent.state, sent.person.email) == (S.SUBMITTED, "olga@example.org")
    again = Client().get(link)
    assert (again.status_code, "Званова" in again.content.decode()) == (410, False)


def test_a_second_press_and_another_device_find_the_same_draft(client: Client, forum: Forum) -> None:
    open_doors(forum)
    link = address(make_invitation(forum))
    client.post(link, {"come": "1"})
    draft = agree(client, forum, page="en", category="speaker")
    other = Client()
    assert other.post(link, {"come": "1"}).url == f"/en/apply/{draft.ref}/name/"
    assert other.get(f"/en/apply/{draft.ref}/name/").status_code == 200
    assert Registration.objects.count() == 1


def test_declining_on_the_page(client: Client, forum: Forum) -> None:
    open_doors(forum)
    link = address(make_invitation(forum))
    assert client.post(link, {"decline": "1"}).url == link
    page = client.get(link)
    assert (page.status_code, "You have declined" in page.content.decode()) == (410, True)
    assert client.post(link, {"come": "1"}).status_code == 410


def test_a_dead_link_says_why(client: Client, forum: Forum, officer: Account) -> None:
    open_doors(forum)
    taken_back, late = make_invitation(forum), make_invitation(forum)
    links = [address(taken_back), address(late), "/en/apply/invitation/nobody/"]
    withdraw_invitation(taken_back, by=officer)
    Invitation.objects.filter(pk=late.pk).update(expires_at=now() - timedelta(minutes=1))
    for link, words in zip(links, ("has been withdrawn", "is over", "opens no invitation"), strict=True):
        page = client.get(link)
        assert (page.status_code, words in page.content.decode()) == (410, True)
        assert client.post(link, {"come": "1"}).status_code == 410


def test_the_consent_of_a_closed_category_opens_by_nothing_else(client: Client, forum: Forum) -> None:
    open_doors(forum)
    closed_category(forum)
    assert client.get("/en/apply/speaker/consent/").status_code == 404


def test_a_draft_whose_invitation_was_withdrawn_says_so_when_it_is_sent(
    client: Client, forum: Forum, officer: Account
) -> None:
    open_doors(forum)
    invitation = make_invitation(forum)
    client.post(address(invitation), {"come": "1"})
    draft = agree(client, forum, page="en", category="speaker")
    save(client, draft, "name", NAME, page="en")
    save(client, draft, "contact", CONTACT, page="en")
    save(client, draft, "work", WORK | {"delegation": forum.delegations.get().pk}, page="en")
    withdraw_invitation(invitation, by=officer)
    page = client.post(f"/en/apply/{draft.ref}/check/")
    assert (page.status_code, "The invitation is no longer open" in page.content.decode()) == (410, True)


# --- codes ------------------------------------------------------------------------------------------------------------
def test_a_code_is_typed_and_opens_a_closed_category(client: Client, forum: Forum) -> None:
    open_doors(forum)
    code = make_access_code(forum)
    assert "I have a code" in client.get("/en/apply/").content.decode()
    typed = client.post("/en/apply/code/", {"code": f" {code.code[:4].lower()}-{code.code[4:]} "})
    assert typed.url == f"/en/apply/code/{code.code}/"
    assert "Speaker" in client.get(typed.url).content.decode()
    assert client.post(typed.url).url == "/en/apply/speaker/consent/"
    assert "You come with the code" in client.get("/en/apply/").content.decode()
    assert agree(client, forum, page="en", category="speaker").came_by == "code"
    client.post("/en/apply/code/", {"without": "1"})
    assert client.get("/en/apply/speaker/consent/").status_code == 404


def test_a_wrong_code_stays_in_the_field_with_its_remedy(client: Client, forum: Forum) -> None:
    open_doors(forum)
    page = client.post("/en/apply/code/", {"code": "ABCD-0000"})
    text = page.content.decode()
    assert (page.status_code, "There is no such code" in text, 'value="ABCD-0000"' in text) == (422, True, True)
    code = make_access_code(forum)
    AccessCode.objects.update(stopped_at=now())
    assert "stopped by the organisers" in client.post("/en/apply/code/", {"code": code.code}).content.decode()
    assert client.get(f"/en/apply/code/{code.code}/").status_code == 410


def test_codes_cannot_be_tried_one_after_the_other(client: Client, forum: Forum) -> None:
    open_doors(forum)
    code = make_access_code(forum)
    for _guess in range(CODES.amount):
        assert client.get("/en/apply/code/ZZZZZZZZ/").status_code == 410
    assert client.get("/en/apply/code/ZZZZZZZZ/").status_code == 429
    assert client.get(f"/en/apply/code/{code.code}/").status_code == 200, "a right one is never held up"


# --- the officers' room -------------------------------------------------------------------------------------------------
def test_one_is_written_sent_reminded_and_withdrawn(desk: Client, forum: Forum) -> None:
    open_doors(forum)
    category = closed_category(forum)
    said = {"category": category.pk, "email": "olga@example.org", "language": "ru", "surname": "Званова", "send": "1"}
    page = desk.post(f"{ROOM}new/", said | {"surname": "Zvanova"})
    assert (page.status_code, 'value="Zvanova"' in page.content.decode()) == (422, True)
    one = desk.post(f"{ROOM}new/", said).url
    assert Message.objects.get(subject_kind="invitation").recipient == "olga@example.org"
    assert desk.post(f"{ROOM}new/", said).status_code == 422, "the second one to the same address"
    assert "Званова" in desk.post(ROOM, {"q": "званова"}, follow=True).content.decode()
    Invitation.objects.update(sent_at=now() - timedelta(days=2))
    desk.post(f"{one}remind/")
    assert Message.objects.filter(reason="registration.invitation_reminder").count() == 1
    shown = desk.post(f"{one}link/")
    secret = shown.context["link"].rstrip("/").rpartition("/")[2]
    assert Client().get(f"/en/apply/invitation/{secret}/").status_code == 200
    assert secret not in desk.get(one).content.decode()
    desk.post(f"{one}withdraw/")
    assert "Званова" not in desk.get(one).content.decode()


def test_an_end_that_has_passed_is_refused_at_its_field(desk: Client, forum: Forum) -> None:
    said = {
        "category": closed_category(forum).pk,
        "email": "o@example.org",
        "language": "ru",
        "expires_at": "2020-01-01",
    }
    page = desk.post(f"{ROOM}new/", said)
    assert (page.status_code, page.context["form"].errors.keys()) == (422, {"expires_at"})


def test_a_list_is_handed_in_looked_at_and_invited(desk: Client, forum: Forum) -> None:
    open_doors(forum)
    category = closed_category(forum)
    file = SimpleUploadedFile("list.csv", as_text([HEADS, *ROWS]))
    given = {"name": "Докладчики", "file": file, "category": category.pk, "language": "ru"}
    run = desk.post(f"{ROOM}many/", given).url
    page = desk.get(run).content.decode()
    assert "Докладчики" in page
    assert "birth_date" not in page, "what invitations do not take cannot be chosen"
    desk.post(f"{run}start/")
    run_job(job_id=Job.objects.latest("pk").pk)
    assert Invitation.objects.count() == 4
    assert "Званова Ольга Петровна" in desk.get(run).content.decode()
    assert run.rstrip("/").rpartition("/")[2] not in desk.get("/team/people/lists/").content.decode()
    report = desk.get(f"{ROOM}report/").content.decode()
    assert "Докладчики" in report
    table = desk.post(f"{ROOM}report/csv/")
    assert "Докладчики" in table.content.decode()
    assert desk.post(f"{ROOM}report/xlsx/").content.startswith(b"PK")


def test_many_are_sent_and_reminded_from_the_list(desk: Client, forum: Forum) -> None:
    for _ in range(2):
        make_invitation(forum, sent=False)
    assert "/jobs/" in desk.post(f"{ROOM}send/", {"filter": ""}).url
    run_job(job_id=Job.objects.latest("pk").pk)
    assert desk.post(f"{ROOM}remind/", {"days": "7"}).url == ROOM
    Invitation.objects.update(sent_at=now() - timedelta(days=7, minutes=1))
    assert "/jobs/" in desk.post(f"{ROOM}remind/", {"days": "7"}).url
    assert desk.post(f"{ROOM}remind/", {"days": "many"}).url == ROOM


def test_a_code_is_made_stopped_and_let_go_on(desk: Client, forum: Forum) -> None:
    open_doors(forum)
    category = closed_category(forum)
    assert desk.post("/team/people/codes/new/", {"name": "x", "category": category.pk, "uses": "0"}).status_code == 422
    given = {"name": "=Партнёры", "category": category.pk, "uses": "3"}
    page = desk.post("/team/people/codes/new/", given).url
    assert AccessCode.objects.get().code[:4] in desk.get(page).content.decode()
    stopped = desk.post(f"{page}stop/", follow=True).content.decode()
    assert f"{page}resume/" in stopped
    desk.post(f"{page}resume/")
    assert AccessCode.objects.get().stopped_at is None
    assert "'=Партнёры" in desk.post(f"{ROOM}report/csv/").content.decode()


def test_nobody_else_enters_the_room(client: Client, forum: Forum) -> None:
    make_invitation(forum, category=Category.objects.first())
    stranger = sign_in(client, make_account("somebody@example.org"))
    for address in (ROOM, f"{ROOM}new/", f"{ROOM}many/", f"{ROOM}report/", "/team/people/codes/"):
        assert stranger.get(address).status_code == 404
