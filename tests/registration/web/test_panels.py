"""What registration shows on the Today page: figures only, without a name."""

from django.test import Client
from django.utils.translation import override

from forum.enums import Role
from forum.models import Forum
from registration.enums import RegistrationState
from registration.queries.figures import geography
from registration.web.panels_team import geography_words
from tests.factories.forum import make_staff
from tests.factories.registration import make_delegation, make_registration
from tests.sessions import sign_in

S = RegistrationState


def come(forum: Forum, *delegations: str) -> None:
    """One confirmed person from each."""
    for code in delegations:
        make_registration(forum, state=S.CONFIRMED, delegation=code)


def test_the_host_region_is_counted_apart(forum: Forum) -> None:
    come(forum, "UZ", "BY", "BY", "RU-TOM", "RU-SPE", "RU-KEM", "RU-KEM")
    with override("en"):
        assert geography_words(geography(forum)) == "2 countries, 2 regions"
    with override("ru"):
        assert geography_words(geography(forum)) == "2 страны, 2 региона"


def test_one_part_stands_alone(forum: Forum) -> None:
    make_delegation(forum, "BY")
    with override("en"):
        assert geography_words(geography(forum)) == "Nobody is approved yet."
        come(forum, "RU-TOM")
        assert geography_words(geography(forum)) == "1 region"


def test_the_press_sees_figures_and_no_way_to_people(forum: Forum) -> None:
    registration = make_registration(forum)
    come(forum, "UZ", "RU-SPE", "RU-KEM")
    press = sign_in(Client(), make_staff(forum, Role.VIEWER))
    page = press.get("/team/").content.decode()
    assert "1 страна, 1 регион" in page
    assert "/team/people/" not in page
    assert registration.person.surname not in page


def test_an_officer_gets_the_way_to_the_decisions(officer_client: Client, forum: Forum) -> None:
    make_registration(forum)
    page = officer_client.get("/team/").content.decode()
    assert 'href="/team/people/"' in page
    assert 'href="/team/people/?state=submitted"' in page
    assert "заявка ждёт решения" in page
