"""Writing a person's names. Nothing else writes `search_text` and `sort_key`."""

from collections.abc import Mapping

from forum.names import clean_latin, clean_name, search_text, sort_key
from registration.models import Person

RUSSIAN = ("surname", "given_name", "patronymic")
LATIN = ("latin_surname", "latin_given_name")
NAMES = (*RUSSIAN, *LATIN, "native_name", "badge_name")


def write_names(person: Person, names: Mapping[str, str]) -> list[str]:
    """Set the given spellings on `person` (not saved) and return the fields that changed.

    Spellings are kept as typed, only composed and trimmed; the folded search text and the sort key follow.
    """
    changed = []
    for field in NAMES:
        if field not in names:
            continue
        value = clean_latin(names[field]) if field in LATIN else clean_name(names[field])
        if value != getattr(person, field):
            setattr(person, field, value)
            changed.append(field)
    if changed:
        person.search_text = search_text(*(spelling for field in NAMES if (spelling := getattr(person, field))))
        person.sort_key = sort_key(*_sorted_by(person))
    return changed


def _sorted_by(person: Person) -> tuple[str, str, str]:
    """The Russian spelling where there is one, else the Latin one."""
    if person.surname:
        return person.surname, person.given_name, person.patronymic
    return person.latin_surname, person.latin_given_name, ""
