"""What people say about their consents by word, as the team records it: pages, who may, and where it is seen afterwards."""

import json

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from forum.enums import Role
from forum.models import Account, Forum
from registration.enums import RegistrationState
from registration.models import Consent, ConsentWithdrawal, Registration
from registration.queries.consents import matters_of
from registration.web.consequences import consequences
from tests.factories.forum import make_account, make_staff
from tests.factories.registration import make_consent_document
from tests.registration.test_actions_consents import agreed, matter
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db
LETTER = {"way": "letter", "note": "папка 4"}


@pytest.fixture(params=[Role.PRIVACY_OFFICER, Role.ACCREDITATION_OFFICER], ids=["privacy", "accreditation"])
def recorder(request: pytest.FixtureRequest, forum: Forum) -> Client:
    return sign_in(Client(), make_staff(forum, request.param))


@pytest.fixture
def officer_client(officer: Account) -> Client:
    return sign_in(Client(), officer)


@pytest.fixture
def anna(forum: Forum) -> Registration:
    registration = agreed(forum, purpose="publication")
    make_consent_document(forum, purpose="photo")
    return registration


def withdrawal(registration: Registration, key: str = "publication") -> str:
    return reverse("privacy:withdrawal", args=[registration.ref, key])


def signed(registration: Registration, key: str = "photo") -> str:
    return reverse("privacy:signed", args=[registration.ref, key])


def today(**more: str) -> dict[str, str]:
    return {"received_on": localdate().isoformat(), **LETTER, **more}


def test_both_officers_record_a_withdrawal_and_see_it(recorder: Client, anna: Registration) -> None:
    page = recorder.get(reverse("privacy:person", args=[anna.ref])).content.decode()
    assert withdrawal(anna) in page and signed(anna) in page and signed(anna, "publication") not in page
    answer = recorder.post(withdrawal(anna), today(way="email"), follow=True)
    assert (answer.status_code, ConsentWithdrawal.objects.get().way) == (200, "email")
    body = answer.content.decode()
    assert "по электронной почте" in body and withdrawal(anna) not in body
    assert recorder.get(withdrawal(anna)).status_code == 302
    again = recorder.post(withdrawal(anna), today(), follow=True).content.decode()
    assert "уже отозвано" in again and ConsentWithdrawal.objects.count() == 1


@pytest.mark.parametrize("key", ["processing", "publication"])
def test_first_the_consequences_of_the_persons_own_page(recorder: Client, anna: Registration, key: str) -> None:
    page = recorder.get(withdrawal(anna, key))
    assert list(page.context["consequences"]) == consequences(anna, matter(anna, key))
    body = page.content.decode()
    assert all(str(line) in body for line in page.context["consequences"])
    assert body.index("Отменить это нельзя") < body.index('name="note"')
    assert not ConsentWithdrawal.objects.exists()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"received_on": "2090-01-01"}, "received_on"),
        ({"received_on": "2020-01-01"}, "received_on"),
        ({"received_on": "вчера"}, "received_on"),
        ({"way": "own_click"}, "way"),
        ({"note": ""}, "note"),
        ({"note": "п" * 201}, "note"),
    ],
    ids=["future", "before", "no-day", "own", "empty", "long"],
)
def test_a_refused_withdrawal_keeps_what_was_typed(
    recorder: Client, anna: Registration, typed: dict[str, str], field: str
) -> None:
    answer = recorder.post(withdrawal(anna), today(**typed))
    form = answer.context["form"]
    assert (answer.status_code, list(form.errors)) == (422, [field])
    assert {name: form[name].value() for name in today()} == today(**typed)
    assert answer.context["consequences"] and not ConsentWithdrawal.objects.exists()


