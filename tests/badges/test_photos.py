"""The photo on the badge and at the desk: only where it is agreed to, small, sealed, gone with the consent."""

from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pypdfium2
import pytest
import time_machine
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now
from PIL import Image

from badges.actions.issuing import fresh_file, issue_badge
from badges.actions.scans import record_scan
from badges.engine.layout import render_badge
from badges.engine.photo import DOTS, for_paper
from badges.engine.sheets import render_batch
from badges.models import BadgeFile, Credential, PrintRecord
from badges.queries import facts
from badges.queries.badges import badge_states
from badges.queries.facts import FactsHash
from badges.queries.files import content_of_badge
from badges.queries.printing import PrintState, print_queue
from forum.enums import Role
from forum.models import Account, AuditEntry, Forum, Message, StoredFile
from forum.queries.jobs import result_of
from forum.uploads import PHOTO, take_in
from registration.actions.consents import withdraw_consent
from registration.actions.pictures import keep_picture, remove_picture
from registration.enums import ConsentPurpose, PictureKind
from registration.models import Category, Consent, Registration
from registration.queries.consents import matters_of
from tests.badges.api.test_scans import Phone, body
from tests.badges.badge_facts import make_facts
from tests.badges.paper import codes_on, rendered, text_of
from tests.badges.test_actions_printing import printed
from tests.factories.badges import make_device, make_holder, make_point, scan_of
from tests.factories.documents import agree
from tests.factories.forum import make_staff
from tests.factories.registration import make_category
from tests.pictures import picture

pytestmark = pytest.mark.django_db


def hand_in(credential: Credential) -> None:
    registration = Registration.objects.select_related("category", "forum", "person").get(pk=credential.registration_id)
    taken = take_in(picture(), name="a.jpg", declared="image/jpeg", rule=PHOTO)
    keep_picture(registration, kind=PictureKind.PHOTO, picture=taken, by=None)


def holder(forum: Forum) -> Credential:
    """With a photo; the category takes photos."""
    make_category(forum)
    Category.objects.filter(forum=forum).update(takes_photos=True)
    credential = make_holder(forum, category=Category.objects.get(forum=forum))
    agree(credential.registration, ConsentPurpose.PHOTO)
    hand_in(credential)
    return credential


def withdraw(credential: Credential) -> None:
    registration = credential.registration
    matter = next(one for one in matters_of(registration.person) if one.purpose == ConsentPurpose.PHOTO)
    withdraw_consent(registration, matter=matter, language="ru", by=None)


def pictures_on(content: bytes, page: int = 0) -> int:
    document = pypdfium2.PdfDocument(BytesIO(content))
    return len(list(document[page].get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])))


def content_of(credential: Credential) -> bytes:
    return content_of_badge(fresh_file(credential), credential=credential)


def state(forum: Forum) -> str:
    return print_queue(forum).get().print_state


def noise(width: int = 480, height: int = 640) -> bytes:
    """As little to be packed as a photo can be."""
    out = BytesIO()
    Image.effect_noise((width, height), 60).convert("RGB").save(out, "JPEG", quality=90)
    return out.getvalue()


def test_the_photo_is_printed_on_the_front_only(forum: Forum) -> None:
    content = content_of(holder(forum))
    assert (pictures_on(content), pictures_on(content, 1)) == (1, 0)


def test_a_photo_is_made_small_for_paper() -> None:
    small = for_paper(noise())
    assert Image.open(BytesIO(small)).size == DOTS
    plain, with_photo = render_badge(make_facts()), render_badge(make_facts(photo=small))
    assert len(with_photo) - len(plain) < 60_000
    assert b"DCTDecode" in with_photo


def test_everything_said_stays_on_the_badge_beside_a_photo() -> None:
    plain, with_photo = text_of(render_badge(make_facts())), text_of(render_badge(make_facts(photo=for_paper(noise()))))
    assert sorted(with_photo.split()) == sorted(plain.split())


def test_the_code_reads_beside_a_photo() -> None:
    badge = make_facts(photo=for_paper(noise()))
    assert [code.text for code in codes_on(next(rendered(render_badge(badge))))] == [badge.token]


def test_a_long_run_keeps_no_photo_in_memory() -> None:
    small = for_paper(noise())
    written: list[int] = []

    class Out:
        def write(self, data: bytes, /) -> int:
            written.append(len(data))
            return len(data)

    badges = [make_facts(photo=small) for _ in range(8)]
    report = render_batch(iter(badges), Out(), sheet="a4")
    assert (report.printed, report.pages) == (8, 2)
    assert sum(written) > 2 * len(small)


@pytest.mark.parametrize("lack", ["switch", "consent", "photo"])
def test_no_photo_without_switch_consent_and_photo(forum: Forum, lack: str) -> None:
    credential = holder(forum)
    if lack == "switch":
        Category.objects.update(takes_photos=False)
    elif lack == "consent":
        withdraw(credential)
    else:
        remove_picture(credential.registration, kind=PictureKind.PHOTO, by=None)
    assert pictures_on(content_of(credential)) == 0


def test_a_badge_without_a_photo_is_what_it_was_before_there_were_photos(forum: Forum) -> None:
    """Papers printed by an older version of the program must not become stale."""
    make_holder(forum)
    row = print_queue(forum).annotate(before=FactsHash(facts.facts_list())).get()
    assert (row.photo_pk, row.facts_hash) == (None, row.before)


