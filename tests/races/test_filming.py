"""A wish to film is stated once, and an answer and a withdrawal at the same moment leave one of them."""

from functools import partial

import pytest

from agenda.actions.filming import withdraw_wish
from agenda.actions.filming_answers import answer_wish
from agenda.enums import FilmingState
from agenda.models import FilmingWish
from forum.enums import Role
from forum.models import Forum
from tests.factories.agenda import make_programme, make_slot, make_wish
from tests.factories.forum import make_staff
from tests.factories.vehicles import make_crew
from tests.races.at_once import at_once, refusals

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_same_wish_is_stated_once(forum: Forum) -> None:
    crew, slot = make_crew(forum), make_slot(make_programme(forum))
    results = at_once([partial(make_wish, crew, slot) for _press in range(4)])
    assert refusals(results) == ["filming.twice"] * 3
    assert FilmingWish.objects.count() == 1


def test_an_answer_and_a_withdrawal_leave_one_state(forum: Forum) -> None:
    crew, slot = make_crew(forum), make_slot(make_programme(forum))
    by = make_staff(forum, Role.VISIT_COORDINATOR)
    wish = make_wish(crew, slot, put_by=by)
    answer = partial(answer_wish, wish, state=FilmingState.ALLOWED, answer="", version=wish.version, by=by)
    results = at_once([answer, partial(withdraw_wish, wish, by=None)])
    assert set(refusals(results)) <= {"filming.stale"}
    wish.refresh_from_db()
    assert (wish.state, wish.tell_plant) == (FilmingState.WITHDRAWN, True)
