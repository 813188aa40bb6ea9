"""Print runs: complete, in order, written down, restartable."""

import io
from datetime import timedelta

import pypdfium2
import pytest
import zxingcpp
from django.utils.timezone import now

from badges.actions.credentials import reissue_badge
from badges.actions.printing import start_print_batch
from badges.models import BadgeFile, Credential, PrintBatch, PrintRecord
from badges.queries.printing import PrintState, print_counts, print_queue, waiting_for_print
from forum.actions.jobs import cancel_job, run
from forum.enums import JobState
from forum.errors import DomainError
from forum.models import Account, AuditEntry, Forum, Job, StoredFile
from registration.actions.applications import withdraw
from registration.actions.corrections import correct_facts
from registration.models import Registration
from tests.factories.badges import make_holder
from tests.factories.registration import make_person


def printed(forum: Forum, by: Account, *credentials: Credential, **changes) -> PrintBatch:
    """Start a batch and let a worker do it."""
    choices = {"sheet": "a6", "sides": 1} | changes
    batch = start_print_batch(forum=forum, credentials=[c.pk for c in credentials], by=by, **choices)
    run(job_id=batch.job_id)
    return PrintBatch.objects.select_related("job__result").get(pk=batch.pk)


def pages_of(stored: StoredFile) -> pypdfium2.PdfDocument:
    with stored.file.open("rb") as content:
        return pypdfium2.PdfDocument(io.BytesIO(content.read()))


def codes(document: pypdfium2.PdfDocument, page: int) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(document[page].render(scale=3).to_pil())]


def person(forum: Forum, surname: str, delegation: str = "RU-TOM") -> Credential:
    return make_holder(forum, person=make_person(forum, surname=surname), delegation=delegation)


def correct(registration: Registration, by: Account, **answers: str) -> None:
    registration = Registration.objects.get(pk=registration.pk)
    correct_facts(registration, version=registration.version, answers=answers, reason="x", by=by)


def test_batch_is_one_file_by_delegation_and_name(forum: Forum, officer: Account) -> None:
    last = person(forum, "Абрамова", "UZ")
    second, first = person(forum, "Ёлкина"), person(forum, "Еланова")
    batch = printed(forum, officer, last, second, first)
    assert (batch.job.state, batch.job.done, batch.job.failed) == (JobState.DONE, 3, 0)
    document = pages_of(batch.job.result)
    assert [codes(document, page) for page in range(3)] == [[first.token], [second.token], [last.token]]
    assert batch.job.result.name.startswith("badges-")
    assert batch.job.result.erase_after is not None


def test_four_badges_share_an_a4_sheet(forum: Forum, officer: Account) -> None:
    batch = printed(forum, officer, *(make_holder(forum) for _ in range(5)), sheet="a4", sides=2)
    document = pages_of(batch.job.result)
    assert len(document) == 4
    assert round(document[0].get_width()) == 595


def test_printing_is_written_down_with_its_facts(forum: Forum, officer: Account) -> None:
    badge = make_holder(forum)
    batch = printed(forum, officer, badge)
    record = PrintRecord.objects.get()
    assert (record.batch, record.credential) == (batch, badge)
    assert record.facts_hash == print_queue(forum).get().facts_hash
    entry = AuditEntry.objects.get(action="badges.batch_started")
    assert (entry.actor, entry.data) == (officer, {"badges": 1})


def test_states_follow_the_paper(forum: Forum, officer: Account) -> None:
    new, on_paper, corrected, reissued, left = (make_holder(forum) for _ in range(5))
    printed(forum, officer, on_paper, corrected, reissued, left)
    correct(corrected.registration, officer, organisation="Другой завод")
    reissue_badge(reissued.registration, reason="lost", by=officer)
    withdraw(left.registration)
    states = {row.pk: row.print_state for row in print_queue(forum)}
    assert states == {
        new.registration_id: "new",
        on_paper.registration_id: "printed",
        corrected.registration_id: "stale",
        reissued.registration_id: "new",
    }
    assert print_counts(forum) == {"new": 2, "stale": 1, "printed": 1, "flagged": 0}
    assert waiting_for_print(forum) == 3


@pytest.mark.parametrize(
    "answers",
    [
        {"surname": "Образцова"},
        {"latin_surname": "OBRAZTSOVA"},
        {"badge_name": "Аня"},
        {"organisation": "Порт"},
        {"position": "инженер"},
        {"position_short": "инженер"},
    ],
)
def test_every_printed_fact_makes_paper_stale(forum: Forum, officer: Account, answers: dict[str, str]) -> None:
    badge = make_holder(forum)
    printed(forum, officer, badge)
    correct(badge.registration, officer, **answers)
    assert print_queue(forum).get().print_state == PrintState.STALE


def test_facts_that_are_not_printed_leave_paper_alone(forum: Forum, officer: Account) -> None:
    badge = make_holder(forum)
    printed(forum, officer, badge)
    correct(badge.registration, officer, email="new@example.org", citizenship="KZ")
    forum.contact_phone = "+7 111"
    forum.save()
    assert print_queue(forum).get().print_state == PrintState.PRINTED


