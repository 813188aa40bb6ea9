"""One address, one login, however many people apply with it at the same moment."""

from functools import partial

import pytest
from django.db import transaction

from forum.actions.accounts import account_of
from forum.models import Account
from tests.races.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@transaction.atomic
def login(email: str) -> int:
    """As in an action: the row is there for the others after the commit alone."""
    return account_of(email).pk


def test_all_get_the_same_account() -> None:
    found = at_once([partial(login, email) for email in ("One@Example.org", " one@example.org ") * 10])
    assert set(found) == {Account.objects.get(email="one@example.org").pk}
