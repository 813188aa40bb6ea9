"""Decisions about many: what each becomes, when the letters leave, and what undoing puts back."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from forum.actions import jobs
from forum.enums import MessageState, Role
from forum.errors import DomainError
from forum.models import Account, Forum, Message
from registration.actions.applications import confirm
from registration.actions.bulk import start_bulk, start_undo
from registration.actions.checks import check
from registration.actions.line import serve_line
from registration.actions.pools import miscounted
from registration.actions.review import approve, put_in_line, reject
from registration.enums import BulkOutcome, MassDecision, ReviewStages
from registration.enums import RegistrationState as S
from registration.models import BulkDecision, BulkRow, Claim, PreCheck, Registration
from tests.factories.forum import make_staff
from tests.factories.registration import make_category, make_registration

pytestmark = pytest.mark.django_db
M = MassDecision
WORDS = {M.ASK: "Проверьте имя", M.REJECT: "Мест нет"}


def decide(forum: Forum, by: Account, chosen: list[Registration], decision: M = M.APPROVE) -> BulkDecision:
    refs, note = [one.ref for one in chosen], WORDS.get(decision, "")
    bulk = start_bulk(forum=forum, decision=decision, refs=refs, by=by, note=note)
    jobs.run(job_id=bulk.job_id)
    return BulkDecision.objects.get(pk=bulk.pk)


def undo(bulk: BulkDecision) -> None:
    jobs.run(job_id=start_undo(bulk, by=bulk.by).pk)


def states() -> list[str]:
    return list(Registration.objects.order_by("pk").values_list("state", flat=True))


def undone() -> list[str]:
    return list(BulkRow.objects.order_by("pk").values_list("undone", flat=True))


@pytest.mark.parametrize(
    ("decision", "was", "to"),
    [
        (M.APPROVE, S.SUBMITTED, S.APPROVED),
        (M.APPROVE, S.WAITLISTED, S.APPROVED),
        (M.LINE, S.SUBMITTED, S.WAITLISTED),
        (M.ASK, S.SUBMITTED, S.NEEDS_CHANGES),
        (M.REJECT, S.SUBMITTED, S.REJECTED),
        (M.REJECT, S.NEEDS_CHANGES, S.REJECTED),
        (M.REJECT, S.WAITLISTED, S.REJECTED),
    ],
)
def test_each_is_decided_and_put_back(forum: Forum, officer: Account, decision: M, was: S, to: S) -> None:
    people = [make_registration(forum, state=was) for _number in range(2)]
    bulk = decide(forum, officer, people, decision)
    assert states() == [to, to]
    assert {row.outcome for row in BulkRow.objects.all()} == {BulkOutcome.DONE}
    waits = Message.objects.filter(state=MessageState.QUEUED, due_at__gt=now() + timedelta(minutes=9))
    assert waits.count() == 2
    undo(bulk)
    assert (states(), undone()) == ([was, was], ["back", "back"])
    assert not Message.objects.filter(due_at__gt=now()).exists()
    assert list(miscounted()) == []


def test_whoever_came_from_the_line_goes_back_to_the_same_place_in_it(forum: Forum, officer: Account) -> None:
    category = make_category(forum, places=1)
    holder = make_registration(forum, category=category, state=S.CONFIRMED)
    first, second = (put_in_line(make_registration(forum, category=category), by=officer) for _number in range(2))
    line = list(Claim.objects.in_line().values_list("person", flat=True))
    assert line == [first.person_id, second.person_id]
    bulk = decide(forum, officer, [first], M.REJECT)
    undo(bulk)
    assert list(Claim.objects.in_line().values_list("person", flat=True)) == line
    reject_again = decide(forum, officer, [second], M.REJECT)
    undo(reject_again)
    assert list(Claim.objects.in_line().values_list("person", flat=True)) == line
    assert holder.category.pool.claims.count() == 3


def test_what_somebody_has_touched_since_stays(forum: Forum, officer: Account) -> None:
    touched, other = make_registration(forum), make_registration(forum)
    bulk = decide(forum, officer, [touched, other])
    confirm(touched)
    undo(bulk)
    assert states() == [S.CONFIRMED, S.SUBMITTED]
    assert sorted(undone()) == ["back", "kept"]


def test_whose_letter_has_left_stays(forum: Forum, officer: Account) -> None:
    bulk = decide(forum, officer, [make_registration(forum)], M.REJECT)
    Message.objects.update(state=MessageState.SENT)
    undo(bulk)
    assert (states(), undone()) == ([S.REJECTED], ["kept"])


def test_whoever_was_offered_a_place_meanwhile_stays(forum: Forum, officer: Account) -> None:
    category = make_category(forum, places=1)
    one = make_registration(forum, category=category)
    bulk = decide(forum, officer, [one], M.LINE)
    serve_line(pool_id=category.pool_id)
    undo(bulk)
    assert (states(), undone()) == ([S.WAITLISTED], ["kept"])


def test_after_ten_minutes_nothing_is_undone(forum: Forum, officer: Account) -> None:
    bulk = decide(forum, officer, [make_registration(forum)])
    assert bulk.job
    bulk.job.finished_at = now() - timedelta(minutes=11)
    bulk.job.save()
    with pytest.raises(DomainError) as refusal:
        start_undo(bulk, by=officer)
    assert refusal.value.code == "bulk.undo_late"


def test_what_is_at_work_is_not_undone(forum: Forum, officer: Account) -> None:
    bulk = start_bulk(forum=forum, decision=M.APPROVE, refs=[make_registration(forum).ref], by=officer)
    with pytest.raises(DomainError) as refusal:
        start_undo(bulk, by=officer)
    assert refusal.value.code == "bulk.running"


def test_a_work_that_died_after_a_decision_finds_it(forum: Forum, officer: Account) -> None:
    one, other = make_registration(forum), make_registration(forum)
    bulk = start_bulk(forum=forum, decision=M.APPROVE, refs=[one.ref, other.ref], by=officer)
    approve(one, by=officer)  # and the worker dies before it is noted
    jobs.run(job_id=bulk.job_id)
    bulk = BulkDecision.objects.get()
    assert bulk.job
    assert (bulk.job.done, bulk.job.failed) == (2, 0)
    assert {row.outcome for row in BulkRow.objects.all()} == {BulkOutcome.DONE}
    assert one.moves.count() == 1


def test_what_was_decided_before_is_named(forum: Forum, officer: Account) -> None:
    one = make_registration(forum)
    reject(one, by=officer)
    decide(forum, officer, [one], M.REJECT)
    row = BulkRow.objects.get()
    assert (row.outcome, bool(row.refusal)) == (BulkOutcome.REFUSED, True)


def test_the_first_glance_holds_again_and_nobody_has_decided(forum: Forum, officer: Account) -> None:
    second = make_staff(forum, Role.ACCREDITATION_OFFICER)
    category = make_category(forum, review=ReviewStages.TWO_PEOPLE)
    people = [make_registration(forum, category=category) for _number in range(2)]
    check(people[0], by=officer)
    bulk = decide(forum, second, people)
    assert sorted(BulkRow.objects.values_list("outcome", flat=True)) == [BulkOutcome.DONE, BulkOutcome.REFUSED]
    undo(bulk)
    held = PreCheck.objects.get()
    assert (held.ended_at, held.decided_by) == (None, None)
    undo(decide(forum, officer, people[:1], M.ASK))
    assert PreCheck.objects.get().ended_at is None
