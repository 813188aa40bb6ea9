"""What the pages of decisions about many show."""

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Paginator
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from forum.enums import JobState
from forum.queries.access import User
from registration.enums import BulkOutcome, BulkUndone, MassDecision
from registration.models import BulkDecision, BulkRow
from registration.queries.bulk import counts_of, may_undo, rows_of, undo_until
from registration.queries.people import name_of
from registration.web.spellings import heading
from registration.web.words_team import BULK_OUTCOMES, BULK_UNDONE

PER_PAGE = 50


def standing_of(bulk: BulkDecision) -> dict[str, Any]:
    """Where it stands: tone, word, the work in hand, and the time for undoing."""
    work = next((job for job in (bulk.undo_job, bulk.job) if job and not job.is_finished), None)
    if work is not None:
        tone, word = "wait", _("In hand")
    elif bulk.undo_job is not None:
        tone, word = "off", pgettext("decision about many", "Taken back")
    elif bulk.job is not None and bulk.job.state != JobState.DONE:
        tone, word = "ask", _("Stopped half way")
    else:
        tone, word = "ok", pgettext("decision about many", "Done")
    return {"tone": tone, "word": word, "work": work, "may_undo": may_undo(bulk), "undo_until": undo_until(bulk)}


def result(bulk: BulkDecision, asked: Mapping[str, Any], *, reader: User) -> dict[str, Any]:
    """The page of one: figures, words of the letter, and row by row, narrowed as the address asks. A work is followed and
    stopped by whoever started it.
    """
    counts, shown, found = counts_of(bulk), str(asked.get("show", "")), rows_of(bulk)
    narrowed = {
        BulkOutcome.REFUSED.value: (_("Not possible"), found.filter(outcome=BulkOutcome.REFUSED)),
        BulkUndone.KEPT.value: (_("Not put back"), found.filter(undone=BulkUndone.KEPT)),
    }
    rows = narrowed[shown][1] if shown in narrowed else found
    page = Paginator(rows, PER_PAGE).get_page(asked.get("page"))
    total = sum(counts[outcome] for outcome in BulkOutcome.values)
    tabs = [{"url": "?", "label": _("All"), "count": total, "current": shown not in narrowed}]
    for name, (label, _rows) in narrowed.items():
        if counts[name]:
            tabs.append({"url": f"?show={name}", "label": label, "count": counts[name], "current": name == shown})
    standing = standing_of(bulk)
    return {
        "bulk": bulk,
        "title": MassDecision(bulk.decision).label,
        "standing": standing,
        "is_own_work": bool(standing["work"] and standing["work"].owner_id == reader.pk),
        "figures": [{"label": BULK_OUTCOMES[one][1], "value": counts[one]} for one in BulkOutcome.values],
        "counts": counts,
        "tabs": tabs,
        "page": page,
        "rows": [_row(row) for row in page],
    }


def _row(row: BulkRow) -> dict[str, Any]:
    tone, word = BULK_OUTCOMES[row.outcome]
    return {
        "registration": row.registration,
        "name": heading(name_of(row.registration.person)),
        "tone": tone,
        "word": word,
        "why": row.refusal,
        "undone": BULK_UNDONE.get(row.undone, ""),
    }
