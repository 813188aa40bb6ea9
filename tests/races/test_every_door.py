"""The last place, asked for at one moment through every door there is: one has it, everybody else gets a clear answer and
keeps what they typed (complaint CAP-1).
"""

from collections.abc import Sequence
from functools import partial
from typing import Any

import pytest
from django.utils import translation
from django.utils.translation import gettext

from forum.models import Account, Forum
from registration.actions.line import serve_line
from registration.actions.pools import miscounted
from registration.enums import BulkOutcome, ClaimState
from registration.enums import RegistrationState as S
from registration.models import BulkRow, Category, Claim, ImportRow, Person, Pool, Registration
from tests.factories.registration import make_category, make_consent_document, make_delegation, make_registration
from tests.races import doors
from tests.races.at_once import at_once, refusals

pytestmark = pytest.mark.django_db(transaction=True)
OF_EACH = 6
TAKEN = [ClaimState.HELD, ClaimState.OFFERED]
TYPED = ("surname", "given_name", "patronymic", "latin_surname", "latin_given_name", "citizenship", "email")
ALL_TAKEN, KEPT = "All places are taken.", "The free places are kept for those who wait in line."
REMEDY = "Put the person in line, or raise the number of places."
TOLD = "All places are taken now. When one is free and it is your turn, we offer it to you by a letter."


def said(text: str) -> str:
    """In the language of these pages."""
    with translation.override("ru"):
        return gettext(text)


def typed() -> dict[str, Any]:
    """Everything that people have written into their applications."""
    own = Registration.objects.values_list("ref", "organisation", "position", "position_short", "delegation")
    return {ref: tuple(rest) for ref, *rest in own} | dict(_of_people())


def _of_people() -> Any:
    for pk, *texts in Person.objects.values_list("pk", *TYPED):
        yield f"person {pk}", tuple(texts)


def holders() -> set[int]:
    return set(Claim.objects.filter(state__in=TAKEN).values_list("person_id", flat=True))


@pytest.fixture
def category(forum: Forum) -> Category:
    make_consent_document(forum)
    make_delegation(forum)
    return make_category(forum, code="online", places=1, needs_approval=False)


@pytest.fixture
def crowd(category: Category, officer: Account) -> "Crowd":
    return Crowd(category, officer)


