"""From “confirmed” to the badge in the mailbox."""

import io
from email import message_from_bytes, policy
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from badges.actions.issuing import fresh_file, issue_badge, sweep
from badges.enums import CredentialState
from badges.models import BadgeFile, Credential
from badges.tasks import issue_badge as issue_badge_task
from badges.tasks import sweep_credentials
from celery_app import app as celery
from forum.errors import DomainError
from forum.mailing import compose
from forum.models import Forum, Message, StoredFile
from registration.actions.applications import confirm, withdraw
from registration.actions.people import write_names
from registration.actions.state import lock, move
from registration.enums import RegistrationState
from registration.models import Registration
from tests.factories.badges import make_holder
from tests.factories.registration import make_category, make_person, make_registration

S = RegistrationState


def confirmed(forum: Forum, **changes) -> Registration:
    return make_registration(forum, state=S.CONFIRMED, **changes)


def pdf_of(file: StoredFile) -> pypdfium2.PdfDocument:
    with file.file.open("rb") as content:
        return pypdfium2.PdfDocument(io.BytesIO(content.read()))


def text_of(document: pypdfium2.PdfDocument) -> str:
    return document[0].get_textpage().get_text_range()


def codes_in(document: pypdfium2.PdfDocument, *, page: int = 0) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(document[page].render(scale=3).to_pil())]


def queued_tasks() -> list[tuple[str, dict[str, int]]]:
    """What waits for the badge worker, taken from the broker itself."""
    with celery.connection_for_read() as connection:
        queue = connection.SimpleQueue("badges")
        found = []
        while message := _next(queue):
            message.ack()
            found.append((message.headers["task"], message.payload[1]))
        return found


def _next(queue: Any) -> Any:
    try:
        return queue.get(block=False)
    except queue.Empty:
        return None


def test_confirming_tells_a_worker_after_commit_and_nothing_but_an_id(
    forum: Forum, django_capture_on_commit_callbacks
) -> None:
    queued_tasks()
    approved = make_registration(forum, state=S.APPROVED)
    with django_capture_on_commit_callbacks(execute=True):
        confirm(approved)
        assert queued_tasks() == []
    assert queued_tasks() == [("badges.issue_badge", {"registration_id": approved.pk})]


def test_move_that_is_rolled_back_tells_nobody(forum: Forum, django_capture_on_commit_callbacks) -> None:
    queued_tasks()
    approved = make_registration(forum, state=S.APPROVED)
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(RuntimeError), transaction.atomic():
        move(lock(approved), S.CONFIRMED, by=None)
        raise RuntimeError
    assert queued_tasks() == []


def test_badge_says_the_name_in_both_scripts_and_its_code_is_the_token(forum: Forum) -> None:
    drawn = issue_badge(registration_id=confirmed(forum).pk)
    document = pdf_of(drawn.file)
    text = text_of(document)
    for words in ("Примерова", "Анна Ильинична", "PRIMEROVA ANNA", "Завод «Образец»", "директор музея", "Томская"):
        assert words in text
    token = Credential.objects.get().token
    assert [codes_in(document, page=page) for page in (0, 1)] == [[token], [token]]


def test_file_is_private_and_names_nobody(forum: Forum) -> None:
    registration = confirmed(forum)
    stored = issue_badge(registration_id=registration.pk).file
    assert (stored.purpose, stored.name, stored.content_type) == ("badge", "badge.pdf", "application/pdf")
    assert stored.erase_after.date() > forum.ends_on
    assert stored.file.name == f"badge/{stored.public_id.hex[:2]}/{stored.public_id.hex}"
    about = pdf_of(stored).get_metadata_dict()
    assert not any(word in str(about.values()) for word in ("Примерова", "PRIMEROVA", registration.ref))


def test_short_position_is_printed_in_place_of_the_long_one(forum: Forum) -> None:
    drawn = issue_badge(registration_id=confirmed(forum, position_short="директор").pk)
    assert "директор музея" not in text_of(pdf_of(drawn.file))


def test_name_wished_for_on_the_badge_is_printed(forum: Forum) -> None:
    person = make_person(forum, badge_name="Аня Примерова")
    text = text_of(pdf_of(issue_badge(registration_id=confirmed(forum, person=person).pk).file))
    assert "Аня" in text and "Ильинична" not in text


def test_country_is_printed_in_english_too(forum: Forum) -> None:
    drawn = issue_badge(registration_id=confirmed(forum, delegation="UZ").pk)
    text = text_of(pdf_of(drawn.file))
    assert "Узбекистан" in text and "Uzbekistan" in text


