"""Scans: decided, stored once, answered alike."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.utils.timezone import now

from badges.actions.credentials import reissue_badge
from badges.actions.scans import LONGEST_WAIT, corrected_time, record_scan
from badges.enums import CredentialState, Direction, PointKind, ScanMethod
from badges.models import Credential, Scan
from badges.queries.arrivals import may_be_named
from forum.errors import DomainError
from forum.models import Account, Forum
from registration.actions.review import block
from registration.models import Registration
from tests.factories.badges import make_device, make_holder, make_point, scan, scan_of
from tests.factories.forum import make_forum
from tests.factories.registration import make_registration, make_zone


def test_confirmed_person_with_the_zone_is_let_in(forum: Forum) -> None:
    badge = make_holder(forum)
    device, _token = make_device(make_point(forum))
    answer = scan(badge, device=device)
    assert (answer.verdict.outcome, answer.verdict.admit, answer.person) == ("ok", True, badge.registration)
    stored = Scan.objects.get()
    assert (stored.registration, stored.credential, stored.operator) == (badge.registration, badge, device.holder)
    assert (stored.outcome, stored.reason, stored.counts, stored.code_hash) == ("ok", "ok", True, None)


def test_short_code_typed_without_care_finds_the_same_person(forum: Forum) -> None:
    badge = make_holder(forum)
    device, _token = make_device(make_point(forum))
    typed = f" {badge.short_code[:4].lower()}-{badge.short_code[4:]} "
    answer = scan(badge, device=device, code=typed, method=ScanMethod.TYPED)
    assert (answer.verdict.outcome, answer.scan.registration) == ("ok", badge.registration)


def test_person_found_by_name_is_scanned_with_the_newest_badge(forum: Forum) -> None:
    badge = make_holder(forum)
    device, _token = make_device(make_point(forum))
    answer = scan(badge, device=device, code="", ref=badge.registration.ref, method=ScanMethod.SEARCH)
    assert (answer.verdict.outcome, answer.scan.credential) == ("ok", badge)


def test_second_entry_is_told_when_the_first_was(forum: Forum) -> None:
    badge = make_holder(forum)
    device, _token = make_device(make_point(forum))
    first = scan(badge, device=device)
    second = scan(badge, device=device)
    assert (second.verdict.outcome, second.scan.counts) == ("already_in", False)
    assert second.scan.first_at == first.scan.at


def test_exit_lets_the_person_enter_again(forum: Forum) -> None:
    badge = make_holder(forum)
    device, _token = make_device(make_point(forum))
    outcomes = [
        scan(badge, device=device, direction=direction).verdict.reason
        for direction in (Direction.IN, Direction.OUT, Direction.OUT, Direction.IN)
    ]
    assert outcomes == ["ok", "left", "already_out", "ok"]


def test_points_have_lists_of_their_own(forum: Forum) -> None:
    badge = make_holder(forum)
    desk, _ = make_device(make_point(forum, kind=PointKind.BADGE_ISSUE))
    door, _ = make_device(make_point(forum))
    assert [scan(badge, device=device).verdict.outcome for device in (desk, door)] == ["ok", "ok"]


def test_unknown_code_leaves_only_a_hash(forum: Forum) -> None:
    device, _token = make_device(make_point(forum))
    answer = scan(make_holder(forum), device=device, code="0" * 26)
    assert (answer.verdict.outcome, answer.person) == ("unknown_code", None)
    stored = Scan.objects.get()
    assert (stored.registration, stored.credential, len(stored.code_hash)) == (None, None, 32)
    again = scan(make_holder(forum), device=device, code="0" * 26)
    assert bytes(again.scan.code_hash) == bytes(stored.code_hash)


@pytest.mark.parametrize("code", ["", "?", "https://example.org/?q=1", "<b>", "й" * 200, "\x00"])
def test_any_rubbish_gets_an_answer(forum: Forum, code: str) -> None:
    device, _token = make_device(make_point(forum))
    assert scan(make_holder(forum), device=device, code=code).verdict.outcome == "unknown_code"


def test_badge_of_another_forum_is_unknown(forum: Forum) -> None:
    stranger = make_holder(make_forum(is_current=False))
    device, _token = make_device(make_point(forum))
    assert scan(stranger, device=device).verdict.outcome == "unknown_code"


def test_zone_is_asked(forum: Forum) -> None:
    device, _token = make_device(make_point(forum, zone=make_zone(forum, code="PRS", letter="C")))
    assert scan(make_holder(forum), device=device).verdict.outcome == "wrong_zone"


def test_badge_desk_serves_every_zone(forum: Forum) -> None:
    desk = make_point(forum, kind=PointKind.BADGE_ISSUE, zone=make_zone(forum, code="PRS", letter="C"))
    assert scan(make_holder(forum), device=make_device(desk)[0]).verdict.outcome == "ok"


def test_plant_visit_without_a_list_lets_nobody_pass(forum: Forum) -> None:
    zone = make_zone(forum, code="VIS", letter="V")
    zone.kind = "per_slot"
    zone.save()
    device, _token = make_device(make_point(forum, kind=PointKind.BOARDING, zone=zone))
    assert scan(make_holder(forum), device=device).verdict.outcome == "not_in_list"


def test_replaced_badge_is_refused_and_the_new_one_is_not(forum: Forum, officer: Account) -> None:
    old = make_holder(forum)
    new = reissue_badge(old.registration, reason="lost", by=officer)
    device, _token = make_device(make_point(forum))
    assert [scan(badge, device=device).verdict.reason for badge in (old, new)] == ["badge_replaced", "ok"]


def test_blocked_person_is_refused_by_any_way(forum: Forum, officer: Account) -> None:
    badge = make_holder(forum)
    block(badge.registration, by=officer, reason="x")
    device, _token = make_device(make_point(forum))
    by_name = {"code": "", "ref": badge.registration.ref, "method": ScanMethod.SEARCH}
    assert [scan(badge, device=device, **way).verdict.reason for way in ({}, by_name)] == ["person_blocked"] * 2
    assert Credential.objects.get().state == CredentialState.REVOKED


def test_corrected_name_asks_for_a_new_print_only_where_paper_exists(forum: Forum) -> None:
    from badges.actions.issuing import draw_badge

    with_paper, without = make_holder(forum), make_holder(forum)
    draw_badge(with_paper)
    for badge in (with_paper, without):
        badge.registration.organisation = "Другой завод"
        badge.registration.save()
    device, _token = make_device(make_point(forum))
    assert [scan(badge, device=device).verdict.outcome for badge in (with_paper, without)] == ["reprint", "ok"]
    draw_badge(with_paper)
    assert scan(with_paper, device=make_device(make_point(forum))[0]).verdict.outcome == "ok"


def test_same_nonce_is_one_scan_with_one_answer(forum: Forum) -> None:
    badge = make_holder(forum)
    device, _token = make_device(make_point(forum))
    request = scan_of(badge, point=device.point)
    first, second = record_scan(request, device=device), record_scan(request, device=device)
    assert (first.verdict, first.words, first.person) == (second.verdict, second.words, second.person)
    assert first.scan == second.scan == Scan.objects.get()


def test_repeated_answer_stays_the_first_one_whatever_happens_meanwhile(forum: Forum, officer: Account) -> None:
    badge = make_holder(forum)
    device, _token = make_device(make_point(forum))
    request = scan_of(badge, point=device.point)
    first = record_scan(request, device=device)
    block(badge.registration, by=officer, reason="x")
    assert record_scan(request, device=device).verdict == first.verdict


def test_nonce_of_another_phone_is_refused(forum: Forum) -> None:
    badge = make_holder(forum)
    point = make_point(forum)
    request = scan_of(badge, point=point)
    record_scan(request, device=make_device(point)[0])
    with pytest.raises(DomainError) as refused:
        record_scan(request, device=make_device(point)[0])
    assert (refused.value.code, refused.value.status) == ("scan.nonce_taken", 409)


def test_phone_enrolled_again_by_its_holder_delivers_what_it_kept(forum: Forum) -> None:
    badge = make_holder(forum)
    old, _token = make_device(make_point(forum))
    new, _token = make_device(make_point(forum), holder=old.holder)
    sent, kept = scan_of(badge, point=old.point), scan_of(badge, point=old.point)
    first = record_scan(sent, device=old)
    assert record_scan(sent, device=new).scan == first.scan
    late = record_scan(kept, device=new)
    assert (late.scan.point, late.scan.device, late.verdict.outcome) == (old.point, new, "already_in")


def test_phone_scans_at_no_point_but_its_holders(forum: Forum) -> None:
    device, _token = make_device(make_point(forum))
    other = make_point(forum)
    for slug in (other.slug, "nowhere"):
        with pytest.raises(DomainError) as refused:
            record_scan(replace(scan_of(make_holder(forum), point=other), point=slug), device=device)
        assert (refused.value.code, refused.value.status) == ("scan.point", 400)


def test_wrong_clock_cancels_out(forum: Forum) -> None:
    received = now()
    three_hours_ahead = received + timedelta(hours=3)
    waited = timedelta(minutes=40)
    at = corrected_time(device_time=three_hours_ahead - waited, sent_at=three_hours_ahead, received=received)
    assert at == received - waited


@pytest.mark.parametrize("wait", [timedelta(seconds=-1), LONGEST_WAIT + timedelta(seconds=1)])
def test_clock_set_in_between_means_the_time_of_receipt(wait: timedelta) -> None:
    received = now()
    assert corrected_time(device_time=received - wait, sent_at=received, received=received) == received


def test_entry_is_judged_by_corrected_time_not_by_arrival(forum: Forum) -> None:
    badge = make_holder(forum)
    point = make_point(forum)
    online, offline = make_device(point)[0], make_device(point)[0]
    scan(badge, device=online)
    hour_ago: datetime = now() - timedelta(hours=1)
    late = scan(badge, device=offline, device_time=hour_ago, sent_at=now())
    assert late.verdict.outcome == "ok"


def test_scans_never_change(forum: Forum) -> None:
    device, _token = make_device(make_point(forum))
    scan(make_holder(forum), device=device)
    for change in (Scan.objects.all().delete, lambda: Scan.objects.update(outcome="ok")):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


def test_scan_of_an_unconfirmed_person_found_by_name(forum: Forum) -> None:
    waiting = make_registration(forum)
    device, _token = make_device(make_point(forum))
    answer = scan(make_holder(forum), device=device, code="", ref=waiting.ref, method=ScanMethod.SEARCH, nonce=uuid4())
    assert (answer.verdict.outcome, answer.scan.registration) == (
        "not_confirmed",
        Registration.objects.get(pk=waiting.pk),
    )


@pytest.mark.django_db(transaction=True)
def test_scan_takes_two_statements_and_opens_no_transaction(forum: Forum, django_assert_num_queries) -> None:
    badge = make_holder(forum)
    device, _token = make_device(make_point(forum))
    request = scan_of(badge, point=device.point)
    with django_assert_num_queries(2) as captured:
        record_scan(request, device=device)
    assert [q["sql"].split()[0] for q in captured.captured_queries] == ["SELECT", "INSERT"]


def test_scans_that_count_are_numbered_as_they_come_in(forum: Forum) -> None:
    badge = make_holder(forum)
    device, _token = make_device(make_point(forum))
    moment = now()
    late = {"device_time": moment - timedelta(hours=1), "sent_at": moment}
    ways = ({"direction": "in"}, {"direction": "in"}, {"direction": "out"}, {"direction": "in"} | late)
    stored = [scan(badge, device=device, nonce=uuid4(), **way).scan for way in ways]
    assert [(one.counts, one.ordinal) for one in stored] == [(True, 1), (False, None), (True, 2), (True, 3)]


def test_withdrawn_consent_is_answered_before_everything_and_names_nobody(forum: Forum) -> None:
    badge = make_holder(forum)
    device, _token = make_device(make_point(forum))
    scan(badge, device=device)
    person = badge.registration.person
    person.processing_stopped_at = now()
    person.save()
    answer = scan(badge, device=device)
    assert (answer.verdict.outcome, answer.verdict.admit, answer.person) == ("consent_withdrawn", False, None)
    stored = Scan.objects.select_related("registration__person")
    assert [(one.counts, may_be_named(one)) for one in stored.order_by("pk")] == [(True, False), (False, False)]
