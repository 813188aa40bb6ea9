"""Consents to receivers: a list holds who has agreed, a withdrawal stops the next list, and who has the data is to be told."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client

from forum.enums import Role
from forum.models import Account, AuditEntry, Forum, Organisation, Region
from registration.actions.abroad_lists import hand_list_abroad
from registration.actions.consents import give_consent, withdraw_consent
from registration.actions.disclosures import note_handed, receiver_was_told
from registration.actions.person_erasing import erase_person
from registration.enums import ConsentPurpose, ErasureBasis, RegistrationState
from registration.models import ConsentDocument, HandedOut, Registration
from registration.queries.abroad import on_the_list
from registration.queries.consents import has_withdrawn, matters_of
from registration.queries.disclosures import to_tell
from tests.factories.forum import make_staff
from tests.factories.registration import make_consent_document, make_registration
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db
ABROAD = ConsentPurpose.ABROAD


@pytest.fixture
def centre(forum: Forum) -> Organisation:
    return Organisation.objects.create(slug="namuna", name="Namuna", region=Region.objects.get(code="UZ"))


@pytest.fixture
def text(forum: Forum, centre: Organisation) -> ConsentDocument:
    return make_consent_document(forum, purpose="abroad", receiver=centre)


@pytest.fixture
def uzbek(forum: Forum) -> Registration:
    return make_registration(forum, state=RegistrationState.CONFIRMED, delegation="UZ")


def matter(registration: Registration, key: str):
    return next((one for one in matters_of(registration.person) if one.key == key), None)


def take_back(registration: Registration, key: str = "abroad--namuna") -> bool:
    return withdraw_consent(registration, matter=matter(registration, key), language="ru", by=None)


def listed(officer: Account, centre: Organisation, forum: Forum) -> list[Registration]:
    return list(on_the_list(officer, centre, forum=forum))


def test_it_concerns_the_delegation_of_the_country_and_whom_it_sends(
    forum: Forum, centre: Organisation, text: ConsentDocument, uzbek: Registration
) -> None:
    sent = make_registration(forum, state=RegistrationState.CONFIRMED, sent_by=centre)
    other = make_registration(forum, state=RegistrationState.CONFIRMED)
    assert [bool(matter(one, "abroad--namuna")) for one in (uzbek, sent, other)] == [True, True, False]


def test_nobody_is_on_the_list_without_a_live_consent(
    forum: Forum, officer: Account, centre: Organisation, text: ConsentDocument, uzbek: Registration
) -> None:
    assert listed(officer, centre, forum) == []
    give_consent(uzbek, document=text, language="ru", by=None)
    assert listed(officer, centre, forum) == [uzbek]
    take_back(uzbek)
    assert listed(officer, centre, forum) == []
    assert has_withdrawn(uzbek.person, ABROAD, receiver=centre)


def test_a_withdrawal_after_the_list_waits_until_the_receiver_is_told(
    forum: Forum, officer: Account, centre: Organisation, text: ConsentDocument, uzbek: Registration
) -> None:
    privacy = make_staff(forum, Role.PRIVACY_OFFICER)
    give_consent(uzbek, document=text, language="ru", by=None)
    hand_list_abroad(forum, people=[uzbek], receiver=centre, by=officer)
    assert not to_tell(privacy, forum=forum).exists()
    take_back(uzbek)
    one = to_tell(privacy, forum=forum).get()
    assert not to_tell(make_staff(forum, Role.VISIT_COORDINATOR), forum=forum).exists()
    assert [receiver_was_told(one, by=privacy) for _press in range(2)] == [True, False]
    assert not to_tell(privacy, forum=forum).exists()


def test_two_receivers_are_two_decisions(
    forum: Forum, centre: Organisation, text: ConsentDocument, uzbek: Registration
) -> None:
    other = Organisation.objects.create(slug="second", name="Second", region=centre.region)
    second = make_consent_document(forum, purpose="abroad", receiver=other)
    for document in (text, second):
        give_consent(uzbek, document=document, language="ru", by=None)
    take_back(uzbek)
    assert [has_withdrawn(uzbek.person, ABROAD, receiver=one) for one in (centre, other)] == [True, False]


def test_agreeing_again_and_a_new_list_settle_an_earlier_recall(
    forum: Forum, officer: Account, centre: Organisation, text: ConsentDocument, uzbek: Registration
) -> None:
    give_consent(uzbek, document=text, language="ru", by=None)
    hand_list_abroad(forum, people=[uzbek], receiver=centre, by=officer)
    take_back(uzbek)
    give_consent(uzbek, document=text, language="ru", by=None)
    hand_list_abroad(forum, people=[uzbek], receiver=centre, by=officer)
    assert HandedOut.objects.get().recalled_at is None


def test_who_took_it_back_while_the_list_was_made_is_to_be_told_at_once(
    forum: Forum, centre: Organisation, text: ConsentDocument, uzbek: Registration
) -> None:
    give_consent(uzbek, document=text, language="ru", by=None)
    take_back(uzbek)
    note_handed([uzbek], receiver=centre, purpose=ABROAD)
    assert HandedOut.objects.get().recalled_at is not None


def test_processing_taken_back_or_a_deleted_person_recall_everything(
    forum: Forum, officer: Account, centre: Organisation, text: ConsentDocument, uzbek: Registration
) -> None:
    erased = make_registration(forum, state=RegistrationState.CONFIRMED, delegation="UZ")
    for one in (uzbek, erased):
        give_consent(one, document=make_consent_document(forum), language="ru", by=None)
        give_consent(one, document=text, language="ru", by=None)
    hand_list_abroad(forum, people=[uzbek, erased], receiver=centre, by=officer)
    take_back(uzbek, "processing")
    erase_person(erased, basis=ErasureBasis.ASKED, by=None, as_applicant=True)
    assert to_tell(make_staff(forum, Role.PRIVACY_OFFICER), forum=forum).count() == 2


def test_the_list_is_a_download_that_stands_in_the_log(
    forum: Forum, officer: Account, centre: Organisation, text: ConsentDocument, uzbek: Registration
) -> None:
    give_consent(uzbek, document=text, language="ru", by=None)
    client = sign_in(Client(), officer)
    assert "Namuna" in client.get("/team/people/abroad/").content.decode()
    answer = client.post(f"/team/people/abroad/{centre.slug}/")
    assert "Примерова" in ZipFile(BytesIO(answer.content)).read("xl/sharedStrings.xml").decode()
    assert AuditEntry.objects.get(action="abroad.list_made").data["people"] == 1
    assert client.post("/team/people/abroad/nobody/").status_code == 404


def test_the_page_of_receivers_names_whom_to_strike_off(
    forum: Forum, officer: Account, centre: Organisation, text: ConsentDocument, uzbek: Registration
) -> None:
    give_consent(uzbek, document=text, language="ru", by=None)
    hand_list_abroad(forum, people=[uzbek], receiver=centre, by=officer)
    take_back(uzbek)
    client = sign_in(Client(), make_staff(forum, Role.PRIVACY_OFFICER))
    page = client.get("/team/consents/tell/").content.decode()
    assert "Примерова" in page
    client.post(f"/team/consents/tell/{HandedOut.objects.get().public_id}/")
    assert "Примерова" not in client.get("/team/consents/tell/").content.decode()
