"""Pictures of people: off unless the forum asks for them, drawn anew, for their owner alone, gone when they say so."""

from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from forum.models import Account, AuditEntry, Forum, StoredFile
from registration.enums import ConsentPurpose, RegistrationState
from registration.models import Category, PersonPicture, Registration
from tests.factories.documents import agree, need
from tests.factories.forum import make_account
from tests.factories.registration import make_category, make_person, make_registration
from tests.pictures import SECRET, picture, pixel_bomb, with_notes
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db
P = ConsentPurpose


@pytest.fixture
def anna(forum: Forum) -> Registration:
    person = make_person(forum, account=make_account("anna@example.org"))
    category = make_category(forum, takes_photos=True, takes_scans=True)
    made = make_registration(forum, state=RegistrationState.CONFIRMED, person=person, category=category)
    agree(made, P.PHOTO, P.DOCUMENT)
    return made


@pytest.fixture
def own(client: Client, anna: Registration) -> Client:
    return sign_in(client, Account.objects.get(email="anna@example.org"), second_factor=False)


def at(registration: Registration, kind: str = "photo", name: str = "picture") -> str:
    return reverse(f"registration:{name}", args=[registration.ref, kind])


def file(
    content: bytes, name: str = "Иванова паспорт.jpg", declared: str = "image/jpeg"
) -> dict[str, SimpleUploadedFile]:
    return {"picture": SimpleUploadedFile(name, content, content_type=declared)}


def test_a_photo_is_cropped_sealed_and_shown_to_its_owner(own: Client, anna: Registration) -> None:
    assert own.post(at(anna), file(with_notes(1200, 1600))).status_code == 302
    stored = StoredFile.objects.get(purpose="person_picture")
    with default_storage.open(str(stored.file.name)) as kept:
        assert not kept.read().startswith(b"\xff\xd8")
    assert "Иванова" not in f"{stored.name} {stored.file.name}"
    answer = own.get(at(anna, name="picture_file"))
    image = Image.open(BytesIO(answer.content))
    assert (image.size, SECRET.encode() in answer.content) == ((480, 640), False)
    assert answer["Content-Disposition"] == 'attachment; filename="photo.jpg"'
    assert answer["X-Content-Type-Options"] == "nosniff" and "private, no-store" in answer["Cache-Control"]
    assert AuditEntry.objects.filter(action="registration.picture_looked").count() == 1
    assert at(anna, name="picture_file") in own.get(at(anna)).content.decode()


def test_another_picture_takes_the_place_of_the_first(
    own: Client, anna: Registration, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        own.post(at(anna), file(picture(1000, 1000)))
        own.post(at(anna), file(picture(480, 640)))
    assert (PersonPicture.objects.count(), StoredFile.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (file(b"%PDF-1.7", "scan.pdf", "application/pdf"), "PDF не принимается"),
        (file(pixel_bomb(), "a.png", "image/png"), "слишком много точек"),
        (file(b"MZ" * 100), "не соответствует расширению"),
        (file(b""), "Файл пустой"),
        (file(picture(400, 400)), "Снимок слишком мал"),
        ({}, "Выберите снимок"),
        ({"picture": "text"}, "Выберите снимок"),
    ],
)
def test_what_is_not_taken_says_why_and_the_earlier_one_stays(
    own: Client, anna: Registration, sent: dict[str, object], words: str
) -> None:
    own.post(at(anna), file(picture()))
    kept = PersonPicture.objects.get().file_id
    answer = own.post(at(anna), sent)
    assert answer.status_code == 422 and words in answer.content.decode()
    assert PersonPicture.objects.get().file_id == kept


def test_a_scanner_that_is_away_takes_nothing_and_loses_nothing(
    own: Client, anna: Registration, settings: object
) -> None:
    own.post(at(anna), file(picture()))
    settings.UPLOAD_SCANNER = "command:/no/such/scanner"  # type: ignore[attr-defined]
    answer = own.post(at(anna), file(picture()))
    assert answer.status_code == 422 and "Передайте файл ещё раз через несколько минут." in answer.content.decode()
    assert PersonPicture.objects.count() == 1


def test_removing_erases_the_bytes(own: Client, anna: Registration, django_capture_on_commit_callbacks: object) -> None:
    own.post(at(anna), file(picture()))
    path = StoredFile.objects.get().file.name
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        assert own.post(at(anna, name="picture_remove")).status_code == 302
    assert (PersonPicture.objects.count(), StoredFile.objects.count(), default_storage.exists(str(path))) == (
        0,
        0,
        False,
    )
    assert own.get(at(anna, name="picture_file")).status_code == 404


def test_with_the_consent_the_photo_goes(own: Client, anna: Registration) -> None:
    own.post(at(anna), file(picture()))
    own.post(reverse("registration:withdraw_consent", args=[anna.ref, "photo"]))
    assert PersonPicture.objects.count() == 0
    assert own.post(at(anna), file(picture())).status_code == 422


def test_off_by_default_and_the_document_only_where_it_is_needed(
    own: Client, anna: Registration, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert own.get(at(anna, "scan")).status_code == 404  # nothing needs the document
    need(monkeypatch)
    assert own.get(at(anna, "scan")).status_code == 200
    assert own.post(at(anna, "scan"), file(picture(3000, 2000))).status_code == 302
    Category.objects.update(takes_photos=False, takes_scans=False)
    assert (own.get(at(anna)).status_code, own.post(at(anna), file(picture())).status_code) == (404, 404)
    assert "больше не просят" in own.get(at(anna, "scan")).content.decode()  # what is there can be taken back
    assert own.post(at(anna, "scan", "picture_remove"))["Location"] == reverse("registration:my")


def test_nobody_else_sees_it(own: Client, anna: Registration, organiser_client: Client) -> None:
    own.post(at(anna), file(picture()))
    for stranger in (Client(), organiser_client, sign_in(Client(), make_account(), second_factor=False)):
        for name in ("picture", "picture_file"):
            assert stranger.get(at(anna, name=name)).status_code == 404
        assert stranger.post(at(anna, name="picture_remove")).status_code == 404
    assert PersonPicture.objects.count() == 1
