"""The waiting list said to somebody in it: the place in line, the offer, or that the list has stopped."""

from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from forum.templatetags.times import when_text
from registration.models import Registration
from registration.queries.line import InLine, Standing
from registration.queries.quotas import name_of_pool


def waiting_line(registration: Registration, waits: InLine | None) -> str:
    """The truth in one sentence."""
    if waits is None or not waits.is_offered or waits.claim.offer_until is None:
        return _("You are on the waiting list.")
    if not waits.moves or waits.claim.offer_until <= now():
        return _("The offer of a place is over.")
    deadline = when_text(waits.claim.offer_until, zone=registration.forum.timezone)
    return _("A place is kept for you until %(deadline)s.") % {"deadline": deadline}


def waiting_hint(registration: Registration, waits: InLine | None) -> str:
    """What it means, and how many stand ahead."""
    if waits and not waits.moves:
        stopped = _("Registration has closed, and the waiting list with it: no places are offered any more.")
        return f"{stopped} " + _("Questions? Write to %(email)s.") % {"email": registration.forum.contact_email}
    if waits and waits.is_offered:
        accept = _("Accept it, and you take part: nothing more has to be confirmed.")
        return f"{accept} " + _("You cannot come? Withdraw the application below, and the next person gets the place.")
    ahead = [_place(registration, standing) for standing in waits.standings] if waits else []
    told = _("All places are taken now. When one is free and it is your turn, we offer it to you by a letter.")
    return " ".join([*ahead, told, _("Answer it in time: the offer has a deadline.")])


def offer_address(registration: Registration, waits: InLine | None) -> str:
    """Where an offer is accepted; empty where there is none."""
    if waits is None or not waits.is_offered or not waits.moves:
        return ""
    if waits.claim.offer_until and waits.claim.offer_until <= now():
        return ""
    return reverse("registration:accept", args=[registration.ref])


def _place(registration: Registration, standing: Standing) -> str:
    name = name_of_pool(standing.pool, category=registration.category)
    return _("You are number %(position)s of %(length)s in the line for “%(name)s”.") % {
        "position": standing.position,
        "length": standing.length,
        "name": name,
    }
