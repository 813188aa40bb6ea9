"""What the page of the programme shows for a day and a choice."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agenda.engine.board import Board, board
from agenda.engine.programme import Item, Programme, Region, coming, running
from agenda.web.forms import FilterForm
from forum.models import Forum
from forum.templatetags.times import day_text

ALL = "all"
LINES, COLUMNS = 48, 12
"""What `agenda/css/board.css` can place; a fuller day is shown as a list."""


def chosen_day(asked: str, *, programme: Programme, forum: Forum, at: datetime) -> date | None:
    """The day asked for, None for all days. Without a question: today, else the first day of the forum.

    Raises `Http404` for a day that has no sessions.
    """
    if asked == ALL:
        return None
    days = programme.days
    if asked:
        chosen = next((day for day in days if day.isoformat() == asked), None)
        if chosen is None:
            raise Http404
        return chosen
    today = at.astimezone(ZoneInfo(programme.zone)).date()
    wished = (today, *forum.days, *days)
    return next(day for day in wished if day in days)


def day_context(programme: Programme, *, form: FilterForm, day: date | None, query: QueryDict) -> dict[str, Any]:
    """Tabs with counts, the board or the list, and where to look when the choice finds nothing here."""
    found = form.choice().chosen(programme.items)
    by_day = {each: [item for item in found if programme.day_of(item) == each] for each in programme.days}
    shown = found if day is None else by_day[day]
    return {
        "form": form,
        "filters": [{"label": label, "url": address(query, **{name: ""})} for name, label in form.active()],
        "clear_url": address(query, words="", track="", language="", region="", kind=""),
        "tabs": day_tabs(by_day, day=day, query=query),
        "day": day,
        "days": [(each, board(items)) for each, items in by_day.items() if items and day in (None, each)],
        "as_board": day is not None and fits(board(shown)),
        "found": len(shown),
        "found_elsewhere": len(found) - len(shown),
        "all_url": address(query, day=ALL),
        "zones": _other_zones(programme),
        "hosts": _hosts(programme.items),
    }


def now_context(programme: Programme, *, at: datetime) -> dict[str, Any]:
    """What goes on and what comes, on days of the programme only."""
    today = at.astimezone(ZoneInfo(programme.zone)).date()
    items = programme.on(today)
    return {
        "running": running(items, at=at),
        "coming": coming(items, at=at),
        "at": at,
        "today": today if items else None,
    }


def day_tabs(by_day: Mapping[date, Sequence[Any]], *, day: date | None, query: QueryDict) -> list[dict[str, Any]]:
    """One tab for each day and one for all, with how much stands there; the other filters stay."""
    tabs = [
        {
            "url": address(query, day=each.isoformat()),
            "label": day_text(each),
            "count": len(items),
            "current": each == day,
        }
        for each, items in by_day.items()
    ]
    everything = sum(len(items) for items in by_day.values())
    return [
        *tabs,
        {"url": address(query, day=ALL), "label": _("All days"), "count": everything, "current": day is None},
    ]


def address(query: QueryDict, **changes: str) -> str:
    """The same page with other parameters; empty ones are left out."""
    changed = query.copy()
    for name, value in changes.items():
        changed[name] = value
    for name in [name for name, value in changed.items() if not value]:
        del changed[name]
    return f"?{changed.urlencode()}"


def fits(one: Board) -> bool:
    """Whether the board's style sheet can place so many lines and columns."""
    return len(one.lines) <= LINES and len(one.halls) <= COLUMNS


def _hosts(items: Sequence[Item]) -> list[Region]:
    regions = {region.code: region for item in items for region in item.hosts}
    return sorted(regions.values(), key=lambda region: (not region.is_host, region.name))


def _other_zones(programme: Programme) -> list[str]:
    """Hosts that live by another clock on the first day: “Saint Petersburg: 4 hours behind”."""
    own, first = ZoneInfo(programme.zone), programme.items[0].starts
    differences = [(region, _hours(first, region.zone) - _hours(first, own.key)) for region in _hosts(programme.items)]
    return [_difference(region.short_name, hours) for region, hours in differences if hours]


def _hours(moment: datetime, zone: str) -> int:
    offset = moment.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()
    return round(offset / timedelta(hours=1))


def _difference(place: str, hours: int) -> str:
    if hours < 0:
        words = ngettext("%(place)s: %(number)s hour behind", "%(place)s: %(number)s hours behind", -hours)
    else:
        words = ngettext("%(place)s: %(number)s hour ahead", "%(place)s: %(number)s hours ahead", hours)
    return words % {"place": place, "number": abs(hours)}
