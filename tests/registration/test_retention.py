"""What goes by itself: unsent applications after a reminder, dates of birth and people after the forum; and the plan says so."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.utils import translation
from django.utils.timezone import now

from forum.models import Forum, Message
from registration.actions.retention import REMINDER, erase_birth_dates, erase_people, erase_unsent, remind_unsent
from registration.enums import ErasureBasis, RegistrationState
from registration.models import Erasure, Registration
from registration.queries.retention import Planned, plan
from registration.web.words_team import planned_label
from tests.factories.registration import make_person, make_registration

pytestmark = pytest.mark.django_db


def draft(forum: Forum, *, days: int, **person: object) -> Registration:
    made = make_registration(forum, state=RegistrationState.DRAFT, person=make_person(forum, **person))
    Registration.objects.filter(pk=made.pk).update(created_at=now() - timedelta(days=days))
    return made


def erased() -> set[str]:
    return set(Registration.objects.filter(erased_at__isnull=False).values_list("ref", flat=True))


def after(forum: Forum, days: int) -> datetime:
    return datetime.combine(forum.ends_on + timedelta(days=days), datetime.min.time()).astimezone() + timedelta(
        hours=12
    )


def test_reminded_once_then_erased_a_week_later(forum: Forum) -> None:
    old, young = draft(forum, days=31), draft(forum, days=5)
    assert (erase_unsent(), remind_unsent(), remind_unsent(), erase_unsent()) == (0, 1, 0, 0)
    letter = Message.objects.get(reason=REMINDER)
    assert letter.subject_id == old.ref
    Message.objects.update(created_at=now() - timedelta(days=8))
    assert erase_unsent() == 1
    assert erased() == {old.ref}
    young.refresh_from_db()
    assert young.state == RegistrationState.DRAFT
    assert Erasure.objects.get().basis == ErasureBasis.UNSENT


def test_without_an_address_nobody_can_be_reminded(forum: Forum) -> None:
    old = draft(forum, days=31, email="")
    assert (remind_unsent(), erase_unsent()) == (0, 1)
    assert erased() == {old.ref}


def test_sent_applications_wait_for_the_end(forum: Forum) -> None:
    sent = make_registration(forum, state=RegistrationState.SUBMITTED)
    Registration.objects.update(created_at=now() - timedelta(days=90))
    assert (remind_unsent(), erase_unsent(), erase_people()) == (0, 0, 0)
    with time_machine.travel(after(forum, 30), tick=False):
        assert erase_people() == 0
    with time_machine.travel(after(forum, 31), tick=False):
        assert (erase_people(), erase_people()) == (1, 0)
    sent.refresh_from_db()
    assert (sent.state, Erasure.objects.get().basis) == (RegistrationState.CANCELLED, ErasureBasis.TERM)
    assert not Message.objects.exists()


def test_who_came_stays_counted_without_a_name(forum: Forum) -> None:
    came = make_registration(forum, state=RegistrationState.CONFIRMED)
    with time_machine.travel(after(forum, 31), tick=False):
        erase_people()
    came.refresh_from_db()
    assert (came.state, came.person.email, came.organisation) == (RegistrationState.CONFIRMED, "", "")


def test_drafts_go_with_the_end_of_the_forum(forum: Forum) -> None:
    draft(forum, days=0)
    with time_machine.travel(after(forum, 1), tick=False):
        assert (remind_unsent(), erase_unsent()) == (0, 1)


def test_birth_dates_go_with_the_last_day(forum: Forum) -> None:
    made = make_registration(forum, person=make_person(forum, birth_date=date(1980, 1, 2)))
    assert erase_birth_dates() == 0
    with time_machine.travel(after(forum, 1), tick=False):
        assert (erase_birth_dates(), erase_birth_dates()) == (1, 0)
    made.person.refresh_from_db()
    assert (made.person.birth_date, made.person.surname != "") == (None, True)
    assert Erasure.objects.get().data == ["birth_date"]


def test_plan_counts_what_goes_when(forum: Forum) -> None:
    draft(forum, days=10)
    make_registration(forum, person=make_person(forum, birth_date=date(1980, 1, 2)))
    lines = {line.kind: line for line in plan(forum)}
    assert {kind: line.number for kind, line in lines.items()} == {"unsent": 1, "birth_dates": 1, "people": 2}
    assert lines["birth_dates"].on == forum.ends_on + timedelta(days=1)
    assert lines["people"].on == forum.ends_on + timedelta(days=31)


@pytest.mark.parametrize(
    ("days", "words"),
    [(1, "хранятся 1 день после форума"), (3, "хранятся 3 дня после форума"), (30, "хранятся 30 дней после форума")],
)
def test_each_term_of_answers_is_said(days: int, words: str) -> None:
    with translation.override("ru"):
        assert words in planned_label(Planned("answers", 5, date(2027, 1, 1), days))
