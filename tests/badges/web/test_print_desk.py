"""The print desk, and what an officer does with one badge."""

import pytest
from django.test import Client
from django.urls import reverse

from badges.actions.printing import start_print_batch
from badges.enums import CredentialState
from badges.models import Credential, PrintBatch
from forum.actions.jobs import run
from forum.enums import Role
from forum.models import Account, Forum, Job
from registration.enums import RegistrationState
from tests.factories.badges import make_holder
from tests.factories.forum import make_staff
from tests.factories.registration import make_category, make_person, make_registration
from tests.sessions import sign_in

DESK = "/team/print/"
CHOICE = {"sheet": "a4", "sides": "2"}


def desk(client: Client, **query: str) -> str:
    return client.get(DESK, query).content.decode()


def chosen(batch: PrintBatch) -> list[int]:
    return batch.job.params["credentials"]


def print_all(forum: Forum, by: Account) -> None:
    pks = list(Credential.objects.values_list("pk", flat=True))
    run(job_id=start_print_batch(forum=forum, credentials=pks, sheet="a4", sides=1, by=by).job_id)


def test_desk_lists_what_has_to_be_printed(forum: Forum, officer: Account, officer_client: Client) -> None:
    make_holder(forum, person=make_person(forum, surname="Старая"))
    print_all(forum, officer)
    make_holder(forum, person=make_person(forum, surname="Новая"))
    make_registration(forum, person=make_person(forum, surname="Ожидающая"), state=RegistrationState.APPROVED)
    html = desk(officer_client)
    assert "Новая" in html and "Старая" not in html and "Ожидающая" not in html
    assert "Старая" in desk(officer_client, state="printed")


def test_list_is_narrowed_by_category_and_delegation(forum: Forum, officer_client: Client) -> None:
    press = make_category(forum, code="media", name_ru="СМИ")
    make_holder(forum, person=make_person(forum, surname="Репортёр"), category=press, delegation="UZ")
    make_holder(forum, person=make_person(forum, surname="Гость"))
    for query in ({"category": "media"}, {"delegation": "UZ"}, {"category": "media", "delegation": "UZ"}):
        html = desk(officer_client, **query)
        assert "Репортёр" in html and "Гость" not in html
    assert "Гость" in desk(officer_client, category="unknown")


def test_printing_the_list_prints_it_as_filtered(forum: Forum, officer: Account, officer_client: Client) -> None:
    wanted = make_holder(forum, delegation="UZ")
    make_holder(forum)
    response = officer_client.post(DESK, CHOICE | {"delegation": "UZ"})
    batch = PrintBatch.objects.get()
    assert response.headers["Location"] == reverse("team:job", args=[batch.job.public_id])
    assert (chosen(batch), batch.sheet, batch.job.owner, batch.job.params["sides"]) == ([wanted.pk], "a4", officer, 2)


def test_ticked_badges_alone_are_printed(forum: Forum, officer_client: Client) -> None:
    wanted = make_holder(forum)
    make_holder(forum)
    officer_client.post(DESK, CHOICE | {"ref": wanted.registration.ref})
    assert chosen(PrintBatch.objects.get()) == [wanted.pk]


def test_printing_again_asks_for_a_reason_and_keeps_the_choice(
    forum: Forum, officer: Account, officer_client: Client
) -> None:
    make_holder(forum)
    print_all(forum, officer)
    response = officer_client.post(DESK, {"sheet": "a6", "sides": "1", "state": "printed"})
    html = response.content.decode()
    assert (response.status_code, PrintBatch.objects.count()) == (422, 1)
    assert 'name="reason"' in html and '<option value="a6" selected>' in html
    officer_client.post(DESK, {"sheet": "a6", "sides": "1", "state": "printed", "reason": "замятие бумаги"})
    assert PrintBatch.objects.count() == 2


def test_nothing_to_print_is_said_on_the_page(forum: Forum, officer_client: Client) -> None:
    response = officer_client.post(DESK, CHOICE)
    assert response.status_code == 422


