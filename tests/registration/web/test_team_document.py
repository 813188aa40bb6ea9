"""The document before the team: masked, in full only with a reason that is logged first, and not too often."""

import pytest
from django.test import Client
from django.urls import reverse

from forum.enums import Role
from forum.models import Account, AuditEntry, Forum
from forum.web.limits import Limit
from registration.actions.erasing import erase_document
from registration.actions.pictures import keep_picture
from registration.enums import ConsentPurpose, DocumentField, ErasureBasis, PictureKind
from registration.models import Category, Registration
from registration.queries.documents import suspects
from registration.web import views_team_document
from tests.factories.documents import RUSSIAN, SECRETS, agree, make_holder, need, save
from tests.factories.forum import make_staff
from tests.pictures import picture
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db
ON_PAGE = RUSSIAN | {"issued_on": "01.06.2015"}
NEEDED = frozenset({DocumentField.NUMBER, DocumentField.ISSUED_BY})


@pytest.fixture(autouse=True)
def _asked(monkeypatch: pytest.MonkeyPatch) -> None:
    need(monkeypatch, fields=NEEDED)


@pytest.fixture
def holder(forum: Forum) -> Registration:
    made = make_holder(forum)
    save(made)
    return made


@pytest.fixture
def coordinator(forum: Forum) -> Client:
    return sign_in(Client(), make_staff(forum, Role.VISIT_COORDINATOR))


def at(registration: Registration, name: str = "document") -> str:
    return reverse(f"people:{name}", args=[registration.ref])


def secrets_in(page: str) -> list[str]:
    return [secret for secret in SECRETS if secret in page]


def test_everywhere_masked(officer_client: Client, holder: Registration) -> None:
    for address in (at(holder), at(holder, "detail"), reverse("people:list")):
        assert secrets_in(officer_client.get(address).content.decode()) == []
    assert "•• 345" in officer_client.get(at(holder)).content.decode()
    assert "•• 345" in officer_client.get(at(holder, "detail")).content.decode()


def test_in_full_with_a_reason_and_never_kept(officer_client: Client, holder: Registration, officer: Account) -> None:
    answer = officer_client.post(at(holder), {"reason": "сверка на стойке"})
    page = answer.content.decode()
    assert [value for value in ON_PAGE.values() if value not in page] == []
    assert answer["Cache-Control"] == "private, no-store"
    entry = AuditEntry.objects.latest("pk")
    assert (entry.action, entry.reason, entry.actor) == ("registration.document_looked", "сверка на стойке", officer)
    page = officer_client.get(at(holder)).content.decode()
    assert secrets_in(page) == [] and "сверка на стойке" in page


def test_without_a_reason_nothing_is_shown_or_written(officer_client: Client, holder: Registration) -> None:
    answer = officer_client.post(at(holder), {"reason": "  "})
    assert (answer.status_code, secrets_in(answer.content.decode())) == (422, [])
    assert not AuditEntry.objects.filter(action="registration.document_looked").exists()


def test_the_coordinator_reads_only_what_visits_need(coordinator: Client, holder: Registration) -> None:
    page = coordinator.post(at(holder), {"reason": "список завода"}).content.decode()
    shown = {column for column, value in ON_PAGE.items() if value in page}
    assert shown == {"series", "number", "issued_by"}


def test_the_coordinator_does_not_find_others(
    coordinator: Client, holder: Registration, monkeypatch: pytest.MonkeyPatch
) -> None:
    need(monkeypatch, fields=frozenset())
    assert coordinator.get(at(holder)).status_code == 404
    assert coordinator.post(at(holder), {"reason": "why"}).status_code == 404


def test_too_many_looks_are_refused(
    officer_client: Client, holder: Registration, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views_team_document, "LOOKS", Limit("looks", amount=3, seconds=3600))
    for _ in range(3):
        assert officer_client.post(at(holder), {"reason": "why"}).status_code == 200
    answer = officer_client.post(at(holder), {"reason": "ещё один"})
    assert (answer.status_code, secrets_in(answer.content.decode())) == (429, [])
    assert "ещё один" in answer.content.decode()
    assert AuditEntry.objects.filter(action="registration.document_looked").count() == 3


def test_pictures_are_shown_to_the_officer_inside_the_page(
    officer_client: Client, coordinator: Client, holder: Registration
) -> None:
    Category.objects.update(takes_photos=True)
    holder.category.refresh_from_db()
    agree(holder, ConsentPurpose.PHOTO)
    from forum.uploads import PHOTO, take_in

    taken = take_in(picture(), name="a.jpg", declared="image/jpeg", rule=PHOTO)
    keep_picture(holder, kind=PictureKind.PHOTO, picture=taken, by=None)
    assert "data:image/jpeg" not in officer_client.get(at(holder)).content.decode()
    assert "data:image/jpeg;base64," in officer_client.post(at(holder), {"reason": "why"}).content.decode()
    assert "data:image/jpeg" not in coordinator.post(at(holder), {"reason": "why"}).content.decode()
    assert AuditEntry.objects.get(action="registration.picture_looked").reason == "why"


def test_two_people_with_one_number_are_compared_and_may_stay(
    officer_client: Client, holder: Registration, forum: Forum
) -> None:
    second = make_holder(forum)
    save(second)
    page = officer_client.get(at(second)).content.decode()
    assert "Такой же номер документа" in page and at(holder, "detail") in page
    assert "Такой же номер документа" in officer_client.get(at(second, "detail")).content.decode()
    assert officer_client.post(at(second, "document_clear"), {"reason": ""}).status_code == 422
    assert suspects(forum).count() == 1
    officer_client.post(at(second, "document_clear"), {"reason": "разные люди, опечатка"})
    assert suspects(forum).count() == 0
    assert "Такой же номер документа" not in officer_client.get(at(second)).content.decode()


def test_the_delegate_is_not_told_of_a_suspicion(forum: Forum, holder: Registration) -> None:
    second = make_holder(forum)
    assert save(second).suspect_since is not None
    assert not AuditEntry.objects.filter(object_id=second.ref, reason__gt="").exists()


# --- acts ------------------------------------------------------------------------------------------------------------------
def test_the_act_of_a_day_says_what_was_erased_and_nothing_more(forum: Forum, holder: Registration) -> None:
    privacy = sign_in(Client(), make_staff(forum, Role.PRIVACY_OFFICER))
    assert "Пока ничего не удалено" in privacy.get(reverse("privacy:erasures")).content.decode()
    proof = erase_document(holder, basis=ErasureBasis.ASKED)
    assert proof
    from django.utils.timezone import localdate

    page = privacy.get(reverse("privacy:erasures")).content.decode()
    address = reverse("privacy:erasure_act", args=[localdate().isoformat()])
    assert address in page
    act = privacy.get(address).content.decode()
    assert "серия и номер, кем выдан" in act and "по просьбе самого человека" in act and secrets_in(act) == []
    assert privacy.get(reverse("privacy:erasure_act", args=["2001-01-01"])).status_code == 404
    assert privacy.get(reverse("privacy:erasure_act", args=["never"])).status_code == 404


def test_acts_are_for_who_answers_for_data(officer_client: Client) -> None:
    assert officer_client.get(reverse("privacy:erasures")).status_code == 404