class Crowd:
    """Everybody who comes, by the door."""

    def __init__(self, category: Category, officer: Account) -> None:
        self.forum, self.category = category.forum, category
        own = doors.drafts(category, OF_EACH) + doors.listed(category, OF_EACH, by=officer)
        own += doors.invited(category, OF_EACH) + doors.with_code(category, OF_EACH)
        self.applicants = [doors.Applicant(draft) for draft in own]
        self.by_program, self.at_desks, self.in_bulk, self.to_line = (self._sent() for _door in range(4))
        self.rows = [f"Строчкина{'а' * number}" for number in range(OF_EACH)]

    def _sent(self) -> list[Registration]:
        return [make_registration(self.forum, category=self.category) for _ in range(OF_EACH)]

    def calls(self) -> list[doors.Call]:
        """Fifty requests, none of them sent yet."""
        forum, category = self.forum, self.category
        return [
            *(one.send for one in self.applicants),
            *(doors.entering(forum, category, number) for number in range(OF_EACH)),
            *(doors.approving(forum, one) for one in self.by_program),
            *(doors.at_desk(forum, one, "approve") for one in self.at_desks),
            *(doors.at_desk(forum, one, "line") for one in self.to_line),
            doors.in_bulk(forum, self.in_bulk),
            doors.taking_a_list_over(forum, category, self.rows),
        ]

    def check(self, answers: Sequence[Any]) -> None:
        """Each answer says what became of it: a place, or why not and what helps."""
        rest = iter(answers)
        for one in self.applicants:
            self._sent_by_form(one, next(rest))
        for _number in range(OF_EACH):
            self._entered(next(rest))
        for one in self.by_program:
            self._approved_by_program(one, next(rest))
        for one in self.at_desks:
            self._approved_at_desk(one, next(rest))
        for one in self.to_line:
            assert (next(rest).status_code, self.state(one)) == (302, S.WAITLISTED)
        self._decided_in_bulk(next(rest))
        self._taken_over(next(rest))

    def state(self, one: Registration) -> S:
        """As it stands now."""
        return S(Registration.objects.values_list("state", flat=True).get(pk=one.pk))

    def _sent_by_form(self, one: doors.Applicant, answer: Any) -> None:
        assert (answer.status_code, answer.url) == (302, f"/ru/apply/{one.draft.ref}/sent/")
        state, page = self.state(one.draft), one.client.get(answer.url).content.decode()
        assert state in (S.APPROVED, S.WAITLISTED)
        if one.draft.person_id not in holders():
            assert (state, said(TOLD) in page) == (S.WAITLISTED, True)
        assert one.draft.organisation in one.client.get("/ru/my/").content.decode().replace("&quot;", '"')

    def _entered(self, answer: Any) -> None:
        assert answer.status_code == 201, answer.content
        made = Registration.objects.get(ref=answer.json()["ref"])
        assert answer.json()["state"] in (S.APPROVED, S.WAITLISTED)
        assert made.person_id in holders() or answer.json()["state"] == S.WAITLISTED

    def _approved_by_program(self, one: Registration, answer: Any) -> None:
        if one.person_id in holders():
            assert answer.status_code == 200
            return
        assert (answer.status_code, answer.json()["code"], self.state(one)) == (409, "places.full", S.SUBMITTED)
        assert answer.json()["message"].startswith((ALL_TAKEN, KEPT))
        assert REMEDY in answer.json()["message"]

    def _approved_at_desk(self, one: Registration, answer: Any) -> None:
        if one.person_id in holders():
            assert answer.status_code == 302
            return
        page = answer.content.decode()
        assert (answer.status_code, self.state(one)) == (409, S.SUBMITTED)
        assert said(ALL_TAKEN) in page or said(KEPT) in page
        assert said(REMEDY) in page
        assert f"/team/people/{one.ref}/line/" in page, "the way on is a button of this page"

    def _decided_in_bulk(self, page: Any) -> None:
        rows = {row.registration_id: row for row in BulkRow.objects.all()}
        for one in self.in_bulk:
            has_place = one.person_id in holders()
            assert rows[one.pk].outcome == (BulkOutcome.DONE if has_place else BulkOutcome.REFUSED)
            assert has_place or said(REMEDY) in rows[one.pk].refusal
        assert said(REMEDY) in page.content.decode()

    def _taken_over(self, page: Any) -> None:
        """A list takes nobody's place: its people agree and send by themselves."""
        assert page.status_code == 200
        made = Registration.objects.filter(import_rows__in=ImportRow.objects.filter(registration__state=S.DRAFT))
        assert set(made.values_list("person__surname", flat=True)) == set(self.rows)
        assert not holders() & set(made.values_list("person_id", flat=True))


def test_the_last_place_goes_to_one_of_fifty(crowd: Crowd) -> None:
    before, calls = typed(), crowd.calls()
    assert len(calls) == 50
    answers = at_once(calls)
    assert refusals(answers) == []
    assert len(holders()) == 1
    assert (Pool.objects.get(pk=crowd.category.pool_id).taken, miscounted()) == (1, [])
    crowd.check(answers)
    assert typed().items() >= before.items(), "what was typed is kept"


def test_a_place_given_back_goes_to_the_first_in_line_and_to_nobody_who_comes_meanwhile(crowd: Crowd) -> None:
    leaving = make_registration(crowd.forum, state=S.CONFIRMED, category=crowd.category)
    waiting = [make_registration(crowd.forum, state=S.WAITLISTED, category=crowd.category) for _ in range(3)]
    before, calls, pool = typed(), crowd.calls(), crowd.category.pool_id
    works = [partial(serve_line, pool_id=pool) for _ in range(3)]
    answers = at_once([*calls, doors.Applicant(leaving).withdraw, *works])
    assert refusals(answers) == []
    assert answers[len(calls)].status_code == 302
    serve_line(pool_id=pool)
    assert holders() == {waiting[0].person_id}
    assert (Pool.objects.get(pk=pool).taken, miscounted()) == (1, [])
    crowd.check(answers[: len(calls)])
    assert typed().items() >= before.items(), "what was typed is kept"