def test_flagged_badges_say_why_and_are_not_printed_with_the_rest(
    forum: Forum, officer: Account, officer_client: Client
) -> None:
    flagged = make_holder(forum, person=make_person(forum, surname="王"))
    print_all(forum, officer)
    good = make_holder(forum)
    html = desk(officer_client, state="flagged")
    assert "«王»" in html or "“王”" in html
    officer_client.post(DESK, CHOICE)
    assert chosen(PrintBatch.objects.first()) == [good.pk]
    assert flagged.pk not in chosen(PrintBatch.objects.first())


def test_batches_lead_to_their_work_and_file(forum: Forum, officer: Account, officer_client: Client) -> None:
    make_holder(forum)
    print_all(forum, officer)
    job = Job.objects.get()
    assert reverse("team:job", args=[job.public_id]) in desk(officer_client)
    response = officer_client.get(reverse("team:job_file", args=[job.public_id]))
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    response.close()


@pytest.mark.parametrize("role", [Role.CHECKIN_STAFF, Role.CHECKIN_SUPERVISOR, Role.VIEWER, Role.PROGRAMME_EDITOR])
def test_other_roles_find_no_desk(forum: Forum, role: Role) -> None:
    badge = make_holder(forum)
    client = sign_in(Client(), make_staff(forum, role))
    ref = badge.registration.ref
    for address in (DESK, f"{DESK}{ref}/", f"{DESK}{ref}/reissue/"):
        assert client.post(address, CHOICE | {"reason": "x"}).status_code == 404
    assert client.get(DESK).status_code == 404
    assert (PrintBatch.objects.count(), Credential.objects.count()) == (0, 1)


def test_officer_without_second_factor_is_sent_to_it(forum: Forum, officer: Account) -> None:
    client = sign_in(Client(), officer, second_factor=False)
    assert client.get(DESK).status_code == 302
    assert client.post(DESK, CHOICE).status_code == 302
    assert PrintBatch.objects.count() == 0


@pytest.mark.parametrize("badges", [1, 3])
def test_desk_takes_constant_queries(
    forum: Forum, officer: Account, officer_client: Client, badges: int, django_assert_num_queries
) -> None:
    for _ in range(badges):
        make_holder(forum)
    print_all(forum, officer)
    for _ in range(badges):
        make_holder(forum)
    desk(officer_client)
    with django_assert_num_queries(16):
        desk(officer_client)


def test_one_badge_is_printed_at_once(forum: Forum, officer_client: Client) -> None:
    badge = make_holder(forum)
    officer_client.post(f"{DESK}{badge.registration.ref}/")
    batch = PrintBatch.objects.get()
    assert (chosen(batch), batch.sheet) == ([badge.pk], "a6")


def test_lost_badge_is_replaced_with_a_reason(forum: Forum, officer_client: Client) -> None:
    badge = make_holder(forum)
    address = f"{DESK}{badge.registration.ref}/reissue/"
    response = officer_client.post(address, {"reason": "потерян", "next": f"/team/people/{badge.registration.ref}/"})
    assert response.headers["Location"] == f"/team/people/{badge.registration.ref}/"
    assert [c.state for c in Credential.objects.order_by("pk")] == [CredentialState.REPLACED, CredentialState.LIVE]


def test_without_a_reason_nothing_is_replaced(forum: Forum, officer_client: Client) -> None:
    badge = make_holder(forum)
    response = officer_client.post(f"{DESK}{badge.registration.ref}/reissue/", {"reason": " "})
    assert (response.status_code, Credential.objects.count()) == (409, 1)


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
def test_the_way_back_stays_in_our_house(forum: Forum, officer_client: Client, target: str) -> None:
    badge = make_holder(forum)
    address = f"{DESK}{badge.registration.ref}/reissue/"
    assert officer_client.post(address, {"reason": "x", "next": target}).headers["Location"] == DESK
