"""How the team pages word a letter and a long work: kind, state, what the mail server said. `{% load team_states %}`."""

from datetime import datetime

from django import template
from django.utils.html import format_html
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forum.enums import JobState, MessageState
from forum.models import Job, Message
from forum.queries import messages
from forum.registry import message_kinds
from forum.templatetags import times
from forum.templatetags.ui import COMPONENTS, chip

register = template.Library()
register.filter("masked", messages.masked)
TONES = {
    MessageState.QUEUED: "wait",
    MessageState.SENDING: "new",
    MessageState.SENT: "ok",
    MessageState.RETRY: "wait",
    MessageState.FAILED: "no",
    MessageState.UNKNOWN: "ask",
}


@register.simple_tag
def moment(value: datetime | None, zone: str) -> str:
    """Day and time without the zone, for columns whose head names it."""
    if value is None:
        return ""
    local = value.astimezone(times.zone_of(zone))
    text = f"{times.day_text(local.date())}, {local:%H:%M}"
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), text)


@register.filter
def letter_label(reason: str) -> str:
    """What people call this letter; its name when the kind is no longer registered."""
    return str(message_kinds[reason].label) if reason in message_kinds else reason


@register.inclusion_tag(COMPONENTS + "chip.html")
def letter_chip(message: Message) -> dict[str, str]:
    """The state as colour, shape and word."""
    state = MessageState(message.state)
    return chip(TONES[state], str(state.label))


@register.simple_tag
def letter_note(message: Message) -> str:
    """The rest of the story: when it left, when it is tried again, what the server answered (codes only)."""
    if message.state == MessageState.SENT and message.sent_at:
        return times.hour_text(message.sent_at)
    if message.state == MessageState.RETRY and message.due_at > now():
        tries = ngettext("%(number)s attempt", "%(number)s attempts", message.attempts) % {"number": message.attempts}
        again = _("again at %(time)s") % {"time": times.hour_text(message.due_at)}
        return ", ".join(filter(None, (tries, message.answer, again)))
    return message.answer if message.state in (MessageState.FAILED, MessageState.UNKNOWN) else ""


JOB_TONES = {
    JobState.QUEUED: "wait",
    JobState.RUNNING: "new",
    JobState.DONE: "ok",
    JobState.FAILED: "no",
    JobState.CANCELLED: "off",
}


@register.inclusion_tag(COMPONENTS + "chip.html")
def job_chip(job: Job) -> dict[str, str]:
    """The state of a long work; one that ended with errors is not simply done."""
    state = JobState(job.state)
    if state == JobState.DONE and job.failed:
        return chip("ask", _("done, with errors"))
    return chip(JOB_TONES[state], str(state.label))
