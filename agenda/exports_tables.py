"""Tables of the programme."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from agenda.enums import Admission, DraftState, SessionKind
from agenda.queries.keys import zones_of
from agenda.queries.team_programme import Entry, team_programme
from forum.models import Forum
from forum.queries.access import User
from forum.tables import csv_table
from forum.templatetags.times import place_of, zone_of


def programme_table(user: User, *, forum: Forum, language: str) -> bytes:
    """The sessions that `user` edits, one a line, with start and end on every clock that matters."""
    zones = zones_of(forum)
    entries = [e for e in team_programme(user, forum=forum, language=language).entries if e.mine and e.opens]
    return csv_table([_heads(zones), *(list(_cells(entry, zones)) for entry in entries)])


def _heads(zones: list[str]) -> list[str]:
    places = [place_of(zone_of(zone)) for zone in zones]
    times = [text for place in places for text in (_("Start (%s)") % place, _("End (%s)") % place)]
    names = [_("Hall"), _("Title"), _("Description"), _("Kind"), _("Track"), _("Host"), _("Admission"), _("Places")]
    return [_("Code"), *times, *names, _("Languages"), _("Interpretation"), _("Speakers"), _("Where it stands")]


def _cells(entry: Entry, zones: list[str]) -> Iterator[str]:
    item = entry.item
    yield item.slug
    for zone in zones:
        yield _local(item.starts, zone)
        yield _local(item.ends, zone)
    yield ", ".join(hall.name for hall in (item.hall, *item.linked))
    yield item.title
    yield item.description
    yield str(SessionKind(item.kind).label)
    yield item.track.name
    yield item.host_name
    yield str(Admission(item.admission).label)
    yield str(item.places or "")
    yield ", ".join(item.languages)
    yield ", ".join(item.interpretation)
    yield ", ".join(member.name for member in item.cast)
    yield str(DraftState(entry.state).label)


def _local(moment: datetime, zone: str) -> str:
    return f"{moment.astimezone(zone_of(zone)):%Y-%m-%d %H:%M}"
