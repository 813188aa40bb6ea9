"""Finding people: spellings, the other keyboard layout, one slip of the finger, numbers, addresses, organisations."""

import pytest

from forum.models import Forum
from forum.names import one_slip_apart
from registration.models import Person, Registration
from registration.queries.searching import matching, people_matching
from tests.factories.registration import make_person, make_registration

pytestmark = pytest.mark.django_db


def found(query: str) -> list[str]:
    rows = matching(Registration.objects.order_by("person__sort_key"), query)
    people = people_matching(Person.objects.order_by("sort_key"), query)
    names = [row.person.surname for row in rows]
    if "завод" not in query.lower():
        assert [person.surname for person in people] == names
    return names


def man(forum: Forum, surname: str, latin: str, name: str, latin_name: str) -> Person:
    return make_person(
        forum, surname=surname, latin_surname=latin, given_name=name, latin_given_name=latin_name, patronymic="Ильич"
    )


@pytest.fixture
def people(forum: Forum) -> list[Registration]:
    return [
        make_registration(forum, organisation="Завод «Красный литейщик»"),
        make_registration(forum, person=man(forum, "Образцов", "OBRAZTSOV", "Пётр", "PETR"), organisation="Музей"),
    ]


@pytest.mark.parametrize(
    "typed",
    [
        "примерова", "PRIMEROVA", "анна прим", "ghbvthjdf", "зкшьукщмф",  # script, order, layout
        "примерва", "примеррова", "примирова", "пирмерова", "примеорва", "анна примерва", "primeorva",  # one slip
    ],
)  # fmt: skip
def test_person_is_found_by_what_somebody_types(people: list[Registration], typed: str) -> None:
    assert found(typed) == ["Примерова"]


@pytest.mark.parametrize("typed", ["пимерва", "приемровва", "анна образцов", "анн", ""])
def test_two_slips_and_other_people_are_not_taken_for_her(people: list[Registration], typed: str) -> None:
    assert found(typed) == (["Примерова"] if typed == "анн" else [])


def test_exact_names_come_without_those_that_are_like_them(people: list[Registration], forum: Forum) -> None:
    make_registration(forum, person=man(forum, "Примеров", "PRIMEROV", "Олег", "OLEG"))
    assert found("примеров олег") == ["Примеров"]
    assert found("примерова") == ["Примерова"]


def test_reference_email_and_organisation(people: list[Registration]) -> None:
    assert found(people[1].ref.lower()) == ["Образцов"]
    assert found(people[0].person.email.upper()) == ["Примерова"]
    assert found("завод «красный") == ["Примерова"]


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("анна", "анна", True), ("анна", "ана", True), ("анна", "аннна", True), ("анна", "анма", True),
        ("анна", "нана", True), ("анна", "аннушка", False), ("анна", "анри", False), ("ab", "ba", True), ("", "а", True),
        ("abcd", "badc", False),
    ],
)  # fmt: skip
def test_one_slip(one: str, other: str, apart: bool) -> None:
    assert one_slip_apart(one, other) is apart
    assert one_slip_apart(other, one) is apart