def test_ten_runs_make_one_code_one_file_one_letter(forum: Forum) -> None:
    registration = confirmed(forum)
    for _ in range(10):
        issue_badge_task(registration_id=registration.pk)
    assert Credential.objects.filter(state=CredentialState.LIVE).count() == Credential.objects.count() == 1
    assert BadgeFile.objects.count() == StoredFile.objects.count() == 1
    assert Message.objects.filter(reason="badges.ready").count() == 1
    assert registration.return_links.count() == 1


def test_repeated_run_draws_nothing(forum: Forum) -> None:
    registration = confirmed(forum)
    issue_badge(registration_id=registration.pk)
    with CaptureQueriesContext(connection) as captured:
        issue_badge(registration_id=registration.pk)
    assert not [q for q in captured.captured_queries if q["sql"].startswith(("INSERT", "UPDATE"))]


@pytest.mark.parametrize(
    ("language", "subject"),
    [("ru", "бейдж"), ("en", "badge"), ("uz", "beyj"), ("be", "бэйдж")],
)
def test_letter_carries_the_badge_in_the_language_of_the_recipient(forum: Forum, language: str, subject: str) -> None:
    registration = confirmed(forum, language=language)
    issue_badge(registration_id=registration.pk)
    letter = Message.objects.get(reason="badges.ready")
    mail = message_from_bytes(compose(letter), policy=policy.default)
    assert subject in mail["Subject"].lower()
    assert mail["To"] == registration.person.email
    (attached,) = mail.iter_attachments()
    assert (attached.get_filename(), attached.get_content_type()) == ("badge.pdf", "application/pdf")
    assert codes_in(pypdfium2.PdfDocument(attached.get_content())) == [Credential.objects.get().token]
    for part in ("plain", "html"):
        body = mail.get_body((part,)).get_content()
        assert f"/{language}/" in body and Credential.objects.get().token not in body


def test_person_without_address_gets_no_letter(forum: Forum) -> None:
    issue_badge(registration_id=confirmed(forum, person=make_person(forum, email="")).pk)
    assert BadgeFile.objects.count() == 1
    assert Message.objects.count() == 0


def test_letter_of_a_dead_badge_is_not_sent(forum: Forum) -> None:
    registration = confirmed(forum)
    issue_badge(registration_id=registration.pk)
    letter = Message.objects.get(reason="badges.ready")
    withdraw(registration)
    with pytest.raises(DomainError) as refused:
        compose(letter)
    assert refused.value.code == "badges.ended"


@pytest.mark.parametrize("state", [S.APPROVED, S.CANCELLED, S.BLOCKED])
def test_nothing_is_made_for_those_who_are_not_confirmed(forum: Forum, state: RegistrationState) -> None:
    assert issue_badge(registration_id=make_registration(forum, state=state).pk) is None
    assert (Credential.objects.count(), BadgeFile.objects.count(), Message.objects.count()) == (0, 0, 0)


def test_registration_that_is_gone_is_no_fault(db: None) -> None:
    assert issue_badge(registration_id=4711) is None


def rename(registration: Registration, **names: str) -> None:
    write_names(registration.person, names)
    registration.person.save()


def test_missing_sign_is_flagged_and_nothing_is_sent_until_it_is_corrected(forum: Forum) -> None:
    registration = confirmed(forum, person=make_person(forum, surname="王"))
    assert issue_badge(registration_id=registration.pk) is None
    flagged = BadgeFile.objects.get()
    assert flagged.file is None
    assert flagged.problems == [{"field": "surname", "code": "missing_glyphs", "characters": "王"}]
    assert Message.objects.count() == 0
    with pytest.raises(DomainError) as refused:
        fresh_file(Credential.objects.get())
    assert refused.value.code == "badges.flagged"
    rename(registration, surname="Ван")
    assert sweep() == 1
    assert BadgeFile.objects.filter(file__isnull=False).count() == Message.objects.count() == 1


def test_corrected_name_gives_a_fresh_file_on_demand_and_no_second_letter(forum: Forum) -> None:
    registration = confirmed(forum)
    first = issue_badge(registration_id=registration.pk)
    rename(registration, surname="Образцова")
    assert issue_badge(registration_id=registration.pk) == first
    fresh = fresh_file(first.credential)
    assert fresh != first.file
    assert "Образцова" in text_of(pdf_of(fresh))
    assert fresh_file(first.credential) == fresh
    assert Message.objects.count() == 1


def test_sweep_finds_what_a_lost_broker_forgot(forum: Forum) -> None:
    forgotten = [confirmed(forum) for _ in range(2)]
    make_holder(forum)
    online = make_category(forum, code="online", prints_badge=False)
    confirmed(forum, category=online)
    make_registration(forum, state=S.APPROVED)
    sweep_credentials()
    assert BadgeFile.objects.filter(file__isnull=False).count() == 3
    assert set(Message.objects.values_list("subject_id", flat=True)) >= {r.ref for r in forgotten}
    assert sweep() == 0
