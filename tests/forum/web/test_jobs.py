"""Long works on the screen: the list, one with its progress, its file, and the strip on every page."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from forum.actions.files import store_file
from forum.enums import JobState, Role
from forum.models import Account, AuditEntry, Forum, Job
from tests.factories.forum import make_forum, make_staff
from tests.factories.jobs import Counting, counting_kind, make_job
from tests.sessions import sign_in

S = JobState
URL, STRIP = "/team/jobs/", "/team/jobs/strip/"


@pytest.fixture(autouse=True)
def counting() -> Iterator[Counting]:
    with counting_kind(permission="forum.view_messages") as found:
        yield found


@pytest.fixture
def job(forum: Forum, officer: Account) -> Job:
    """A work of the officer, half done."""
    return make_job(forum, officer, total=10, done=5, failed=1, state=S.RUNNING, heartbeat_at=now())


def address(job: Job, name: str = "job") -> str:
    return reverse(f"team:{name}", args=[job.public_id])


def moving(client: Client, job: Job) -> Any:
    return client.get(address(job), headers={"HX-Request": "true"})


def test_owner_sees_the_progress_and_the_page_asks_each_second(officer_client: Client, job: Job) -> None:
    text = officer_client.get(address(job)).content.decode()
    assert 'max="10" value="5"' in text
    assert f'hx-get="{address(job)}" hx-trigger="every 1s"' in text
    part = moving(officer_client, job).content.decode()
    assert part.startswith('<div id="moving"')
    assert 'value="5"' in part
    assert "<html" not in part


def test_page_draws_itself_anew_when_the_work_has_ended_and_asks_no_more(officer_client: Client, job: Job) -> None:
    Job.objects.update(state=S.DONE, done=10, finished_at=now(), errors=[{"item": "A1", "message": "No place left."}])
    assert moving(officer_client, job)["HX-Refresh"] == "true"
    text = officer_client.get(address(job)).content.decode()
    assert "every 1s" not in text.partition('id="moving"')[2]
    assert "No place left." in text
    assert address(job, "cancel_job") not in text


def test_work_of_others_is_not_there_except_for_organisers(
    organiser_client: Client, viewer_client: Client, delegate_client: Client, client: Client, job: Job, forum: Forum
) -> None:
    teammate = sign_in(client, make_staff(forum, Role.ACCREDITATION_OFFICER))
    for stranger in (teammate, viewer_client, delegate_client):
        assert stranger.get(address(job)).status_code == 404
        assert stranger.get(address(job, "job_file")).status_code == 404
        assert stranger.post(address(job, "cancel_job")).status_code == 404
    assert organiser_client.get(address(job)).status_code == 200


def test_stop_is_asked_for_once(officer_client: Client, job: Job) -> None:
    for _ in range(2):
        assert officer_client.post(address(job, "cancel_job")).url == address(job)
    job.refresh_from_db()
    assert job.cancel_asked
    assert AuditEntry.objects.filter(action="job.cancel_asked").count() == 1


def with_file(job: Job, content: bytes = b"%PDF-1.7 badges") -> Job:
    stored = store_file(
        ContentFile(content, name="x"), purpose="test", name="badges-2027.pdf", content_type="application/pdf"
    )
    Job.objects.filter(pk=job.pk).update(state=S.DONE, result=stored, finished_at=now())
    job.refresh_from_db()
    return job


def test_file_is_a_download_and_nothing_else(officer_client: Client, job: Job) -> None:
    with_file(job)
    assert address(job, "job_file") in officer_client.get(address(job)).content.decode()
    answer = officer_client.get(address(job, "job_file"))
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 badges"
    assert answer["Content-Disposition"] == 'attachment; filename="badges-2027.pdf"'
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"


def test_there_is_no_file_before_the_work_has_made_one(officer_client: Client, job: Job) -> None:
    assert officer_client.get(address(job, "job_file")).status_code == 404


def test_file_is_closed_to_an_owner_who_lost_the_right_that_made_it(client: Client, forum: Forum) -> None:
    former = make_staff(forum, Role.VIEWER)
    job = with_file(make_job(forum, former))
    sign_in(client, former)
    page = client.get(address(job))
    assert page.status_code == 200
    assert address(job, "job_file") not in page.content.decode()
    assert client.get(address(job, "job_file")).status_code == 404


def test_list_shows_ones_own_and_organisers_may_see_all(
    officer_client: Client, organiser_client: Client, organiser: Account, job: Job, forum: Forum
) -> None:
    other = make_job(forum, organiser)
    make_job(make_forum(is_current=False), organiser)
    assert [row["job"] for row in officer_client.get(URL + "?all=1").context["rows"]] == [job]
    assert [row["job"] for row in organiser_client.get(URL).context["rows"]] == [other]
    assert [row["job"] for row in organiser_client.get(URL + "?all=1").context["rows"]] == [other, job]


def test_list_says_what_to_expect_when_it_is_empty(organiser_client: Client) -> None:
    assert 'class="empty"' in organiser_client.get(URL).content.decode()


@pytest.mark.parametrize("item_count", (1, 3))
def test_list_asks_the_same_number_of_queries(
    organiser_client: Client, organiser: Account, forum: Forum, item_count: int
) -> None:
    for _ in range(item_count):
        with_file(make_job(forum, organiser))
    with CaptureQueriesContext(connection) as asked:
        assert len(organiser_client.get(URL + "?all=1").context["rows"]) == item_count
    assert sum('FROM "forum_job"' in query["sql"] for query in asked) == 2
    assert sum('FROM "forum_account"' in query["sql"] for query in asked) == 1


# --- the strip -------------------------------------------------------------------------------------------------------
def test_every_team_page_asks_for_the_strip(officer_client: Client, forum: Forum) -> None:
    for url in (URL, "/team/", "/team/messages/"):
        assert f'hx-get="{STRIP}" hx-trigger="load"' in officer_client.get(url).content.decode()


def test_strip_is_empty_and_asks_rarely_while_nothing_runs(
    officer_client: Client, forum: Forum, organiser: Account
) -> None:
    make_job(forum, organiser, state=S.RUNNING)
    text = officer_client.get(STRIP).content.decode()
    assert text.endswith('hx-trigger="every 20s" hx-swap="outerHTML"></div>\n')


def test_strip_shows_what_runs_each_second_and_its_end_for_a_moment(officer_client: Client, job: Job) -> None:
    text = officer_client.get(STRIP).content.decode()
    assert 'hx-trigger="every 1s"' in text
    assert 'max="10" value="5"' in text
    Job.objects.update(state=S.DONE, finished_at=now())
    text = officer_client.get(STRIP).content.decode()
    assert 'hx-trigger="every 20s"' in text
    assert address(job) in text
    Job.objects.update(finished_at=now() - timedelta(seconds=30))
    assert address(job) not in officer_client.get(STRIP).content.decode()


@pytest.mark.parametrize("item_count", (1, 3))
def test_strip_asks_one_query_for_works(
    officer_client: Client, officer: Account, forum: Forum, item_count: int
) -> None:
    for _ in range(item_count):
        make_job(forum, officer)
    with CaptureQueriesContext(connection) as asked:
        officer_client.get(STRIP)
    assert sum('FROM "forum_job"' in query["sql"] for query in asked) == 1
