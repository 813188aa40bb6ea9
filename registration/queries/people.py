"""People as names, and finding them by any spelling."""

from django.db.models import Q

from forum.models import Forum
from forum.names import PersonName, search_words
from forum.refs import normalise_ref
from registration.enums import RegistrationState
from registration.models import Person, Registration


def name_of(person: Person) -> PersonName:
    """The stored spellings in the form the names kit speaks; none of them while the consent to processing is withdrawn.

    Every list, feed, paper and letter takes names from here: this is where they stop being shown.
    """
    if person.processing_stopped_at is not None:
        return PersonName(surname="")
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


def person_of_ref(forum: Forum, ref: str) -> Person | None:
    """Whose application to this edition has this reference, however it is typed; drafts are nobody's business."""
    try:
        found = Registration.objects.filter(forum=forum, ref=normalise_ref(ref)).exclude(state=RegistrationState.DRAFT)
    except ValueError:
        return None
    registration = found.select_related("person").first()
    return registration.person if registration else None


def _by_ref(query: str) -> Q:
    try:
        return Q(ref=normalise_ref(query))
    except ValueError:
        return Q(pk__in=[])
