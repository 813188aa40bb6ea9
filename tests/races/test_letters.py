"""Letters issued at the same moment: numbers without gaps, one valid letter for each person, drawn once."""

from functools import partial

import pytest

from forum.enums import Role
from forum.models import Forum, Message, Paper, StoredFile
from registration.actions.applications import withdraw
from registration.actions.letters import draw_letter, issue_letter
from registration.actions.visas import ask_for_letter
from registration.models import VisaCase, VisaRule
from registration.queries.visas import letter_of
from tests.factories.forum import make_staff
from tests.factories.visas import make_guest, make_ready, make_rule
from tests.races.at_once import at_once, refusals

pytestmark = pytest.mark.django_db(transaction=True)


def test_twenty_letters_at_once_get_twenty_numbers_without_a_gap(forum: Forum) -> None:
    officer = make_staff(forum, Role.ACCREDITATION_OFFICER)
    guests = [make_ready(forum) for _number in range(20)]
    results = at_once([partial(issue_letter, guest, by=officer) for guest in guests], timeout=60)
    assert refusals(results) == []
    assert sorted(Paper.objects.values_list("number", flat=True)) == list(range(1, 21))
    assert Paper.objects.values("code").distinct().count() == 20


def test_one_letter_asked_for_at_once_leaves_one_that_is_valid(forum: Forum) -> None:
    officer = make_staff(forum, Role.ACCREDITATION_OFFICER)
    guest = make_ready(forum)
    results = at_once([partial(issue_letter, guest, by=officer, reason="срочно") for _number in range(6)])
    assert refusals(results) == []
    assert Paper.objects.filter(voided_at=None).count() == 1
    assert sorted(Paper.objects.values_list("number", flat=True)) == list(range(1, 7))


def test_six_workers_draw_a_letter_once(forum: Forum) -> None:
    officer = make_staff(forum, Role.ACCREDITATION_OFFICER)
    paper = issue_letter(make_ready(forum), by=officer)
    results = at_once([partial(draw_letter, paper_id=paper.pk) for _number in range(6)])
    assert sorted(results) == [False] * 5 + [True]
    assert StoredFile.objects.filter(purpose="paper", given_up_at=None).count() == 1
    assert Message.objects.filter(reason="registration.letter_ready").count() == 1


def test_drawing_and_withdrawing_at_once_leave_no_valid_letter(forum: Forum) -> None:
    officer = make_staff(forum, Role.ACCREDITATION_OFFICER)
    guests = [make_ready(forum) for _number in range(4)]
    papers = [issue_letter(guest, by=officer) for guest in guests]
    calls = [partial(draw_letter, paper_id=paper.pk) for paper in papers] + [partial(withdraw, one) for one in guests]
    assert refusals(at_once(calls)) == []  # type: ignore[arg-type]
    assert [letter_of(guest) for guest in guests] == [None] * 4
    assert not StoredFile.objects.filter(purpose="paper", given_up_at=None).exists()


def test_two_rules_for_one_day_written_at_once_leave_one(forum: Forum) -> None:
    officer = make_staff(forum, Role.ACCREDITATION_OFFICER)
    results = at_once([partial(make_rule, forum, by=officer) for _number in range(4)])
    assert sorted(refusals(results)) == ["visa_rule.twice"] * 3
    assert VisaRule.objects.count() == 1


def test_asking_for_a_letter_at_once_opens_one_case(forum: Forum) -> None:
    make_rule(forum, outcome="free")  # type: ignore[arg-type]
    guest = make_guest(forum)
    assert refusals(at_once([partial(ask_for_letter, guest, by=None) for _number in range(5)])) == []
    assert VisaCase.objects.count() == 1
    assert Message.objects.filter(reason="registration.visa_data").count() == 0
