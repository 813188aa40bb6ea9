"""How the log of a person words what was done with their places."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

ACTS: dict[str, "_StrPromise"] = {
    "person.birth_date_given": _("date of birth given"),
    "place.taken": _("place taken"),
    "place.waiting": _("waits in line for a place"),
    "place.offered": _("place offered"),
    "place.offer_over": _("offer not answered in time"),
    "place.given_back": _("place given back"),
    "place.all_given_back": _("all places given back"),
    "place.moved": _("moved to another visit"),
    "filming.asked": _("asked a plant to film"),
    "filming.changed": _("wish to film changed"),
    "filming.withdrawn": _("wish to film withdrawn"),
    "filming.put": _("wish to film put to the plant"),
    "filming.answered": _("plant answered the wish to film"),
    "filming.told": _("plant told of a withdrawn wish"),
    "place.consent_withdrawn": _("places given back with the consent to a plant"),
    "registration.plant_data_asked": _("asked for data that a plant's list lacks"),
    "place.taken_back": _("place taken back"),
}
"""By the action of the audit entry."""
