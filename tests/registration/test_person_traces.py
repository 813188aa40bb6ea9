"""What others have written of a person goes with them, and what is somebody else's stays."""

import pytest

from forum.models import Account, Forum, Message
from registration.actions.delegations import name_collector
from registration.actions.merging import merge
from registration.actions.person_erasing import DELETED, erase_person
from registration.engine.namings import names_person
from registration.enums import ErasureBasis, InvitationState
from registration.models import Delegation, Invitation, Person, Registration, Vehicle
from tests.factories.invitations import make_invitation
from tests.factories.registration import make_delegation, make_person, make_registration
from tests.factories.vehicles import make_vehicle

pytestmark = pytest.mark.django_db
ANNA = {"surname": "Примерова", "given_name": "Анна", "latin_surname": "PRIMEROVA", "latin_given_name": "ANNA"}


def erase(registration: Registration) -> bool:
    return erase_person(registration, basis=ErasureBasis.ASKED, by=None, as_applicant=True)


@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        ("Примерова Анна", True),
        ("анна ильинична ПРИМЕРОВА, +7 900", True),
        ("Anna Primerova", True),
        ("Примерова", False),
        ("Анна", False),
        ("Примерова Инна", False),
        ("Примеров-Анненский", False),
        ("", False),
    ],
)
def test_a_person_is_named_by_surname_and_given_name_in_one_script(text: str, is_named: bool) -> None:
    assert names_person(text, ANNA) == is_named


def test_nobody_is_named_by_half_a_name() -> None:
    assert not names_person("Примерова Анна", {"surname": "Примерова"})
    assert not names_person("Примерова Анна", {})


def test_namesakes_of_another_group_go_on_driving_and_fetching(forum: Forum, officer: Account) -> None:
    own, other = make_delegation(forum), make_delegation(forum, "BY")
    for plate, group in (("А123ВС142", own), ("О777ОО42", other)):
        make_vehicle(forum, by=officer, plate=plate, organisation=None, delegation=group, driver="Анна Примерова")
        name_collector(group, name="Примерова Анна", by=officer)
    erase(make_registration(forum))
    drivers = {one.delegation_id: one.driver for one in Vehicle.objects.all()}
    assert drivers == {own.pk: "", other.pk: "Анна Примерова"}
    assert dict(Delegation.objects.values_list("pk", "collector")) == {own.pk: "", other.pk: "Примерова Анна"}


def test_another_driver_may_be_named_on_the_same_pass(forum: Forum, officer: Account) -> None:
    group = make_delegation(forum)
    make_vehicle(forum, by=officer, approved=True, organisation=None, delegation=group, driver="Анна Примерова")
    erase(make_registration(forum))
    vehicle = Vehicle.objects.get()
    assert (vehicle.state, vehicle.driver, vehicle.erased_at) == ("approved", "", None)


@pytest.mark.parametrize("is_shared", [False, True])
def test_an_invitation_to_the_address_ends_unless_somebody_else_comes_under_it(forum: Forum, is_shared: bool) -> None:
    email = "anna@example.org"
    if is_shared:
        make_registration(forum, person=make_person(forum, email=email))
    make_invitation(forum, email=email)
    erase(make_registration(forum, person=make_person(forum, email=email)))
    state = Invitation.objects.get().state
    assert state == (InvitationState.SENT if is_shared else InvitationState.WITHDRAWN)


def test_merged_applications_go_together_and_each_address_hears_of_it_once(forum: Forum, officer: Account) -> None:
    kept, same, other = (
        make_registration(forum, person=make_person(forum, email=f"{name}@example.org")) for name in "aab"
    )
    for gone in (same, other):
        merge(kept, gone, reason="twice", by=officer)
        kept.refresh_from_db()
    assert erase(kept)
    assert not Person.objects.filter(erased_at=None).exists()
    assert sorted(Message.objects.filter(reason=DELETED).values_list("recipient", flat=True)) == [
        "a@example.org",
        "b@example.org",
    ]
    assert not erase(kept)


def test_the_one_that_was_merged_takes_no_living_application_along(forum: Forum, officer: Account) -> None:
    kept, gone = make_registration(forum), make_registration(forum)
    merge(kept, gone, reason="twice", by=officer)
    assert erase(gone)
    kept.refresh_from_db()
    assert kept.erased_at is None
