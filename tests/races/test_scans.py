"""One physical scan is one row; of two scans of one person one is the first."""

import json
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.utils.timezone import now

from badges.actions.credentials import reissue_badge
from badges.actions.scans import record_scan
from badges.models import Credential, Device, Scan
from forum.models import Account, Forum
from registration.actions.applications import withdraw
from registration.models import Registration
from tests.factories.badges import make_device, make_holder, make_point, scan_of
from tests.races.at_once import at_once
from tests.served import served

pytestmark = pytest.mark.django_db(transaction=True)


def post(device: Device, token: str, **body: Any) -> tuple[int, bytes]:
    """A scan over HTTP, as a phone sends it."""
    moment = now().isoformat()
    usual = {
        "point": device.point.slug,
        "direction": "in",
        "method": "camera",
        "device_time": moment,
        "sent_at": moment,
    }
    headers = {"Authorization": f"Device {token}", "Accept-Language": "en"}
    response = served("/api/v1/scans", json.dumps(usual | body), headers=headers)
    return response.status_code, response.content


@pytest.mark.parametrize("known", [True, False])
def test_five_parallel_posts_of_one_nonce_are_one_scan_with_five_equal_answers(forum: Forum, known: bool) -> None:
    badge = make_holder(forum)
    device, token = make_device(make_point(forum))
    code = badge.token if known else "0" * 26
    answers = at_once([partial(post, device, token, nonce=str(uuid), code=code) for uuid in [uuid4()] * 5])
    assert len(set(answers)) == 1
    assert answers[0][0] == 200
    assert Scan.objects.count() == 1


def test_answer_to_ones_own_first_scan_is_never_already_in(forum: Forum) -> None:
    badge = make_holder(forum)
    device, _token = make_device(make_point(forum))
    request = scan_of(badge, point=device.point)
    answers = at_once([partial(record_scan, request, device=device) for _ in range(8)])
    assert {answer.verdict.outcome for answer in answers} == {"ok"}
    assert Scan.objects.count() == 1


def test_two_phones_at_one_door_let_a_person_in_once(forum: Forum) -> None:
    badge = make_holder(forum)
    point = make_point(forum)
    phones = [make_device(point)[0] for _ in range(6)]
    answers = at_once([partial(record_scan, scan_of(badge, point=point), device=phone) for phone in phones])
    outcomes = sorted(answer.verdict.outcome for answer in answers)
    assert outcomes == ["already_in"] * 5 + ["ok"]
    assert Scan.objects.filter(counts=True).count() == 1


def test_different_people_do_not_wait_for_one_another(forum: Forum) -> None:
    point = make_point(forum)
    device, _token = make_device(point)
    badges = [make_holder(forum) for _ in range(6)]
    answers = at_once([partial(record_scan, scan_of(badge, point=point), device=device) for badge in badges])
    assert {answer.verdict.outcome for answer in answers} == {"ok"}


def test_scan_meets_withdrawal_without_a_deadlock_and_nobody_enters_afterwards(forum: Forum) -> None:
    badge = make_holder(forum)
    point = make_point(forum)
    phones = [make_device(point)[0] for _ in range(3)]
    person = Registration.objects.get(pk=badge.registration_id)
    at_once(
        [partial(withdraw, person)]
        + [partial(record_scan, scan_of(badge, point=point), device=phone) for phone in phones]
    )
    after = record_scan(scan_of(badge, point=point), device=phones[0])
    assert after.verdict.admit is False


def test_scan_meets_reissue_without_a_deadlock(forum: Forum, officer: Account) -> None:
    badge = make_holder(forum)
    point = make_point(forum)
    device, _token = make_device(point)
    person = Registration.objects.get(pk=badge.registration_id)
    at_once(
        [
            partial(reissue_badge, person, reason="lost", by=officer),
            *(partial(record_scan, scan_of(badge, point=point), device=device) for _ in range(4)),
        ]
    )
    after = record_scan(scan_of(Credential.objects.get(pk=badge.pk), point=point), device=device)
    assert after.verdict.reason == "badge_replaced"
