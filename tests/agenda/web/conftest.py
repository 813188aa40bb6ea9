"""Two sides of the programme room."""

import pytest
from django.test import Client

from agenda.actions.releases import publish_release
from agenda.models import Session
from forum.enums import Role
from forum.models import Account, Forum
from tests.factories.agenda import make_session, make_speaker, partner
from tests.factories.forum import make_staff
from tests.sessions import sign_in


@pytest.fixture
def guest(forum: Forum) -> Account:
    return make_staff(forum, Role.PARTNER_EDITOR, scope_id="RU-SPE", email="guest@example.org")


@pytest.fixture
def guest_client(guest: Account) -> Client:
    return sign_in(Client(), guest)


@pytest.fixture
def host_client(forum: Forum) -> Client:
    return sign_in(Client(), make_staff(forum, Role.PROGRAMME_EDITOR, email="host@example.org"))


@pytest.fixture
def own(forum: Forum) -> Session:
    """A released session of the partner, whose speaker is its own."""
    spb = partner(forum)
    session = make_session(forum, host_region=spb, speakers=(make_speaker(forum, region=spb),), slug="own")
    publish_release(forum, by=None)
    return session
