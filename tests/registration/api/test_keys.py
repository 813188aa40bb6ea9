"""Idempotency keys of creations: one result and one answer, however often it is sent."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from forum.enums import Role
from forum.models import ApiAnswer, Forum
from registration.models import Registration
from tests.api import Program, make_token, program
from tests.registration.api.test_applications import body


@pytest.fixture
def api(forum: Forum) -> Program:
    return program(forum, Role.ACCREDITATION_OFFICER)


class TestKeys:
    def test_repeated_creation_is_one_with_the_same_answer(self, forum: Forum, api: Program) -> None:
        sent = body(forum)
        first, second = (api.post("applications", sent, Idempotency_Key="a1") for _ in range(2))
        assert (first.status_code, second.status_code) == (201, 201)
        assert first.json() == second.json()
        assert second["Location"] == first["Location"]
        assert second["Idempotency-Replayed"] == "true" and "Idempotency-Replayed" not in first
        assert Registration.objects.count() == 1

    def test_another_body_is_a_conflict(self, forum: Forum, api: Program) -> None:
        api.post("applications", body(forum), Idempotency_Key="a1")
        answer = api.post("applications", body(forum, position="мастер"), Idempotency_Key="a1")
        assert (answer.status_code, answer.json()["code"]) == (409, "idempotency_mismatch")
        assert Registration.objects.count() == 1

    def test_order_of_fields_and_language_do_not_matter(self, forum: Forum, api: Program) -> None:
        sent = body(forum)
        api.post("applications", sent, Idempotency_Key="a1")
        again = api.post("applications", dict(reversed(sent.items())), Idempotency_Key="a1", Accept_Language="ru")
        assert again.status_code == 201
        assert Registration.objects.count() == 1

    def test_refused_request_leaves_the_key_free(self, forum: Forum, api: Program) -> None:
        assert api.post("applications", body(forum, category="nothing"), Idempotency_Key="a1").status_code == 400
        assert api.post("applications", body(forum), Idempotency_Key="a1").status_code == 201

    def test_key_belongs_to_its_token(self, forum: Forum, api: Program) -> None:
        other = program(forum, Role.ORGANISER)
        for each in (api, other):
            assert each.post("applications", body(forum), Idempotency_Key="a1").status_code == 201
        assert Registration.objects.count() == 2

    def test_first_request_that_still_runs_or_was_cut_off(self, forum: Forum) -> None:
        _token, secret = make_token(forum, Role.ORGANISER)
        api, sent = Program(secret), body(forum)
        api.post("applications", sent, Idempotency_Key="a1")
        ApiAnswer.objects.update(status=None, body=None)
        answer = api.post("applications", sent, Idempotency_Key="a1")
        assert (answer.status_code, answer.json()["code"]) == (409, "idempotency_in_progress")
        ApiAnswer.objects.update(created_at=now() - timedelta(seconds=61))
        answer = api.post("applications", sent, Idempotency_Key="a1")
        assert (answer.status_code, answer.json()["code"]) == (409, "idempotency_unknown")

    def test_fault_leaves_the_key_taken(self, forum: Forum, api: Program, monkeypatch: pytest.MonkeyPatch) -> None:
        sent = body(forum)
        monkeypatch.setattr("registration.api.views.register_on_behalf", lambda **given: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            api.post("applications", sent, Idempotency_Key="a1")
        monkeypatch.undo()
        assert api.post("applications", sent, Idempotency_Key="a1").json()["code"] == "idempotency_in_progress"

    @pytest.mark.parametrize("key", ["", "a b", "x" * 101, "ключ"])
    def test_odd_key_is_refused(self, forum: Forum, api: Program, key: str) -> None:
        answer = api.post("applications", body(forum), Idempotency_Key=key)
        assert (answer.status_code, list(answer.json()["fields"])) == (400, ["Idempotency-Key"])

    def test_kept_answer_is_sealed(self, forum: Forum, api: Program) -> None:
        api.post("applications", body(forum), Idempotency_Key="a1")
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("SELECT body FROM forum_apianswer")
            assert "Примерова".encode() not in bytes(cursor.fetchone()[0])
