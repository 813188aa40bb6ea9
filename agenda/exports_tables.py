"""Tables of the programme. UTF-8 with a byte order mark and semicolons, which Russian spreadsheets open as they are."""

import csv
import io
from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from agenda.enums import Admission, DraftState, SessionKind
from agenda.queries.keys import zones_of
from agenda.queries.team_programme import Entry, team_programme
from forum.models import Forum
from forum.queries.access import User
from forum.templatetags.times import place_of, zone_of

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
"""A cell that starts so would be run as a formula."""


def programme_table(user: User, *, forum: Forum, language: str) -> bytes:
    """The sessions that `user` edits, one a line, with start and end on every clock that matters."""
    zones = zones_of(forum)
    entries = [e for e in team_programme(user, forum=forum, language=language).entries if e.mine and e.opens]
    table = io.StringIO()
    writer = csv.writer(table, delimiter=";")
    writer.writerow([harmless(cell) for cell in _heads(zones)])
    for entry in entries:
        writer.writerow([harmless(cell) for cell in _cells(entry, zones)])
    return b"\xef\xbb\xbf" + table.getvalue().encode()


def harmless(cell: str) -> str:
    """The text, with an apostrophe before what a spreadsheet would calculate."""
    return f"'{cell}" if cell.startswith(DANGEROUS) else cell


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
