"""How bookings name a person."""

from django.utils.translation import get_language

from forum.names import full_in, full_latin, full_russian
from registration.models import Person
from registration.queries.people import name_of


def shown_name(person: Person) -> str:
    """The Russian line where there is one, else the Latin one, else the native spelling."""
    name = name_of(person)
    return full_russian(name) or full_latin(name) or name.native


def own_name(person: Person) -> str:
    """On one's own pages: in the script of the page."""
    return full_in(name_of(person), language=get_language() or "ru")
