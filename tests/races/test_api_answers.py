"""The same creation sent several times at once happens once."""

from functools import partial

import pytest

from forum.enums import Role
from forum.models import ApiAnswer, Forum
from registration.models import Registration
from tests.api import Program, make_token
from tests.races.at_once import at_once
from tests.registration.api.test_applications import body

pytestmark = pytest.mark.django_db(transaction=True)


def test_same_key_at_once_creates_one_application(forum: Forum) -> None:
    _token, secret = make_token(forum, Role.ORGANISER)
    sent = body(forum)

    def create(number: int) -> tuple[int, str]:
        answer = Program(secret).post("applications", sent, Idempotency_Key="a1")
        return answer.status_code, answer.json().get("ref", answer.json().get("code"))

    results = at_once([partial(create, number) for number in range(6)])
    ref = Registration.objects.get().ref
    assert (201, ref) in results
    assert set(results) <= {(201, ref), (409, "idempotency_in_progress")}
    assert ApiAnswer.objects.get().status == 201
    assert create(0) == (201, ref)
