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
    "place.taken_back": _("place taken back"),
}
"""By the action of the audit entry."""
