"""Our parts of gathered pages: the live board, the page of one person, the delegate's own page."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils.timezone import now

from badges.engine.problem_words import problem_text
from badges.queries.arrivals import arrivals, doors, scans_visible_to
from badges.queries.badges import badge_state
from badges.queries.printing import TO_PRINT, PrintState, print_queue
from badges.web.rows import TONES, scan_row
from forum.models import Forum
from forum.registry import Panel
from registration.enums import RegistrationState
from registration.models import Registration

LAST = 8
"""Scans on the live board; the board of check-in shows more."""


def arrivals_context(request: HttpRequest, forum: Forum) -> dict[str, Any]:
    """Bars for each quarter of an hour, and how many are inside each entrance now."""
    found = arrivals(forum)
    moment = now().astimezone(ZoneInfo(forum.timezone))
    return {
        "arrivals": found,
        "bars": [(f"{start:%H:%M}", people) for start, people in found.quarters],
        "now": f"{moment.replace(minute=moment.minute // 15 * 15):%H:%M}" if found.is_today else "",
        "doors": doors(forum, day=found.day) if found.is_today else [],
    }


def last_scans_context(request: HttpRequest, forum: Forum) -> dict[str, Any]:
    """The newest scans, with names."""
    scans = scans_visible_to(request.user, forum=forum)[:LAST]
    return {"scans": [scan_row(scan) for scan in scans]}


def person_context(request: HttpRequest, registration: Registration) -> dict[str, Any]:
    """The badge of one person, for the officer."""
    row = print_queue(registration.forum).filter(pk=registration.pk).first()
    state = PrintState(row.print_state) if row else None
    badge = badge_state(registration)
    scans = registration.scans.select_related("point", "registration__person").order_by("-pk")[:LAST]
    return {
        "badge": badge,
        "tone": TONES[state] if state else "off",
        "word": state.label if state else "",
        "may_print": state in TO_PRINT,
        "problems": [problem_text(problem) for problem in badge.problems],
        "scans": [scan_row(scan) for scan in scans],
    }


def my_contexts(request: HttpRequest, registrations: Sequence[Registration]) -> dict[int, dict[str, Any]]:
    """Whether the delegate's card says something about the badge."""
    return {
        one.pk: {
            "registration": one,
            "has_badge": one.state == RegistrationState.CONFIRMED and one.category.prints_badge,
        }
        for one in registrations
    }


TODAY = (
    Panel("arrivals", "badges/team/today_arrivals.html", 200, "forum.view_figures", arrivals_context, wide=True),
    Panel("last_scans", "badges/team/today_last_scans.html", 400, "badges.view_checkin", last_scans_context),
)
PERSON = Panel("badge", "badges/team/person_badge.html", 200, "badges.print_badges", person_context)
MY = Panel("badge", "badges/my_panel.html", 100, "", my_contexts)
