"""How much waits for the print desk stands on every page of the team: counted once, and again when a badge has changed."""

import pytest
from django.core.cache import caches

from badges.actions.issuing import issue_badge
from badges.queries.printing import waiting_for_print
from forum.models import Account, Forum
from registration.models import Registration
from tests.badges.test_actions_printing import correct, printed
from tests.factories.badges import make_holder

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_number_is_counted_once_until_a_badge_changes(
    forum: Forum, officer: Account, django_assert_num_queries
) -> None:
    caches["process"].clear()
    holder = make_holder(forum)
    assert waiting_for_print(forum) == 1
    with django_assert_num_queries(0):
        assert waiting_for_print(forum) == 1
    make_holder(forum)
    assert waiting_for_print(forum) == 2
    printed(forum, officer, holder)
    assert waiting_for_print(forum) == 1
    correct(Registration.objects.get(pk=holder.registration_id), officer, organisation="ООО «Другое»")
    issue_badge(registration_id=holder.registration_id)
    assert waiting_for_print(forum) == 2


def test_no_number_is_kept_too(forum: Forum, django_assert_num_queries) -> None:
    caches["process"].clear()
    assert waiting_for_print(forum) == 0
    with django_assert_num_queries(0):
        assert waiting_for_print(forum) == 0