def test_both_officers_record_a_signed_paper(recorder: Client, anna: Registration) -> None:
    assert make_consent_document(anna.forum, purpose="photo").title in recorder.get(signed(anna)).content.decode()
    typed = {"signed_on": "2090-01-01", "witness": "Свидетелева Ольга", "language": "be"}
    refused = recorder.post(signed(anna), typed)
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["signed_on"])
    assert refused.context["form"]["witness"].value() == "Свидетелева Ольга"
    recorder.post(signed(anna), typed | {"signed_on": localdate().isoformat()})
    consent = Consent.objects.get(document__purpose="photo")
    assert (consent.evidence, consent.witness, consent.language) == ("signed_paper", "Свидетелева Ольга", "be")
    assert recorder.get(signed(anna)).status_code == 302


def test_paper_is_offered_for_nothing_that_begins_an_application(recorder: Client, anna: Registration) -> None:
    recorder.post(withdrawal(anna, "processing"), today())
    page = recorder.get(reverse("privacy:person", args=[anna.ref])).content.decode()
    assert "/paper/" not in page
    assert recorder.get(signed(anna, "processing")).status_code == 302
    typed = {"signed_on": localdate().isoformat(), "witness": "Свидетелева Ольга", "language": "ru"}
    assert recorder.post(signed(anna), typed).status_code == 422


def test_the_way_there_is_beside_each_consent(officer_client: Client, forum: Forum, anna: Registration) -> None:
    person = officer_client.get(reverse("people:detail", args=[anna.ref])).content.decode()
    assert withdrawal(anna) in person and withdrawal(anna, "processing") in person
    assert reverse("privacy:person", args=[anna.ref]) in person
    officer_client.post(withdrawal(anna), today())
    person = officer_client.get(reverse("people:detail", args=[anna.ref])).content.decode()
    assert withdrawal(anna) not in person and "письмом по почте" in person and "папка 4" in person
    register = sign_in(Client(), make_staff(forum, Role.PRIVACY_OFFICER)).get("/team/consents/").content.decode()
    assert reverse("privacy:person", args=[anna.ref]) in register and "письмом по почте" in register


def test_the_copy_of_the_register_says_how_it_came(forum: Forum, anna: Registration) -> None:
    client = sign_in(Client(), make_staff(forum, Role.PRIVACY_OFFICER))
    client.post(withdrawal(anna), today(way="desk"))
    answer = client.post("/team/consents/export/csv/", {"reason": "x", "filter": "purpose=publication"})
    heads, line = answer.content.decode("utf-8-sig").strip().splitlines()
    assert "Как отозвано" in heads and f"на стойке;{localdate().isoformat()};" in line.replace('"', "")


def test_drafts_erased_people_and_other_roles_see_nothing(recorder: Client, forum: Forum, anna: Registration) -> None:
    Registration.objects.filter(pk=anna.pk).update(state=RegistrationState.DRAFT)
    assert recorder.get(withdrawal(anna)).status_code == recorder.get(signed(anna)).status_code == 404
    Registration.objects.filter(pk=anna.pk).update(state=RegistrationState.CONFIRMED)
    assert recorder.get(withdrawal(anna, "nonsense")).status_code == 404
    other = sign_in(Client(), make_staff(forum, Role.VISIT_COORDINATOR))
    assert other.post(withdrawal(anna), today()).status_code == 404
    assert matters_of(anna.person)[0].given


@pytest.mark.parametrize("language", ["ru", "en", "uz", "be"])
def test_the_person_sees_how_and_when_it_came(officer_client: Client, anna: Registration, language: str) -> None:
    account = make_account("anna@example.org")
    anna.person.account = account
    anna.person.save(update_fields=["account"])
    officer_client.post(withdrawal(anna), today())
    own = sign_in(Client(), account, second_factor=False)
    words = {"ru": "письмом по почте", "en": "by letter", "uz": "xat orqali", "be": "лістом па пошце"}[language]
    for page in ("data", "consents"):
        assert (
            words
            in own.get(
                reverse(f"registration:{page}", args=[anna.ref]).replace("/ru/", f"/{language}/"), follow=True
            ).content.decode()
        )
    data = json.loads(own.get(f"/{language}/my/{anna.ref}/data/json/").content)
    told = next(row for row in data["consents"]["records"] if row.get("withdrawn_at"))
    assert (told["withdrawn_way"], told["received_on"]) == (words, localdate().isoformat())
