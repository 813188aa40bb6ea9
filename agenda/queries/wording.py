"""Conflicts in words, for refusals and pages. Titles of other sessions never appear: the reader may not know them."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from agenda.enums import ConflictKind
from agenda.models import Speaker
from agenda.queries.conflicts import Conflict
from agenda.queries.speakers import published_name
from forum.templatetags.times import hour_text, place_of, when_text, zone_of


def conflict_text(conflict: Conflict) -> str:
    """One sentence; times in the zone of the hall."""
    if conflict.kind == ConflictKind.UNFIT:
        return conflict.text
    if conflict.kind == ConflictKind.HOURS:
        return _hours(conflict)
    if conflict.kind == ConflictKind.ZONE:
        words = {"hall": _hall(conflict), "zone": conflict.text}
        return _("%(hall)s lies in another zone: only badges with “%(zone)s” open it.") % words
    words = {"when": _when(conflict), "hall": _hall(conflict)}
    if conflict.kind == ConflictKind.CLOSED:
        return _("%(hall)s is closed: %(when)s.") % words
    if conflict.kind == ConflictKind.HALL:
        return _("%(hall)s is taken: %(when)s.") % words
    words["name"] = _name(conflict.speaker)
    return _("%(name)s is in another session: %(when)s.") % words


def _hours(conflict: Conflict) -> str:
    if conflict.starts is None or conflict.ends is None:
        return ""
    starts, ends = hour_text(conflict.starts, zone=conflict.zone), hour_text(conflict.ends, zone=conflict.zone)
    words = {"place": place_of(zone_of(conflict.zone)), "starts": starts, "ends": ends}
    return _("%(place)s: it would be %(starts)s–%(ends)s there, outside 09:00–18:00.") % words


def _hall(conflict: Conflict) -> str:
    return str(conflict.hall.name) if conflict.hall else ""


def _name(speaker: Speaker | None) -> str:
    return published_name(speaker, language=get_language() or "ru") if speaker else ""


def _when(conflict: Conflict) -> str:
    if conflict.starts is None:
        return ""
    zone = conflict.hall.venue.timezone if conflict.hall else None
    return when_text(conflict.starts, zone=zone, end=conflict.ends)
