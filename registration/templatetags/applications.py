"""Small words of registration for templates."""

from django import template
from django.utils.dateparse import parse_date, parse_datetime

from forum.refs import format_ref
from forum.templatetags.times import day_text, when_text
from forum.templatetags.ui import chip
from registration.enums import RegistrationState, VisaState
from registration.web import words_team
from registration.web.standing import TONES
from registration.web.words_visa import TONES as VISA_TONES

register = template.Library()
register.filter("ref", format_ref)
register.filter("act_label", words_team.act_label)
register.filter("answer_label", words_team.answer_label)


@register.inclusion_tag("forum/components/chip.html")
def state_chip(state: str) -> dict[str, str]:
    """The state of an application as colour, shape and word."""
    known = RegistrationState(state)
    return chip(TONES[known], str(known.label))


@register.filter
def moment(iso_text: str, zone: str) -> str:
    """A moment that travelled as text (`2027-04-28T18:00:00+07:00`) as people read it, its zone named; empty for none."""
    parsed = parse_datetime(iso_text) if iso_text else None
    return when_text(parsed, zone=zone) if parsed else ""


@register.filter
def iso_day(iso_text: str) -> str:
    """A day that travelled as text (`2027-04-28`) as people read it; empty for none."""
    parsed = parse_date(iso_text) if iso_text else None
    return day_text(parsed) if parsed else ""


@register.inclusion_tag("forum/components/chip.html")
def visa_chip(state: str) -> dict[str, str]:
    """The state of a visa case as colour, shape and word."""
    known = VisaState(state)
    return chip(VISA_TONES[known], str(known.label))


@register.filter
def quoted(text: str) -> str:
    """Somebody's words in a plain letter: every line marked as in an answer."""
    return "\n".join(f"> {line}" for line in text.splitlines())