def test_a_new_another_and_no_photo_make_paper_stale(forum: Forum, officer: Account) -> None:
    make_category(forum)
    Category.objects.filter(forum=forum).update(takes_photos=True)
    credential = make_holder(forum, category=Category.objects.get(forum=forum))
    agree(credential.registration, ConsentPurpose.PHOTO)
    printed(forum, officer, credential)
    assert state(forum) == PrintState.PRINTED
    for change in (hand_in, hand_in, withdraw):
        change(credential)
        assert state(forum) == PrintState.STALE
        printed(forum, officer, credential)
        assert state(forum) == PrintState.PRINTED


def test_drawings_with_a_photo_are_sealed(forum: Forum, officer: Account) -> None:
    credential = holder(forum)
    stored = fresh_file(credential)
    batch = printed(forum, officer, credential)
    for file in (stored, batch.job.result):
        with default_storage.open(str(file.file.name)) as kept:
            assert not kept.read().startswith(b"%PDF")
    assert content_of_badge(stored, credential=credential).startswith(b"%PDF")
    assert pictures_on(result_of(batch.job)) == 1


def test_with_the_consent_the_photo_leaves_badge_batch_and_store(
    forum: Forum, officer: Account, django_capture_on_commit_callbacks: Any
) -> None:
    credential = holder(forum)
    other = make_holder(forum, category=Category.objects.create(**_plain(forum)))
    issue_badge(registration_id=credential.registration_id)
    batch = printed(forum, officer, credential, other)
    with django_capture_on_commit_callbacks(execute=True):
        withdraw(credential)
    batch.job.refresh_from_db()
    assert batch.job.result is None
    assert StoredFile.objects.filter(purpose__in=["badge", "print_batch", "person_picture"]).count() == 0
    drawn = BadgeFile.objects.get(credential=credential)
    assert drawn.file is None and drawn.erased_at is not None
    assert PrintRecord.objects.count() == 2
    (one,) = badge_states(Registration.objects.filter(pk=credential.registration_id))
    assert one.is_stale
    issue_badge(registration_id=credential.registration_id)
    assert pictures_on(content_of(credential)) == 0
    assert Message.objects.filter(reason="badges.ready").count() == 1


def _plain(forum: Forum) -> dict[str, Any]:
    from registration.enums import PoolKind
    from registration.models import Pool

    return {
        "forum": forum, "code": "plain", "name_ru": "Гость", "name_en": "Guest", "letter": "G", "colour": "#1F4E79",
        "seniority": 900, "pool": Pool.objects.create(kind=PoolKind.CATEGORY, places=10),
    }  # fmt: skip


def test_a_photo_taken_back_while_it_is_drawn_is_not_kept(forum: Forum, monkeypatch: pytest.MonkeyPatch) -> None:
    from badges.actions import issuing

    credential = holder(forum)
    draw = issuing.render_badge

    def slow(*asked: Any, **how: Any) -> bytes:
        content = draw(*asked, **how)
        if Consent.objects.filter(document__purpose="photo", withdrawal=None).exists():
            withdraw(credential)
        return content

    monkeypatch.setattr(issuing, "render_badge", slow)
    assert pictures_on(content_of(credential)) == 0
    assert BadgeFile.objects.filter(photo__isnull=False).count() == 0


# --- at the desk -------------------------------------------------------------------------------------------------------------
def test_the_answer_says_that_there_is_a_photo_and_costs_no_statement(forum: Forum) -> None:
    credential = holder(forum)
    device, _token = make_device(make_point(forum))
    record_scan(scan_of(credential, point=device.point), device=device)
    with CaptureQueriesContext(
        connection,
    ) as caught:
        answer = record_scan(scan_of(credential, point=device.point, nonce=uuid4()), device=device)
    statements = [
        one["sql"] for one in caught if not one["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))
    ]
    assert len(statements) == 2
    assert answer.person is not None and answer.person.photo_pk is not None


def test_the_phone_that_scanned_sees_the_photo_for_ten_minutes(forum: Forum) -> None:
    credential = holder(forum)
    device, token = make_device(make_point(forum))
    phone, sent = Phone(token), body(credential, device)
    assert phone.post(sent).json()["person"]["photo"] is True
    answer = phone.get(f"scans/{sent['nonce']}/photo")
    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (200, "image/jpeg", "no-store")
    assert Image.open(BytesIO(answer.content)).size == (240, 320)
    look = AuditEntry.objects.get(action="registration.picture_looked")
    assert look.actor == device.holder and device.point.name in look.reason
    with time_machine.travel(now() + timedelta(minutes=11), tick=False):
        assert phone.get(f"scans/{sent['nonce']}/photo").status_code == 404


def test_nobody_else_sees_it(forum: Forum) -> None:
    credential = holder(forum)
    device, token = make_device(make_point(forum))
    sent = body(credential, device)
    Phone(token).post(sent)
    address = f"scans/{sent['nonce']}/photo"
    _other, stranger = make_device(make_point(forum), holder=make_staff(forum, Role.CHECKIN_STAFF))
    assert Phone(stranger).get(address).status_code == 404
    assert Phone("wrong").get(address).status_code == 401
    assert Phone(token).get(f"scans/{uuid4()}/photo").status_code == 404
    withdraw(credential)
    assert Phone(token).get(address).status_code == 404


def test_no_face_where_no_name_is_shown(forum: Forum) -> None:
    credential = holder(forum)
    device, token = make_device(make_point(forum))
    registration = credential.registration
    matter = next(one for one in matters_of(registration.person) if one.is_needed)
    withdraw_consent(registration, matter=matter, language="ru", by=None)
    sent = body(credential, device)
    assert Phone(token).post(sent).json()["person"] is None
    assert Phone(token).get(f"scans/{sent['nonce']}/photo").status_code == 404
