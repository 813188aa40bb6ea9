"""Somebody who comes, signed in on their own page."""

import pytest
from django.test import Client

from forum.models import Account, Forum
from registration.enums import RegistrationState
from registration.models import Registration
from tests.factories.forum import make_account
from tests.factories.registration import make_person, make_registration
from tests.sessions import sign_in


@pytest.fixture
def delegate(db: None) -> Account:
    """Looks after one application."""
    return make_account()


@pytest.fixture
def coming(forum: Forum, delegate: Account) -> Registration:
    """It is confirmed."""
    return make_registration(forum, person=make_person(forum, account=delegate), state=RegistrationState.CONFIRMED)


@pytest.fixture
def own(delegate: Account) -> Client:
    """Their browser."""
    return sign_in(Client(), delegate, second_factor=False)
