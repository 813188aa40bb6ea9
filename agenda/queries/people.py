"""How bookings name a person."""

from forum.names import full_latin, full_russian
from registration.models import Person
from registration.queries.people import name_of


def shown_name(person: Person) -> str:
    """The Russian line where there is one, else the Latin one, else the native spelling."""
    name = name_of(person)
    return full_russian(name) or full_latin(name) or name.native
