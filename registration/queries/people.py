"""People as names, and finding them by any spelling."""

from django.db.models import Q

from forum.names import PersonName, search_words
from forum.refs import normalise_ref
from registration.models import Person


def name_of(person: Person) -> PersonName:
    """The stored spellings in the form the names kit speaks."""
    return PersonName(
        surname=person.surname,
        given=person.given_name,
        patronymic=person.patronymic,
        latin_surname=person.latin_surname,
        latin_given=person.latin_given_name,
        native=person.native_name,
    )


def matches(query: str, *, prefix: str = "person__") -> Q:
    """Registrations (or, with an empty prefix, people) that contain every word of `query` in any spelling and script,
    or whose reference, email or organisation it is.
    """
    words = Q()
    for word in search_words(query):
        words &= Q(**{f"{prefix}search_text__contains": word})
    found = words if search_words(query) else Q(pk__in=[])
    if "@" in query:
        found |= Q(**{f"{prefix}email": query.strip().lower()})
    if prefix:
        found |= Q(organisation__icontains=query.strip()) | _by_ref(query)
    return found


def _by_ref(query: str) -> Q:
    try:
        return Q(ref=normalise_ref(query))
    except ValueError:
        return Q(pk__in=[])
