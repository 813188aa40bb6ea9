"""Small words of registration for templates."""

from django import template

from forum.refs import format_ref
from forum.templatetags.ui import chip
from registration.enums import RegistrationState
from registration.web.standing import TONES

register = template.Library()
register.filter("ref", format_ref)


@register.inclusion_tag("forum/components/chip.html")
def state_chip(state: str) -> dict[str, str]:
    """The state of an application as colour, shape and word."""
    known = RegistrationState(state)
    return chip(TONES[known], str(known.label))
