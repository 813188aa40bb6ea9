"""Who may speak to the API, and what every answer has in common."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client, override_settings
from django.utils.timezone import now

from forum.actions.tokens import revoke_token
from forum.enums import Role
from forum.models import Account, ApiToken, AuditEntry, Forum
from tests.api import Program, make_token, program
from tests.factories.forum import make_forum, make_staff
from tests.factories.jobs import counting_kind, make_job
from tests.forum.test_actions_tokens import ENDS
from tests.sessions import sign_in

EVERYWHERE = ["token", "applications", "people", "scans", "devices", "jobs"]


def test_token_says_what_it_may(forum: Forum) -> None:
    token, secret = make_token(forum, Role.PARTNER_EDITOR, scope_id="RU-SPE")
    answer = Program(secret).get("token")
    assert answer["Cache-Control"] == "no-store"
    assert answer.json() == {
        "id": str(token.public_id),
        "name": token.name,
        "role": "partner_editor",
        "scope_kind": "region",
        "scope": "RU-SPE",
        "forum": {
            "slug": forum.slug,
            "title": "Industrial Tourism Forum",
            "timezone": forum.timezone,
            "starts_on": str(forum.starts_on),
            "ends_on": str(forum.ends_on),
        },
        "expires_at": answer.json()["expires_at"],
    }


@pytest.mark.parametrize("path", EVERYWHERE)
@pytest.mark.parametrize("header", ["", "Bearer", "Bearer x", "Bearer \xff", "Token x", "Device x"])
def test_without_a_token_nothing_is_answered(forum: Forum, path: str, header: str) -> None:
    answer = Client().get(f"/api/v1/{path}", headers={"Authorization": header} if header else {})
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    assert answer.json()["code"] in ("not_authenticated", "token_unknown")


@pytest.mark.parametrize("path", EVERYWHERE)
def test_browser_session_is_no_token(organiser_client: Client, path: str) -> None:
    assert organiser_client.get(f"/api/v1/{path}").status_code == 401


@pytest.mark.parametrize("end", ENDS)
def test_ended_token_opens_nothing(forum: Forum, organiser: Account, end: Any) -> None:
    token, secret = make_token(forum, Role.ORGANISER)
    mine = Program(secret)
    assert mine.get("token").status_code == 200
    end(token, organiser)
    for path in EVERYWHERE:
        answer = mine.get(path)
        assert (answer.status_code, answer.json()["code"]) == (401, "token_ended")


def test_deed_of_a_token_names_it_in_the_log_and_the_next_request_does_not(forum: Forum, organiser: Account) -> None:
    token, secret = make_token(forum, Role.ORGANISER, holder=organiser)
    with counting_kind():
        job = make_job(forum, organiser)
        assert Program(secret).post(f"jobs/{job.public_id}/cancel").json()["cancel_asked"] is True
        entry = AuditEntry.objects.get(action="job.cancel_asked")
        assert (entry.actor, entry.data["token"]) == (organiser, str(token.public_id))
        other = make_job(forum, organiser)
        sign_in(Client(), organiser).post(f"/team/jobs/{other.public_id}/cancel/")
    assert "token" not in AuditEntry.objects.get(action="job.cancel_asked", object_id=other.public_id).data


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ru", "Роль этого токена"),
        ("en", "The role of this token"),
        ("", "Роль этого токена"),
        ("xx", "Роль этого токена"),
    ],
)
def test_refusals_speak_the_language_asked_for(forum: Forum, language: str, words: str) -> None:
    answer = program(forum, Role.VIEWER, language=language).get("applications")
    assert (answer.status_code, answer.json()["code"]) == (403, "permission_denied")
    assert answer.json()["message"].startswith(words)


def test_wrong_requests_keep_the_error_shape(forum: Forum, settings: Any) -> None:
    mine = program(forum, Role.ORGANISER)
    post = mine.client.post
    address, headers = "/api/v1/applications/search", mine.headers
    found = {
        404: [mine.get("nothing"), mine.get("applications/0000000000"), mine.get("jobs/x")],
        405: [mine.send("DELETE", "applications", None), mine.send("PUT", "programme", None)],
        406: [mine.get("token", Accept="text/html")],
        415: [post(address, "a=1", content_type="text/plain", headers=headers)],
        400: [
            post(address, "{", content_type="application/json", headers=headers),
            post(address, b'{"q": "\xff\xfe"}', content_type="application/json", headers=headers),
            post(address, "[" * 50_000, content_type="application/json", headers=headers),
            post(address, '"text"', content_type="application/json", headers=headers),
            mine.post("applications/search", {"q": "a\u0000b"}),
            post(address, '{"q": "\\ud800x"}', content_type="application/json", headers=headers),
        ],
        413: [post(address, '{"q": "' + "x" * 300_000 + '"}', content_type="application/json", headers=headers)],
    }
    for status, answers in found.items():
        assert [answer.status_code for answer in answers] == [status] * len(answers)
        for answer in answers:
            assert set(answer.json()) == {"code", "message", "fields"}


def test_fault_of_ours_keeps_the_error_shape(forum: Forum, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = program(forum, Role.ORGANISER)
    mine.client.raise_request_exception = False
    monkeypatch.setattr("forum.api.views_v1.jobs_within_rights", lambda account: 1 / 0)
    answer = mine.get("jobs")
    assert (answer.status_code, answer.json()["code"]) == (500, "fault")
    assert answer["X-Request-ID"]


def rates(settings: Any, **changes: str) -> None:
    usual = settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"]
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {"DEFAULT_THROTTLE_RATES": usual | changes}


def test_each_token_has_its_own_pace(forum: Forum, settings: Any) -> None:
    cache.clear()
    rates(settings, token="3/hour")
    hasty, calm = program(forum, Role.VIEWER), program(forum, Role.VIEWER)
    answers = [hasty.get("token") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert answers[-1].json()["code"] == "throttled"
    assert 1 <= int(answers[-1]["Retry-After"]) <= 3600
    assert calm.get("token").status_code == 200


def test_search_has_a_slower_pace(forum: Forum, settings: Any) -> None:
    cache.clear()
    rates(settings, search="1/hour")
    mine = program(forum, Role.ORGANISER)
    answers = [mine.post("applications/search", {"q": "прим"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 429]
    assert mine.get("applications").status_code == 200


def test_visitors_are_counted_by_address_and_so_is_guessing_tokens(forum: Forum, settings: Any) -> None:
    cache.clear()
    rates(settings, visitor="2/hour")
    guess = Program("itf_wrong")
    assert [guess.get("token").status_code for _ in range(3)] == [401, 401, 429]
    assert Client().get("/api/v1/visits").status_code == 429
    assert Client(REMOTE_ADDR="10.0.0.9").get("/api/v1/visits").status_code == 200


def test_without_the_counter_nobody_is_held_back(forum: Forum, settings: Any) -> None:
    away = settings.CACHES["default"] | {"LOCATION": "redis://127.0.0.1:1/0"}
    with override_settings(CACHES=settings.CACHES | {"default": away}):
        assert program(forum, Role.VIEWER).get("token").status_code == 200


def test_revoked_in_the_middle(forum: Forum, organiser: Account) -> None:
    token, secret = make_token(forum, Role.VIEWER)
    revoke_token(token, by=organiser)
    assert Program(secret).get("token").status_code == 401
    assert ApiToken.objects.get().last_used_at is None


class TestJobs:
    def test_own_jobs_and_for_organisers_everybodys(self, forum: Forum, organiser: Account, officer: Account) -> None:
        with counting_kind():
            mine, theirs = make_job(forum, officer), make_job(forum, organiser)
            elsewhere = make_job(make_forum(is_current=False), organiser)
            seen = {}
            for account, role in ((organiser, Role.ORGANISER), (officer, Role.ACCREDITATION_OFFICER)):
                api = Program(make_token(forum, role, holder=account)[1])
                seen[role] = [row["id"] for row in api.get("jobs").json()["results"]]
                assert api.get(f"jobs/{elsewhere.public_id}").status_code == 404
                assert api.post(f"jobs/{elsewhere.public_id}/cancel").status_code == 404
            assert seen[Role.ORGANISER] == [str(theirs.public_id), str(mine.public_id)]
            assert seen[Role.ACCREDITATION_OFFICER] == [str(mine.public_id)]

    def test_narrow_token_sees_no_work_beyond_its_role(self, forum: Forum, organiser: Account) -> None:
        with counting_kind(permission="forum.manage_rights"):
            job = make_job(forum, organiser)
            api = Program(make_token(forum, Role.VIEWER, holder=organiser)[1])
            assert api.get("jobs").json()["results"] == []
            assert api.get(f"jobs/{job.public_id}").status_code == 404

    def test_progress(self, forum: Forum, officer: Account) -> None:
        with counting_kind():
            job = make_job(forum, officer, done=4, failed=1, errors=[{"item": "a", "message": "b"}], state="running")
            api = Program(make_token(forum, Role.ACCREDITATION_OFFICER, holder=officer)[1])
            answer = api.get(f"jobs/{job.public_id}").json()
        assert (answer["done"], answer["total"], answer["state"]) == (4, 10, "running")
        assert answer["errors"] == [{"item": "a", "message": "b"}]
        assert answer["label"] == "Count things"


class TestPages:
    @pytest.fixture
    def api(self, forum: Forum, officer: Account) -> Any:
        with counting_kind():
            yield Program(make_token(forum, Role.ACCREDITATION_OFFICER, holder=officer)[1])

    def walk(self, api: Program, address: str, direction: str = "next") -> list[list[str]]:
        pages = []
        while address:
            answer = api.get(address).json()
            pages.append([row["id"] for row in answer["results"]])
            address = answer[direction]
        return pages

    @pytest.mark.parametrize("limit", [1, 2, 3, 4, 7, 8])
    def test_every_row_once_there_and_back(self, api: Program, forum: Forum, officer: Account, limit: int) -> None:
        made = [str(make_job(forum, officer).public_id) for _ in range(7)][::-1]
        there = self.walk(api, f"jobs?limit={limit}")
        assert [row for page in there for row in page] == made
        assert all(len(page) == limit for page in there[:-1])
        last = f"jobs?limit={limit}"
        while following := api.get(last).json()["next"]:
            last = following
        back = self.walk(api, last, "previous")
        assert [row for page in back[::-1] for row in page] == made

    def test_rows_that_come_meanwhile_double_nothing(self, api: Program, forum: Forum, officer: Account) -> None:
        made = [str(make_job(forum, officer).public_id) for _ in range(4)][::-1]
        first = api.get("jobs?limit=2").json()
        make_job(forum, officer)
        second = api.get(first["next"]).json()
        assert [row["id"] for row in first["results"] + second["results"]] == made
        assert second["next"] is None

    @pytest.mark.parametrize("asked", ["limit=0", "limit=201", "limit=x", "cursor=x", "cursor=WzEsMl0:x:y"])
    def test_wrong_page_names_its_field(self, api: Program, asked: str) -> None:
        answer = api.get(f"jobs?{asked}")
        assert (answer.status_code, list(answer.json()["fields"])) == (400, [asked.partition("=")[0]])

    def test_cursor_of_another_list_is_refused(self, api: Program, forum: Forum, officer: Account) -> None:
        for _ in range(3):
            make_job(forum, officer)
        cursor = api.get("jobs?limit=1").json()["next"].partition("?")[2]
        assert api.get(f"applications?{cursor}").status_code == 400

    @pytest.mark.parametrize("item_count", [1, 3, 30])
    def test_list_takes_constant_queries(
        self, api: Program, forum: Forum, officer: Account, item_count: int, django_assert_num_queries: Any
    ) -> None:
        for _ in range(item_count):
            make_job(forum, officer)
        api.get("token")
        with django_assert_num_queries(2):  # the token, the jobs
            assert len(api.get("jobs").json()["results"]) == item_count


def test_answers_are_forgotten_after_a_day(forum: Forum) -> None:
    from forum.models import ApiAnswer
    from forum.tasks import sweep_api_answers

    token, _secret = make_token(forum, Role.VIEWER)
    for key in ("old", "new"):
        ApiAnswer.objects.create(token=token, key=key, request_hash=b"x", status=201, body="{}")
    ApiAnswer.objects.filter(key="old").update(created_at=now() - timedelta(hours=25))
    sweep_api_answers()
    assert [answer.key for answer in ApiAnswer.objects.all()] == ["new"]


def test_staff_of_another_edition_has_no_token_here(forum: Forum) -> None:
    past = make_forum(is_current=False)
    stranger = make_staff(past, Role.ORGANISER)
    from forum.actions.tokens import create_token
    from forum.errors import DomainError

    with pytest.raises(DomainError):
        create_token(name="x", role=Role.ORGANISER, expires_at=now() + timedelta(days=3), by=stranger)
