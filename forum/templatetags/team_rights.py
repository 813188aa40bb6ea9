"""How the rights page words a grant and its history. `{% load team_rights %}`."""

from datetime import timedelta

from django import template
from django.utils.html import format_html
from django.utils.timezone import now
from django.utils.translation import gettext as _

from forum.enums import Role
from forum.models import Membership
from forum.queries.rights import RightsEvent
from forum.templatetags import times

register = template.Library()
SOON = 7
"""Days before its end that a grant is marked."""


@register.simple_tag
def grant_end(grant: Membership, zone: str) -> str:
    """The last day of a grant; the time too where it does not end with the day. A mark when the end is near."""
    last = (grant.valid_until - timedelta(seconds=1)).astimezone(times.zone_of(zone))
    whole = f"{last:%H:%M:%S}" == "23:59:59"
    text = times.day_text(last.date()) if whole else times.when_text(grant.valid_until, zone=zone)
    if (grant.valid_until - now()).days >= SOON:
        return text
    return format_html('{} <span class="tag">{}</span>', text, _("soon"))


@register.simple_tag
def rights_event(event: RightsEvent) -> str:
    """One line of the history as a sentence."""
    role = event.entry.data.get("role", "")
    words = {
        "email": event.grant.account.email if event.grant else _("somebody"),
        "role": Role(role).label if role in Role.values else role,
        "scope": event.scope,
    }
    if event.entry.action == "rights.ended":
        return _("%(email)s is no longer: %(role)s") % words
    return (_("%(email)s is now: %(role)s, %(scope)s") if event.scope else _("%(email)s is now: %(role)s")) % words
