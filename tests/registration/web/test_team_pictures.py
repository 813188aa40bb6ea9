"""Which pictures a category takes: set by those who set how it is reviewed, and nothing is erased by a switch."""

import pytest
from django.test import Client
from django.urls import reverse

from forum.enums import Role
from forum.models import AuditEntry, Forum
from forum.uploads import PHOTO, take_in
from registration.actions.pictures import keep_picture
from registration.enums import ConsentPurpose, PictureKind, RegistrationState
from registration.models import Category, PersonPicture, Registration
from tests.factories.documents import agree
from tests.factories.forum import make_account, make_staff
from tests.factories.registration import make_category, make_person, make_registration
from tests.pictures import picture
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db
PAGE = "/team/people/pictures/"


def switches(category: Category) -> tuple[bool, bool]:
    category.refresh_from_db()
    return category.takes_photos, category.takes_scans


def with_photo(forum: Forum) -> Registration:
    category = make_category(forum, takes_photos=True)
    person = make_person(forum, account=make_account("anna@example.org"))
    made = make_registration(forum, state=RegistrationState.CONFIRMED, category=category, person=person)
    agree(made, ConsentPurpose.PHOTO)
    taken = take_in(picture(), name="a.jpg", declared="image/jpeg", rule=PHOTO)
    keep_picture(made, kind=PictureKind.PHOTO, picture=taken, by=None)
    return made


def test_each_category_has_its_own_switches(officer_client: Client, forum: Forum) -> None:
    delegate, media = make_category(forum), make_category(forum, code="media")
    assert officer_client.post(PAGE, {"photos_delegate": "on", "scans_media": "on"}).url == PAGE
    assert (switches(delegate), switches(media)) == ((True, False), (False, True))
    entry = AuditEntry.objects.get(action="category.pictures_set", object_id="delegate")
    assert entry.data == {"was_photos": False, "was_scans": False, "photos": True, "scans": False}
    officer_client.post(PAGE, {"photos_delegate": "on", "scans_media": "on"})
    assert AuditEntry.objects.filter(action="category.pictures_set").count() == 2


def test_a_photo_handed_in_stays_when_its_category_takes_none_any_more(officer_client: Client, forum: Forum) -> None:
    made = with_photo(forum)
    page = officer_client.get(PAGE).content.decode()
    assert "1 хранится" in page or "хранится: 1" in page or "1 kept" in page
    officer_client.post(PAGE, {})
    assert switches(made.category) == (False, False)
    assert PersonPicture.objects.count() == 1
    own = sign_in(Client(), made.person.account, second_factor=False)
    mine = own.get(reverse("registration:picture", args=[made.ref, "photo"]))
    assert "больше не просят" in mine.content.decode()


def test_the_page_names_ground_and_missing_text(officer_client: Client, forum: Forum) -> None:
    make_category(forum)
    page = officer_client.get(PAGE).content.decode()
    assert "152-ФЗ" in page and page.count("alert-ask") >= 0
    assert len(officer_client.get(PAGE).context["grounds"]) == 2
    assert all(ground["text"] is None for ground in officer_client.get(PAGE).context["grounds"])


def test_others_do_not_find_it(forum: Forum) -> None:
    for role in (Role.VISIT_COORDINATOR, Role.CHECKIN_SUPERVISOR, Role.PRIVACY_OFFICER, Role.VIEWER):
        stranger = sign_in(Client(), make_staff(forum, role))
        assert (stranger.get(PAGE).status_code, stranger.post(PAGE, {}).status_code) == (404, 404)


def test_the_way_to_the_photo_stands_on_ones_own_card(forum: Forum) -> None:
    made = with_photo(forum)
    own = sign_in(Client(), made.person.account, second_factor=False)
    address = reverse("registration:picture", args=[made.ref, "photo"])
    assert address in own.get(reverse("registration:my")).content.decode()
    PersonPicture.objects.all().delete()
    Category.objects.update(takes_photos=False)
    assert address not in own.get(reverse("registration:my")).content.decode()
