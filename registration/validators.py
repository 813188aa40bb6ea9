"""Checks shared by forms, actions and the API."""

from typing import TYPE_CHECKING, Union

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from forum.names import InvalidNameError

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from registration.models import Registration

Words = Union[str, "_StrPromise"]
# Why a name was refused -> reason and remedy, as a form says them.
_REASONS: dict[str, tuple[Words, Words]] = {
    "name.too_long": (_("This is longer than 100 characters."), _("Shorten it as your document does.")),
    "name.no_letters": (_("There is no letter in it."), _("Write the name in letters.")),
    "name.not_latin": (
        _("A Latin name cannot have “%(characters)s” in it."),
        _("Use A–Z, a hyphen, a space or an apostrophe, as in your document."),
    ),
    "name.not_cyrillic": (
        _("A name in Cyrillic cannot have “%(characters)s” in it."),
        _("Use Cyrillic letters here; the Latin spelling has its own field."),
    ),
    "name.not_printable": (
        _("This contains characters that cannot be printed."),
        _("Type the name again by hand."),
    ),
}
_MOST_SHOWN = 10
"""Wrong characters named in a message; a pasted book would otherwise fill the page."""


def missing_answers(registration: "Registration") -> dict[str, str]:
    """Field -> what to do, for every answer without which an application cannot be sent.

    A name is needed in at least one script; whoever has no Russian document also gives the Latin spelling, since it must
    equal the document shown at the desk and at a plant's gate.
    """
    person = registration.person
    missing = {
        "surname": not (person.surname or person.latin_surname),
        "latin_surname": person.citizenship != "RU" and not person.latin_surname,
        "citizenship": not person.citizenship,
        "languages": not person.languages,
        "email": not person.email,
        "delegation": registration.delegation_id is None,
        "organisation": not registration.organisation,
        "position": not registration.position,
    }
    remedies = {
        "surname": _("Enter your surname."),
        "latin_surname": _("Enter your surname as in your document, in Latin letters."),
        "citizenship": _("Choose the citizenship of the document you will show."),
        "languages": _("Choose at least one language you speak."),
        "email": _("Enter an email that you read."),
        "delegation": _("Choose your country or region."),
        "organisation": _("Enter your organisation."),
        "position": _("Enter your position."),
    }
    return {field: str(remedies[field]) for field, is_missing in missing.items() if is_missing}


def name_error(error: InvalidNameError) -> ValidationError:
    """The names kit's refusal as a form's error."""
    reason, remedy = _REASONS[error.code]
    shown = " ".join(error.characters[:_MOST_SHOWN])
    return ValidationError(reason, code=error.code, params={"characters": shown, "remedy": remedy})
