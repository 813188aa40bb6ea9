"""Browsers of the three people that most tests of pages need: may, may not, not signed in."""

import pytest
from django.test import Client

from forum.enums import Role
from forum.models import Forum
from tests.factories.forum import make_account, make_staff
from tests.sessions import sign_in


@pytest.fixture
def viewer_client(forum: Forum) -> Client:
    """The press office: of the team, with few rights."""
    return sign_in(Client(), make_staff(forum, Role.VIEWER))


@pytest.fixture
def delegate_client(forum: Forum) -> Client:
    """A delegate: signed in, not of the team."""
    return sign_in(Client(), make_account())
