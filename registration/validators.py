"""Checks shared by forms, actions and the API."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from registration.models import Registration


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
    return {field: remedies[field] for field, is_missing in missing.items() if is_missing}
