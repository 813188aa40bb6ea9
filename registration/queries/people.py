"""People as names."""

from forum.models import Forum
from forum.names import PersonName
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


def person_of_ref(forum: Forum, ref: str) -> Person | None:
    """Whose application to this edition has this reference, however it is typed; drafts are nobody's business."""
    try:
        found = Registration.objects.filter(forum=forum, ref=normalise_ref(ref)).exclude(state=RegistrationState.DRAFT)
    except ValueError:
        return None
    registration = found.select_related("person").first()
    return registration.person if registration else None
