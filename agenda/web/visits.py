"""What the page of plant visits shows."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from agenda.engine.calendar import Entry, run_uid
from agenda.engine.route import FREE, PAUSE, Step
from agenda.queries.visits import Run, Visit
from forum.models import Forum
from forum.templatetags.times import hour_text


def visit_rows(found: Iterable[Visit], *, forum: Forum) -> list[dict[str, Any]]:
    """Each visit with its runs, and for every run the steps of its route strip."""
    return [visit_row(visit, forum=forum) for visit in found]


def visit_row(visit: Visit, *, forum: Forum) -> dict[str, Any]:
    """One visit with its runs."""
    return {
        "visit": visit,
        "runs": [{"run": run, "strip": strip(run.steps, zone=forum.timezone)} for run in visit.runs],
    }


def strip(steps: Iterable[Step], *, zone: str) -> list[dict[str, Any]]:
    """Rows for the route strip."""
    return [
        {
            "kind": step.kind,
            "title": _gap_title(step) or step.title,
            "minutes": step.minutes,
            "start": hour_text(step.starts, zone=zone),
        }
        for step in steps
    ]


def _gap_title(step: Step) -> str:
    return {FREE: _("Free time: sessions nearby"), PAUSE: _("Pause")}.get(step.kind, "")


def run_entries(visit: Visit, run: Run, *, forum: Forum, at: datetime) -> list[Entry]:
    """The times a visitor is occupied, each with its steps; without steps there is nothing to enter."""
    return [
        Entry(
            uid=run_uid(forum.slug, visit.slug, run.slug, part=part),
            sequence=0,
            changed_at=at.replace(second=0, microsecond=0),
            starts=starts,
            ends=ends,
            title=visit.title,
            place=f"{visit.plant}, {visit.city}",
            lines=tuple(_step_line(step, zone=forum.timezone) for step in run.steps if starts <= step.starts < ends),
        )
        for part, (starts, ends) in enumerate(run.windows, 1)
    ]


def _step_line(step: Step, *, zone: str) -> str:
    return f"{hour_text(step.starts, zone=zone)} {_gap_title(step) or step.title}"


def overview(found: Iterable[Visit]) -> list[tuple[Visit, Run]]:
    """All runs by time, to choose between them at a glance."""
    pairs = [(visit, run) for visit in found for run in visit.runs]
    return sorted(pairs, key=lambda pair: pair[1].windows[0])
