"""Alive, ready, and the figures for those on duty."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.utils.timezone import now
from prometheus_client.parser import text_string_to_metric_families

from badges.models import Device
from badges.queries.health import badges
from celery_app import app as celery
from forum import readiness
from forum.counting import tally
from forum.enums import JobState, MessageState, Role
from forum.models import Forum, Job
from forum.tasks import sweep_jobs
from tests.factories.badges import make_device, make_holder, make_point, scan
from tests.factories.forum import make_staff
from tests.factories.jobs import make_job
from tests.factories.messages import make_message
from tests.factories.registration import make_registration

TOKEN = "token-of-the-watch"


def test_alive_without_asking_the_database(client: Client) -> None:
    """No mark `django_db`: a query would fail."""
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


# --- ready ----------------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_ready_when_every_part_works(client: Client, settings, tmp_path: Path) -> None:
    settings.PRIVATE_ROOT = tmp_path / "private"
    answer = client.get("/readyz")
    assert answer.json() == {
        "status": "ok",
        "parts": {"database": "ok", "migrations": "ok", "broker": "ok", "storage": "ok"},
    }
    assert answer.status_code == 200
    assert list(settings.PRIVATE_ROOT.iterdir()) == []


@pytest.mark.django_db
def test_not_ready_names_the_part_and_no_address(client: Client, settings, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.touch()
    settings.PRIVATE_ROOT, settings.REDIS_URL = blocked / "private", "redis://:secret@127.0.0.1:1/0"
    answer = client.get("/readyz")
    parts = {"database": "ok", "migrations": "ok", "broker": "failing", "storage": "failing"}
    assert (answer.status_code, answer.json()) == (503, {"status": "failing", "parts": parts})
    assert b"secret" not in answer.content and str(tmp_path).encode() not in answer.content


@pytest.mark.django_db
def test_not_ready_while_a_migration_is_missing(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'badges' AND name LIKE '0001%'")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["parts"]["migrations"]) == (503, "failing")


@pytest.mark.django_db
def test_migration_of_a_newer_version_does_no_harm(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('badges', '9999_later', now())")
    assert readiness.readiness()["migrations"]


# --- figures ----------------------------------------------------------------------------------------------------------
@pytest.fixture
def watch(settings) -> Iterator[Client]:
    """Prometheus. What earlier tests have counted in this process is thrown away."""
    settings.METRICS_TOKEN = TOKEN
    tally._open.clear()
    yield Client(headers={"Authorization": f"Bearer {TOKEN}"})


def read(watch: Client) -> dict[str, dict[tuple[str, ...], float]]:
    """Name of the sample -> values of its labels -> number."""
    answer = watch.get("/metrics")
    assert answer.status_code == 200
    found: dict[str, dict[tuple[str, ...], float]] = {}
    for family in text_string_to_metric_families(answer.content.decode()):
        for sample in family.samples:
            found.setdefault(sample.name, {})[tuple(sample.labels.values())] = sample.value
    return found


def happened(rows: dict[tuple[str, ...], float]) -> dict[tuple[str, ...], float]:
    """Without what has not happened yet."""
    return {labels: number for labels, number in rows.items() if number}


@pytest.mark.django_db
def test_figures_do_not_exist_without_a_token_in_the_settings(client: Client, settings) -> None:
    settings.METRICS_TOKEN = ""
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("given", ["", "Bearer ", "Bearer wrong", f"Basic {TOKEN}", f"Bearer {TOKEN}x", "Bearer тайна"])
def test_figures_are_refused_to_others(watch: Client, given: str) -> None:
    answer = Client().get("/metrics", headers={"Authorization": given})
    assert (answer.status_code, answer.content) == (401, b"")


@pytest.mark.django_db
def test_figures_do_not_pass_the_public_proxy(watch: Client, settings) -> None:
    settings.BEHIND_TLS_PROXY = True
    assert watch.get("/metrics", headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 404
    assert watch.get("/metrics").status_code == 200


@pytest.mark.django_db
def test_mail_by_lane_and_state_with_the_age_of_what_is_due(watch: Client, forum: Forum) -> None:
    make_message(forum, due_at=now() - timedelta(minutes=3))
    make_message(forum, due_at=now() + timedelta(hours=1), state=MessageState.RETRY)
    make_message(forum, due_at=now() - timedelta(hours=9), state=MessageState.FAILED)
    make_message(forum, due_at=now() - timedelta(hours=9), state=MessageState.UNKNOWN)
    found = read(watch)
    states = ("queued", "retry", "failed", "unknown")
    assert happened(found["forum_mail"]) == {("personal", state): 1.0 for state in states}
    assert found["forum_mail"][("bulk", "failed")] == 0.0
    ages = found["forum_mail_oldest_due_seconds"]
    assert 180 <= ages[("personal",)] < 200 and ages[("bulk",)] == 0


@pytest.mark.django_db
def test_jobs_by_kind_and_state(watch: Client, forum: Forum) -> None:
    owner = make_staff(forum, Role.ORGANISER)
    make_job(forum, owner, state=JobState.FAILED)
    waiting = make_job(forum, owner)
    Job.objects.filter(pk=waiting.pk).update(created_at=now() - timedelta(minutes=2))
    found = read(watch)
    assert happened(found["forum_jobs"]) == {("test.count", "failed"): 1.0, ("test.count", "queued"): 1.0}
    assert found["forum_jobs"][("badges.print_batch", "failed")] == 0.0
    assert 120 <= found["forum_jobs_oldest_waiting_seconds"][()] < 140


@pytest.mark.django_db
def test_phones_badges_applications_scans(watch: Client, forum: Forum) -> None:
    point = make_point(forum)
    credential = make_holder(forum)
    scan(credential, device=make_device(point)[0])
    make_registration(forum)
    silent, _token = make_device(point)
    Device.objects.filter(pk=silent.pk).update(last_seen_at=now() - timedelta(minutes=40))
    found = read(watch)
    assert found["forum_phones"] == {("able",): 2.0, ("silent",): 1.0}
    assert found["forum_badges"] == {("drawn",): 0.0, ("flagged",): 0.0, ("missing",): 1.0}
    assert found["forum_scans_total"] == {("ok",): 1.0}
    assert found["forum_applications"][("confirmed",)] == 1.0


@pytest.mark.django_db
def test_queue_shows_length_and_age_of_the_oldest_task(watch: Client, forum: Forum) -> None:
    with celery.connection_for_read() as broker:
        broker.SimpleQueue("default").clear()
    sweep_jobs.apply_async(headers={})
    sweep_jobs.delay()
    found = read(watch)
    assert found["forum_queue_tasks"][("default",)] == 2.0
    assert 0 < found["forum_queue_oldest_seconds"][("default",)] < 20
    assert found["forum_queue_oldest_seconds"][("badges",)] == 0.0


@pytest.mark.django_db
def test_requests_and_tasks_are_counted_by_route_and_state(watch: Client, forum: Forum) -> None:
    for path in ("/ru/", "/ru/", "/ru/anna.primerova/"):
        watch.get(path)
    sweep_jobs.apply()
    found = read(watch)
    assert found["forum_request_seconds_count"] == {("forum:home", "2xx"): 2.0, ("unknown", "4xx"): 1.0}
    assert found["forum_request_seconds_sum"][("forum:home", "2xx")] > 0
    assert happened(found["forum_task_seconds_count"]) == {("success", "forum.sweep_jobs"): 1.0}  # labels by name
    assert found["forum_task_seconds_count"][("failure", "badges.issue_badge")] == 0.0


@pytest.mark.django_db
def test_broker_that_is_away_leaves_the_other_figures(watch: Client, forum: Forum, settings) -> None:
    make_message(forum)
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    found = read(watch)
    assert found["forum_read"][("queues",)] == found["forum_read"][("counted",)] == 0.0
    assert found["forum_read"][("mail",)] == 1.0 and found["forum_mail"]


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_figures_cost_one_query_each_however_many_rows(
    watch: Client, forum: Forum, rows: int, django_assert_num_queries
) -> None:
    for _ in range(rows):
        make_message(forum)
        scan(make_holder(forum), device=make_device(make_point(forum))[0])
    with django_assert_num_queries(6):
        watch.get("/metrics")


@pytest.mark.django_db
def test_figures_name_nobody(watch: Client, forum: Forum) -> None:
    message, credential = make_message(forum), make_holder(forum)
    answer = watch.get("/metrics").content.decode()
    person = credential.registration.person
    for secret in (message.recipient, person.surname, person.email, credential.short_code, credential.token):
        assert secret and secret not in answer
    assert [figure.name for figure in badges()] == ["forum_badges"]
