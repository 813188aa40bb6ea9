"""Two glances are those of two people, whatever happens at one moment."""

from functools import partial

import pytest

from forum.enums import Role
from forum.models import Account, Forum
from registration.actions.checks import check
from registration.actions.review import approve
from registration.enums import RegistrationState as S
from registration.enums import ReviewStages
from registration.models import PreCheck, Registration
from tests.factories.forum import make_staff
from tests.factories.registration import make_category, make_registration
from tests.races.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_checked_and_decided_at_one_moment_by_two_people_who_do_both(forum: Forum, officer: Account) -> None:
    second = make_staff(forum, Role.ACCREDITATION_OFFICER)
    category = make_category(forum, review=ReviewStages.TWO_PEOPLE)
    for _round in range(3):
        made = make_registration(forum, category=category)
        one = partial(Registration.objects.select_related("category", "forum").get, pk=made.pk)
        calls = [
            partial(lambda act, by, one=one: act(one(), by=by), act, by)
            for by in (officer, second)
            for act in (check, approve, approve)
        ]
        at_once(calls)  # type: ignore[arg-type]
        found = PreCheck.objects.get(registration=made, ended_at=None)
        assert found.decided_by != found.checked_by
        approved = one().state == S.APPROVED
        assert approved == (found.decided_by is not None)