def test_badge_that_cannot_be_printed_is_left_out_and_flagged(forum: Forum, officer: Account) -> None:
    good, poisoned = make_holder(forum), person(forum, "王")
    batch = printed(forum, officer, good, poisoned)
    assert (batch.job.state, batch.job.done, batch.job.failed) == (JobState.DONE, 2, 1)
    (error,) = batch.job.errors
    ref = poisoned.registration.ref
    assert error["item"] == f"{ref[:5]}-{ref[5:]}"
    assert "王" in error["message"]
    assert len(pages_of(batch.job.result)) == 1
    assert list(PrintRecord.objects.values_list("credential", flat=True)) == [good.pk]
    assert BadgeFile.objects.get(credential=poisoned).problems[0]["code"] == "missing_glyphs"
    assert print_counts(forum)["flagged"] == 1


def test_signs_that_break_other_printers_are_only_signs(forum: Forum, officer: Account) -> None:
    names = ["A & B", "<b>x</b>", 'O\'Neil "Q"', "]]>"]
    batch = printed(forum, officer, *(make_holder(forum, organisation=name) for name in names))
    document = pages_of(batch.job.result)
    text = "".join(document[page].get_textpage().get_text_range() for page in range(4))
    assert all(name in text for name in names)


def test_batch_without_anything_printable_has_no_file(forum: Forum, officer: Account) -> None:
    batch = printed(forum, officer, person(forum, "王"))
    assert (batch.job.state, batch.job.result) == (JobState.DONE, None)


def test_run_that_lost_its_worker_starts_again_and_writes_once(forum: Forum, officer: Account) -> None:
    badges = [make_holder(forum) for _ in range(2)]
    batch = start_print_batch(forum=forum, credentials=[b.pk for b in badges], sheet="a6", sides=1, by=officer)
    # A worker took the job and died: the row says "running", its heartbeat is old.
    long_ago = now() - timedelta(hours=1)
    Job.objects.filter(pk=batch.job_id).update(state=JobState.RUNNING, heartbeat_at=long_ago, runs=1, done=1)
    run(job_id=batch.job_id)
    run(job_id=batch.job_id)
    job = Job.objects.get()
    assert (job.state, job.done, job.runs) == (JobState.DONE, 2, 2)
    assert (PrintRecord.objects.count(), StoredFile.objects.count()) == (2, 1)


def test_run_that_died_after_its_records_says_so_and_keeps_them(forum: Forum, officer: Account) -> None:
    batch = printed(forum, officer, person(forum, "Еланова"), person(forum, "王"))
    # The worker died between the records and the end of the job.
    long_ago = now() - timedelta(hours=1)
    Job.objects.filter(pk=batch.job_id).update(state=JobState.RUNNING, heartbeat_at=long_ago, finished_at=None)
    run(job_id=batch.job_id)
    job = Job.objects.get()
    assert (job.state, job.done, job.failed, job.result) == (JobState.DONE, 2, 1, batch.job.result)
    assert (PrintRecord.objects.count(), StoredFile.objects.count()) == (1, 1)


def test_cancelled_batch_leaves_no_paper_behind(forum: Forum, officer: Account) -> None:
    badge = make_holder(forum)
    batch = start_print_batch(forum=forum, credentials=[badge.pk], sheet="a6", sides=1, by=officer)
    cancel_job(batch.job, by=officer)
    run(job_id=batch.job_id)
    assert Job.objects.get().state == JobState.CANCELLED
    assert (PrintRecord.objects.count(), StoredFile.objects.count()) == (0, 0)
    assert print_counts(forum)["new"] == 1


def test_printing_again_needs_a_reason(forum: Forum, officer: Account) -> None:
    badge = make_holder(forum)
    printed(forum, officer, badge)
    with pytest.raises(DomainError) as refused:
        printed(forum, officer, badge)
    assert (refused.value.code, list(refused.value.fields)) == ("badges.reason_missing", ["reason"])
    printed(forum, officer, badge, reason="spoilt sheet")
    assert AuditEntry.objects.filter(action="badges.batch_started").first().reason == "spoilt sheet"
    assert PrintRecord.objects.count() == 2


def test_badges_in_a_batch_in_hand_are_not_printed_twice(forum: Forum, officer: Account) -> None:
    first, second = make_holder(forum), make_holder(forum)
    one = start_print_batch(forum=forum, credentials=[first.pk], sheet="a6", sides=1, by=officer)
    again = start_print_batch(forum=forum, credentials=[first.pk], sheet="a6", sides=1, by=officer)
    more = start_print_batch(forum=forum, credentials=[first.pk, second.pk], sheet="a6", sides=1, by=officer)
    assert again == one
    assert more.job.params["credentials"] == [second.pk]


def test_nothing_to_print_is_said(forum: Forum, officer: Account) -> None:
    with pytest.raises(DomainError) as refused:
        start_print_batch(forum=forum, credentials=[], sheet="a6", sides=1, by=officer)
    assert refused.value.code == "badges.nothing_to_print"


@pytest.mark.parametrize("people", [1, 3])
def test_run_takes_constant_queries(forum: Forum, officer: Account, people: int, django_assert_num_queries) -> None:
    batch = start_print_batch(
        forum=forum, credentials=[make_holder(forum).pk for _ in range(people)], sheet="a4", sides=1, by=officer
    )
    with django_assert_num_queries(16):
        run(job_id=batch.job_id)


def test_nobody_is_named_in_job_or_audit(forum: Forum, officer: Account) -> None:
    batch = printed(forum, officer, make_holder(forum), person(forum, "王"))
    written = str([batch.job.params, batch.job.errors, list(AuditEntry.objects.values())])
    assert "Примерова" not in written and "PRIMEROVA" not in written
