"""Whoever takes the consent to be named back leaves the released programme at once, everywhere."""

import pytest
from django.test import Client

from agenda.actions.releases import publish_release
from agenda.actions.speakers import set_publication_consent
from agenda.models import Speaker
from forum.errors import DomainError
from forum.models import Forum
from registration.actions.consents import give_consent, withdraw_consent
from registration.enums import RegistrationState
from registration.models import Registration
from registration.queries.consents import matters_of
from tests.factories.agenda import make_session, make_speaker
from tests.factories.registration import make_consent_document, make_registration

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = ("/ru/programme/?day=all", "/api/v1/programme", "/ru/speakers/")


@pytest.fixture
def registration(forum: Forum) -> Registration:
    """A speaker of the released programme who has applied and agreed to everything."""
    registration = make_registration(forum, state=RegistrationState.CONFIRMED)
    for purpose in ("processing", "publication"):
        document = make_consent_document(forum, purpose=purpose)
        give_consent(registration, document=document, language="ru", by=None)
    speaker = make_speaker(forum)
    Speaker.objects.filter(pk=speaker.pk).update(person=registration.person)
    make_session(forum, slug="one", title={"ru": "Наследие", "en": "Heritage"}, speakers=(speaker,))
    publish_release(forum, by=None)
    return registration


def take_back(registration: Registration, key: str) -> None:
    matter = next(one for one in matters_of(registration.person) if one.key == key)
    withdraw_consent(registration, matter=matter, language="ru", by=None)


@pytest.mark.parametrize("key", ["publication", "processing"])
def test_name_vanishes_at_once_from_every_kept_page(client: Client, registration: Registration, key: str) -> None:
    surname = Speaker.objects.get().surname
    assert [surname in client.get(page).content.decode() for page in PAGES] == [True] * 3
    take_back(registration, key)
    assert [surname in client.get(page).content.decode() for page in PAGES] == [False] * 3


def test_editors_cannot_name_somebody_who_took_it_back(client: Client, registration: Registration) -> None:
    take_back(registration, "publication")
    with pytest.raises(DomainError, match="consent_withdrawn"):
        set_publication_consent(Speaker.objects.get(), given=True, by=None)
    document = make_consent_document(registration.forum, purpose="publication")
    give_consent(registration, document=document, language="ru", by=None)
    assert Speaker.objects.get().surname in client.get(PAGES[0]).content.decode()


def test_editors_tick_shows_at_once(client: Client, registration: Registration) -> None:
    surname = Speaker.objects.get().surname
    for given in (False, True):
        client.get(PAGES[0])
        set_publication_consent(Speaker.objects.get(), given=given, by=None)
        assert (surname in client.get(PAGES[0]).content.decode()) is given
