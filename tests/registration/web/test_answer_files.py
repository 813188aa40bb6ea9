"""Pictures as answers: handed in with the step, sealed, read by few and written down, gone with the answer."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import localdate, now

from forum.models import Account, AuditEntry, Forum, StoredFile
from registration.actions.answer_erasure import erase_old_answers
from registration.actions.answer_files import drop_unused
from registration.actions.applications import submit
from registration.actions.form_publishing import publish_form
from registration.models import Answer, AnswerFile, Registration
from tests.factories.questions import asks, make_draft, make_form
from tests.factories.registration import make_category
from tests.pictures import picture
from tests.registration.web.test_questions import address_of, hidden, stored
from tests.registration.web.walk import fill

pytestmark = pytest.mark.usefixtures("taken")
OFFICERS = "/team/people/{ref}/answers/{id}/"


@pytest.fixture
def taken(forum: Forum, officer: Account) -> None:
    make_form(forum, asks("card", "file", required=True), asks("why", required=True), by=officer)


def upload(content: bytes | None = None, name: str = "Петрова Анна.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture() if content is None else content, content_type="image/jpeg")


def hand_in(client: Client, draft: Registration, **values: Any) -> Any:
    page = client.get(address_of(draft)).content.decode()
    assert 'enctype="multipart/form-data"' in page
    draft.refresh_from_db()
    return client.post(address_of(draft), hidden(page) | {"version": draft.version, **values})


def test_a_picture_is_kept_though_another_answer_is_missing(client: Client, forum: Forum) -> None:
    draft = fill(client, forum)
    wrong = hand_in(client, draft, **{"q_card-file": upload(), "q_why": ""})
    assert wrong.status_code == 422
    kept = AnswerFile.objects.get()
    assert f'name="q_card" value="{kept.public_id}"' in wrong.content.decode()
    assert list(wrong.context["form"].errors) == ["q_why"]
    assert hand_in(client, draft, q_card=str(kept.public_id), q_why="x").status_code == 302
    kept.refresh_from_db()
    assert stored(draft) == {"card": str(kept.public_id), "why": "x"}
    assert kept.answer == Answer.objects.get(code="card")
    with kept.file.file.open("rb") as raw:
        assert not raw.read().startswith(b"\xff\xd8")
    own = client.get(f"/ru/my/{draft.ref}/answers/{kept.public_id}/")
    assert own.content.startswith(b"\xff\xd8")
    assert "attachment" in own["Content-Disposition"]
    assert "card.jpg" in own["Content-Disposition"]
    assert Client().get(f"/ru/my/{draft.ref}/answers/{kept.public_id}/").status_code == 404


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"%PDF-1.7", "card.pdf"), (b"", "card.jpg"), (b"MZ\x90", "card.jpg"), (b"\x89PNG", "card.png")],
)
def test_what_is_no_picture_is_refused_at_its_question(client: Client, forum: Forum, content: bytes, name: str) -> None:
    draft = fill(client, forum)
    refused = hand_in(client, draft, **{"q_card-file": upload(content, name), "q_why": "Учиться"})
    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == ["q_card"]
    assert 'value="Учиться"' in refused.content.decode()
    assert AnswerFile.objects.count() == 0


def test_somebody_elses_file_is_no_answer(client: Client, forum: Forum) -> None:
    other = Client()
    theirs = fill(other, forum)
    hand_in(other, theirs, **{"q_card-file": upload(), "q_why": "x"})
    kept = AnswerFile.objects.get()
    draft = fill(client, forum)
    refused = hand_in(client, draft, q_card=str(kept.public_id), q_why="x")
    assert (refused.status_code, stored(draft)) == (409, {})
    assert "q_card" in refused.context["form"].errors
    assert client.get(f"/ru/my/{draft.ref}/answers/{kept.public_id}/").status_code == 404


def test_another_picture_and_taking_it_back_leave_no_bytes(
    client: Client, forum: Forum, django_capture_on_commit_callbacks: Any
) -> None:
    draft = fill(client, forum)
    hand_in(client, draft, **{"q_card-file": upload(), "q_why": "x"})
    first = AnswerFile.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        hand_in(client, draft, **{"q_card": str(first.public_id), "q_card-file": upload(), "q_why": "x"})
    second = AnswerFile.objects.get()
    assert second.pk != first.pk
    assert list(StoredFile.objects.filter(purpose="answer_file")) == [second.file]
    gone = hand_in(client, draft, **{"q_card": str(second.public_id), "q_card-drop": "on", "q_why": "x"})
    assert gone.status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        AnswerFile.objects.update(answer=None, created_at=now() - timedelta(days=2))
        assert drop_unused() == 1
    assert StoredFile.objects.filter(purpose="answer_file").count() == 0


def test_officers_read_it_by_a_button_that_is_written_down(
    client: Client, officer_client: Client, forum: Forum, officer: Account
) -> None:
    draft = fill(client, forum)
    hand_in(client, draft, **{"q_card-file": upload(), "q_why": "x"})
    kept = AnswerFile.objects.get()
    door = OFFICERS.format(ref=draft.ref, id=kept.public_id)
    assert officer_client.post(door).status_code == 404
    draft.refresh_from_db()
    submit(draft)
    assert door in officer_client.get(f"/team/people/{draft.ref}/").content.decode()
    assert officer_client.get(door).status_code == 302
    assert officer_client.post(door).content.startswith(b"\xff\xd8")
    looks = AuditEntry.objects.filter(action="registration.answer_file_looked")
    assert [entry.actor for entry in looks] == [officer]


def test_only_those_who_may_see_the_answer_get_it(
    client: Client, officer_client: Client, forum: Forum, officer: Account
) -> None:
    category = make_category(forum)
    secret = make_draft(category, asks("card", "photo", visible_to=["visit_coordinator"]), asks("why"), by=officer)
    publish_form(secret, version=secret.version, by=officer, writes=False)
    draft = fill(client, forum)
    hand_in(client, draft, **{"q_card-file": upload(), "q_why": "x"})
    draft.refresh_from_db()
    submit(draft)
    kept = AnswerFile.objects.get()
    assert officer_client.post(OFFICERS.format(ref=draft.ref, id=kept.public_id)).status_code == 404


def test_it_is_erased_with_the_answer(client: Client, forum: Forum, django_capture_on_commit_callbacks: Any) -> None:
    draft = fill(client, forum)
    hand_in(client, draft, **{"q_card-file": upload(), "q_why": "x"})
    path = AnswerFile.objects.get().file.file
    Forum.objects.filter(pk=forum.pk).update(
        starts_on=localdate() - timedelta(days=45), ends_on=localdate() - timedelta(days=40)
    )
    with django_capture_on_commit_callbacks(execute=True):
        assert erase_old_answers() == 2
    assert (AnswerFile.objects.count(), StoredFile.objects.count()) == (0, 0)
    assert not path.storage.exists(path.name)
