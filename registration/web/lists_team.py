"""What the pages of a list of people show."""

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from registration.engine.imports.columns import SYNONYMS
from registration.engine.imports.tables import Table
from registration.engine.imports.words import FIELDS, ROWS
from registration.enums import ImportOutcome, ImportUndone, RegistrationState
from registration.models import ImportRow, ImportRun
from registration.queries.imports import (
    HAS_PROBLEMS,
    NO_ADDRESS,
    Planned,
    counts_of,
    counts_of_run,
    is_running,
    plan,
    rows_of_run,
    rows_of_table,
)
from registration.queries.people import name_of
from registration.web.forms_team_imports import ReadingForm
from registration.web.spellings import heading
from registration.web.words_team import OUTCOMES, UNDONE

SAMPLES = 3
"""Rows shown beside each column."""
PER_PAGE = 50
MOST_HEADS = 4


def heads_of() -> list[dict[str, str]]:
    """What columns are understood: the field and some heads that mean it."""
    return [{"field": str(FIELDS[f]), "heads": ", ".join(words[:MOST_HEADS])} for f, words in SYNONYMS.items()]


def standing_of(run: ImportRun) -> dict[str, Any]:
    """Where the list stands: tone, word, and what can be done now."""
    running, erased = is_running(run), run.file_id is None
    if run.undone_at:
        tone, word = "off", pgettext("list of people", "Taken back")
    elif running:
        tone, word = "wait", _("In hand")
    elif run.finished_at:
        tone, word = "ok", _("Taken over")
    elif run.started_at:
        tone, word = "ask", _("Stopped half way")
    else:
        tone, word = "new", _("Not taken over yet")
    begun = run.started_at is not None
    return {
        "tone": tone,
        "word": word,
        "running": running,
        "erased": erased,
        "work": (run.undo_job or run.job) if running else None,
        "may_go_on": begun and not (running or erased or run.finished_at or run.undo_job_id),
        "may_undo": begun and not (running or erased or run.undone_at),
    }


def figures(counts: Mapping[str, int]) -> list[dict[str, Any]]:
    """The large numbers."""
    return [{"label": OUTCOMES[outcome][1], "value": counts[outcome]} for outcome in ImportOutcome]


def preview(run: ImportRun, form: ReadingForm, table: Table, *, page: str | None) -> dict[str, Any]:
    """How the file is read and what it would do."""
    planned = plan(run.forum, rows_of_table(run, table), delegation=run.delegation)
    counts = counts_of(planned)
    wrong = Paginator([one for one in planned if one.problems], PER_PAGE).get_page(page)
    columns = [
        {"head": head, "field": form[f"column_{at}"], "samples": [cells[at] for _number, cells in table.rows[:SAMPLES]]}
        for at, head in enumerate(table.heads)
    ]
    return {
        "run": run,
        "form": form,
        "columns": columns,
        "sample_numbers": [number for number, _cells in table.rows[:SAMPLES]],
        "figures": figures(counts),
        "counts": counts,
        "taken": counts[ImportOutcome.NEW] + counts[ImportOutcome.CHANGED],
        "without_address": sum(1 for one in planned if _gets_no_letter(one)),
        "wrong": wrong,
        "problems": [
            {"number": one.row.number, "who": _who(one), "problems": _problems(one.problems)} for one in wrong
        ],
        "standing": standing_of(run),
    }


def _gets_no_letter(one: Planned) -> bool:
    return one.outcome == ImportOutcome.NEW and not one.row.answers.get("email")


def _who(one: Planned) -> str:
    """The name as the row has it, so that the officer finds the person without counting rows."""
    answers = one.row.answers
    names = [answers.get(part) or answers.get(f"latin_{part}") or "" for part in ("surname", "given_name")]
    return " ".join(filter(None, names)) or " ".join(filter(None, one.row.cells[:3]))[:80]


def _problems(problems: Any) -> list[dict[str, str]]:
    return [
        {"field": str(FIELDS[field]), "reason": str(ROWS[code][0]), "remedy": str(ROWS[code][1])}
        for field, code in problems
    ]


def result(run: ImportRun, asked: Mapping[str, Any]) -> dict[str, Any]:
    """What became of each row, narrowed as the address asks."""
    counts = counts_of_run(run)
    shown = str(asked.get("show", ""))
    narrowed = _narrowed(run)
    chosen = narrowed.get(shown, ("", run.rows.none()))[1] if shown in narrowed else rows_of_run(run)
    page = Paginator(chosen, PER_PAGE).get_page(asked.get("page"))
    tabs = [{"url": "?", "label": _("All rows"), "count": sum(counts.values()), "current": shown not in narrowed}]
    for name, (label, rows) in narrowed.items():
        if number := rows.count():
            tabs.append({"url": f"?show={name}", "label": label, "count": number, "current": name == shown})
    return {
        "run": run,
        "figures": figures(counts),
        "counts": counts,
        "tabs": tabs,
        "page": page,
        "rows": [_row(row) for row in page],
        "standing": standing_of(run),
        "nothing_new": bool(run.finished_at) and not (counts["new"] or counts["changed"]),
        "has_wrong": run.file_id is not None and run.rows.filter(HAS_PROBLEMS).exists(),
    }


def _narrowed(run: ImportRun) -> dict[str, tuple[str, QuerySet[ImportRow]]]:
    rows = rows_of_run(run)
    return {
        "problems": (_("To look at"), rows.filter(HAS_PROBLEMS)),
        "no-address": (_("No address: sign on paper or at the desk"), rows.filter(NO_ADDRESS)),
        "kept": (_("Kept when taken back"), rows.filter(undone=ImportUndone.KEPT)),
    }


def _row(row: ImportRow) -> dict[str, Any]:
    registration = row.registration
    tone, word = OUTCOMES[row.outcome]
    is_draft = registration is not None and registration.state == RegistrationState.DRAFT
    return {
        "number": row.number,
        "name": heading(name_of(registration.person)) if registration else "",
        "ref": registration.ref if registration and not is_draft else "",
        "state": registration.state if registration else "",
        "tone": tone,
        "word": word,
        "undone": UNDONE.get(row.undone, ""),
        "no_address": bool(
            row.outcome == ImportOutcome.NEW and registration and is_draft and not registration.person.email
        ),
        "problems": _problems(row.problems),
    }
