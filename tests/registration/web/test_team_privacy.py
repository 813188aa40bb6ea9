"""The register of consents: who sees it, what is found, what leaves it, which text follows which."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client

from forum.actions.jobs import run
from forum.enums import Role
from forum.models import AuditEntry, Forum, Job, Message, Organisation, Region
from forum.web.searched import sealed
from registration.actions.consents import note_consent, withdraw_consent
from registration.enums import ConsentEvidence, RegistrationState
from registration.models import Consent, ConsentDocument, Person, Registration
from registration.queries.consents import matters_of
from tests.factories.agenda import make_programme
from tests.factories.forum import make_staff
from tests.factories.registration import make_consent_document, make_person, make_registration
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db
ROOM = "/team/consents/"


@pytest.fixture
def officer_client(forum: Forum) -> Client:
    return sign_in(Client(), make_staff(forum, Role.PRIVACY_OFFICER))


def agreed(forum: Forum, *, purpose: str = "processing", **names: str) -> Registration:
    registration = make_registration(forum, state=RegistrationState.CONFIRMED, person=make_person(forum, **names))
    document = make_consent_document(forum, purpose=purpose)
    note_consent(registration.person, document=document, language="ru", evidence=ConsentEvidence.OWN_TICK)
    return registration


def take_back(registration: Registration) -> None:
    withdraw_consent(registration, matter=matters_of(registration.person)[0], language="ru", by=None)


def test_counts_filters_and_standing(officer_client: Client, forum: Forum) -> None:
    agreed(forum)
    take_back(agreed(forum, surname="Отозванова", latin_surname="OTOZVANOVA"))
    agreed(forum, purpose="publication", surname="Сценина", latin_surname="STSENINA")
    page = officer_client.get(ROOM)
    assert [(one.document.purpose, one.live, one.withdrawn, one.to_ask) for one in page.context["counts"]] == [
        ("processing", 1, 1, 0),
        ("publication", 1, 0, 0),
    ]
    body = page.content.decode()
    assert "Сценина" in body and "Отозванова" not in body
    assert len(officer_client.get(f"{ROOM}?purpose=publication").context["rows"]) == 1
    assert len(officer_client.get(f"{ROOM}?standing=withdrawn").context["rows"]) == 1
    assert len(officer_client.get(f"{ROOM}?evidence=signed_paper").context["rows"]) == 0


@pytest.mark.parametrize("query", ["приложков", "PRILOZHKOV", "Prilozhkov"])
def test_search_takes_any_spelling_by_post_only(officer_client: Client, forum: Forum, query: str) -> None:
    agreed(forum)
    agreed(forum, surname="Приложков", latin_surname="PRILOZHKOV")
    found = officer_client.post(ROOM, {"q": query, "purpose": "processing"}, follow=True).context["rows"]
    assert [row["consent"].person.surname for row in found] == ["Приложков"]
    assert len(officer_client.get(f"{ROOM}?q={query}").context["rows"]) == 2


def test_who_withdrew_is_found_by_reference_and_not_named(officer_client: Client, forum: Forum) -> None:
    registration = agreed(forum)
    take_back(registration)
    answer = officer_client.post(ROOM, {"q": registration.ref}, follow=True)
    assert len(answer.context["rows"]) == 1
    assert "Примерова" not in answer.content.decode()


def test_csv_is_safe_readable_and_logged(officer_client: Client, forum: Forum) -> None:
    agreed(forum)
    Person.objects.update(surname="=HYPERLINK(1)", given_name="")
    answer = officer_client.post(f"{ROOM}export/csv/", {"reason": "запрос надзора", "filter": ""})
    assert answer.content[:3] == b"\xef\xbb\xbf"
    assert "'=HYPERLINK(1)" in answer.content.decode()
    assert answer["Cache-Control"] == "private, no-store"
    entry = AuditEntry.objects.get(action="consents.exported")
    assert (entry.reason, entry.data["rows"], entry.data["format"]) == ("запрос надзора", 1, "csv")


def test_xlsx_holds_what_was_found(officer_client: Client, forum: Forum) -> None:
    agreed(forum)
    agreed(forum, surname="Приложков", latin_surname="PRILOZHKOV")
    answer = officer_client.post(f"{ROOM}export/xlsx/", {"reason": "x", "filter": f"words={sealed('Приложков')}"})
    text = ZipFile(BytesIO(answer.content)).read("xl/sharedStrings.xml").decode()
    assert "Приложков" in text and "Примерова" not in text


def test_no_copy_without_a_reason(officer_client: Client, forum: Forum) -> None:
    agreed(forum)
    answer = officer_client.post(f"{ROOM}export/csv/", {"reason": " ", "filter": f"words={sealed('Примерова')}"})
    assert (answer.status_code, answer.context["form"].narrowed_by.query) == (422, "Примерова")
    assert not AuditEntry.objects.filter(action="consents.exported").exists()
    assert officer_client.post(f"{ROOM}export/pdf/", {"reason": "x"}).status_code == 404


def text_values(**changes: str) -> dict[str, str]:
    texts = {f"{part}_{code}": f"{part} {code}" for part in ("title", "body") for code in ("ru", "en", "uz", "be")}
    return {"purpose": "processing", "checked": "on"} | texts | changes


def test_new_version_leaves_old_consents_and_says_who_is_asked_again(officer_client: Client, forum: Forum) -> None:
    registration = agreed(forum)
    assert officer_client.post(f"{ROOM}texts/new/", text_values()).status_code == 302
    newest = ConsentDocument.objects.first()
    assert (newest.version, newest.body_uz, Consent.objects.get().document.version) == (2, "body uz", 1)
    page = officer_client.get(f"{ROOM}texts/").content.decode()
    assert [newest.text_hash(code) in page for code in ("ru", "en", "uz", "be")] == [True] * 4
    found = officer_client.get(f"{ROOM}?standing=older").context["rows"]
    assert [row["consent"].person for row in found] == [registration.person]
    note_consent(registration.person, document=newest, language="ru", evidence=ConsentEvidence.OWN_TICK)
    assert officer_client.get(f"{ROOM}?standing=older").context["rows"] == []


@pytest.mark.parametrize(
    "changes",
    [
        {"checked": ""},
        {"title_ru": ""},
        {"body_uz": ""},
        {"purpose": "plant_access"},
        {"purpose": "nonsense"},
        {"receiver": "nobody"},
    ],
)
def test_a_text_with_gaps_is_not_published(officer_client: Client, forum: Forum, changes: dict[str, str]) -> None:
    answer = officer_client.post(f"{ROOM}texts/new/", text_values(**changes))
    assert (answer.status_code, ConsentDocument.objects.count()) == (422, 0)
    assert "body en" in answer.content.decode()


@pytest.mark.parametrize("role", [Role.ACCREDITATION_OFFICER, Role.PROGRAMME_EDITOR, Role.VIEWER])
def test_other_roles_find_nothing_here(forum: Forum, role: Role) -> None:
    client = sign_in(Client(), make_staff(forum, role))
    for address in (ROOM, f"{ROOM}texts/", f"{ROOM}texts/new/"):
        assert client.get(address).status_code == 404
    assert client.post(f"{ROOM}export/csv/", {"reason": "x"}).status_code == 404


def test_drafts_are_counted_and_not_named(officer_client: Client, forum: Forum) -> None:
    registration = agreed(forum)
    Registration.objects.update(state=RegistrationState.DRAFT, submitted_at=None)
    page = officer_client.get(ROOM)
    assert (page.context["counts"][0].live, "Примерова" in page.content.decode()) == (1, False)
    assert officer_client.post(ROOM, {"q": registration.ref}, follow=True).context["rows"] == []


def test_a_text_for_a_receiver_is_published_for_that_receiver_alone(officer_client: Client, forum: Forum) -> None:
    plant = make_programme(forum).host
    abroad = Organisation.objects.create(slug="namuna", name="Namuna", region=Region.objects.get(code="UZ"))
    send = f"{ROOM}texts/new/"
    for purpose, receiver in (("plant_access", abroad), ("abroad", plant), ("processing", plant)):
        assert officer_client.post(send, text_values(purpose=purpose, receiver=receiver.slug)).status_code == 422
    for purpose, receiver in (("plant_access", plant), ("abroad", abroad)):
        assert officer_client.post(send, text_values(purpose=purpose, receiver=receiver.slug)).status_code == 302
    assert set(ConsentDocument.objects.values_list("purpose", "receiver")) == {
        ("plant_access", plant.pk),
        ("abroad", abroad.pk),
    }
    page = officer_client.get(f"{send}?matter=plant-access--{plant.slug}").content.decode()
    assert f'value="{plant.slug}" selected' in page


def test_whoever_agreed_to_the_older_text_gets_one_letter(officer_client: Client, forum: Forum) -> None:
    """In their language, not to those who left or took it back, and once however often the work runs."""
    registration = agreed(forum)
    Registration.objects.filter(pk=registration.pk).update(language="uz")
    take_back(agreed(forum, surname="Отозванова", latin_surname="OTOZVANOVA"))
    Message.objects.all().delete()
    officer_client.post(f"{ROOM}texts/new/", text_values())
    job = Job.objects.get(kind="registration.tell_of_text")
    for _run in range(2):
        run(job_id=job.pk)
        Job.objects.filter(pk=job.pk).update(state="queued")
    letter = Message.objects.get(reason="registration.newer_text")
    assert (letter.subject_id, letter.language, json.loads(letter.context)["title"]) == (
        registration.ref,
        "uz",
        "title uz",
    )
    assert matters_of(registration.person)[0].given  # the older consent holds until then


def test_the_first_text_asks_nobody_by_letter(officer_client: Client, forum: Forum) -> None:
    officer_client.post(f"{ROOM}texts/new/", text_values())
    assert not Job.objects.exists()
