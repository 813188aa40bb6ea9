"""Words of the team's programme room: times on both clocks, states. `{% load team_programme %}`."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from agenda.enums import DraftState, ProposalState
from agenda.models import Hall, SessionSpeaker
from agenda.queries.speakers import published_name
from forum.models import AuditEntry
from forum.templatetags.times import day_text, hour_text, place_of, zone_of
from forum.templatetags.ui import COMPONENTS, chip

register = template.Library()


@register.simple_tag
def both_clocks(starts: datetime | str, ends: datetime | str, zones: Sequence[str]) -> str:
    """A period on every clock that matters: “20 мая, чт, 16:00–17:30 (Кемерово), 12:00–13:30 (Москва)”.

    Moments may come as ISO text, as letters and proposals carry them.
    """
    first, last = _moment(starts), _moment(ends)
    return _on_clocks(first, [f"{hour_text(first, zone=zone)}–{hour_text(last, zone=zone)}" for zone in zones], zones)


@register.simple_tag
def clocks(starts: datetime | str, ends: datetime | str, zones: Sequence[str]) -> SafeString:
    """`both_clocks` for a page: no clock is broken over two lines."""
    return _unbroken(both_clocks(starts, ends, zones))


@register.simple_tag
def hours_on_clocks(starts: datetime, ends: datetime, zones: Sequence[str]) -> SafeString:
    """Like `both_clocks` where the forum's day stands already: “16:00–17:30 (Кемерово), 12:00–13:30 (Москва)”."""
    hours = [f"{hour_text(starts, zone=zone)}–{hour_text(ends, zone=zone)}" for zone in zones]
    return _unbroken(_on_clocks(starts, hours, zones, shown=starts.astimezone(zone_of(zones[0])).date()))


@register.filter
def deadline(moment: datetime | str, zones: Sequence[str]) -> str:
    """A moment on every clock that matters: “20 мая, чт, 23:00 (Кемерово), 19:00 (Москва)”."""
    at = _moment(moment)
    return _on_clocks(at, [hour_text(at, zone=zone) for zone in zones], zones)


def _unbroken(text: str) -> SafeString:
    """Hours and their place stay together; the days and the clocks may stand one under the other."""
    parts = re.split(r"(\d\d:\d\d–\d\d:\d\d \([^)]*\))", text)
    return format_html_join("", "{}", ((_clock(part) if "(" in part else part,) for part in parts))


def _clock(text: str) -> SafeString:
    return format_html('<span class="nowrap">{}</span>', text)


def _on_clocks(first: datetime, hours: Sequence[str], zones: Sequence[str], *, shown: date | None = None) -> str:
    """Hours with their place; the day is said only where it differs from the one `shown` before."""
    parts = []
    for text, zone in zip(hours, zones, strict=True):
        day = first.astimezone(zone_of(zone)).date()
        place = f"{text} ({place_of(zone_of(zone))})"
        parts.append(place if day == shown else f"{day_text(day)}, {place}")
        shown = day
    return ", ".join(parts)


def _moment(value: datetime | str) -> datetime:
    return datetime.fromisoformat(value) if isinstance(value, str) else value


DRAFT_TONES = {
    DraftState.DRAFT: "wait",
    DraftState.CHANGED: "ask",
    DraftState.CANCELLED: "no",
    DraftState.RELEASED: "ok",
}
PROPOSAL_TONES = {
    ProposalState.OPEN: "ask",
    ProposalState.ACCEPTED: "ok",
    ProposalState.REFUSED: "no",
    ProposalState.WITHDRAWN: "off",
    ProposalState.EXPIRED: "off",
}


@register.inclusion_tag(COMPONENTS + "chip.html")
def draft_chip(state: str, release: int | None = None) -> dict[str, str]:
    """How a draft differs from what is published; `release` is the number it is compared with."""
    found = DraftState(state)
    if found == DraftState.CHANGED and release:
        return chip(DRAFT_TONES[found], _("Changed since release %(number)s") % {"number": release})
    return chip(DRAFT_TONES[found], str(found.label))


@register.inclusion_tag(COMPONENTS + "chip.html")
def proposal_chip(state: str) -> dict[str, str]:
    """Where a proposal stands."""
    found = ProposalState(state)
    return chip(PROPOSAL_TONES[found], str(found.label))


@register.filter
def halls_in_words(facts: dict[str, Any], halls: dict[str, Hall]) -> str:
    """The halls of a proposal's facts by name; a hall that is gone by its key."""
    keys = [facts["hall"], *facts["linked"]]
    return ", ".join(str(halls[key].name) if key in halls else key for key in keys)


@register.filter
def stage_name(row: SessionSpeaker) -> str:
    """A speaker's name in the language of the page."""
    return published_name(row.speaker, language=get_language() or "ru")


@register.filter
def speaker_name(speaker: Any) -> str:
    """The same for a speaker."""
    return published_name(speaker, language=get_language() or "ru")


ACTIONS = {
    "session.created": gettext_lazy("Created"),
    "session.edited": gettext_lazy("Content changed"),
    "session.moved": gettext_lazy("Time or hall changed"),
    "session.cancelled": gettext_lazy("Cancelled"),
    "proposal.open": gettext_lazy("Change proposed"),
    "proposal.accepted": gettext_lazy("Proposal accepted"),
    "proposal.refused": gettext_lazy("Proposal refused"),
    "proposal.withdrawn": gettext_lazy("Proposal withdrawn"),
    "proposal.expired": gettext_lazy("Proposal expired"),
}
FIELDS = {
    "title": gettext_lazy("Title"),
    "description": gettext_lazy("Description"),
    "languages": gettext_lazy("Spoken"),
    "interpretation": gettext_lazy("Interpretation into"),
}


@register.filter
def act_in_words(entry: AuditEntry) -> str:
    """What a line of the history is about."""
    return str(ACTIONS.get(entry.action, entry.action))


@register.filter
def changed_fields(entry: AuditEntry) -> list[dict[str, str]]:
    """Old and new of a change of content: label, was, now. Speakers are told as a fact: the audit holds no names."""
    was, now = entry.data.get("was"), entry.data.get("now")
    rows = []
    if entry.action == "session.edited" and was is not None:
        rows = [{"label": _field(name), "was": _shown(was[name]), "now": _shown(now[name])} for name in now]
    if "cast" in entry.data:
        before, after = len(entry.data.get("cast_was", [])), len(entry.data["cast"])
        rows.append({"label": _("Speakers"), "was": str(before), "now": str(after)})
    return rows


def _field(name: str) -> str:
    field, _sep, language = name.partition("_")
    label = str(FIELDS.get(field, field))
    return f"{label} ({language.upper()})" if language else label


def _shown(value: Any) -> str:
    return ", ".join(value).upper() if isinstance(value, list) else str(value)
