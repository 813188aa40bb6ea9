"""What the page of a delegation shows of its people."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from registration.enums import MOVES, RegistrationState
from registration.models import Delegation, Registration
from registration.queries.delegations import awaited_of, members_of_delegation, reminded_today
from registration.queries.documents import OVER
from registration.queries.people import name_of
from registration.queries.substitutes import can_be_replaced
from registration.web.spellings import heading, second_line
from registration.web.words_delegations import AWAITED

PER_PAGE = 50
ALL, MISSING, LEFT = "", "missing", "left"


def members_page(delegation: Delegation, asked: Mapping[str, Any]) -> dict[str, Any]:
    """The people, narrowed as the address asks; figures of all of them."""
    everybody = list(members_of_delegation(delegation).select_related("category", "person"))
    here = [one for one in everybody if one.state not in OVER]
    awaited = awaited_of(here)
    shown = str(asked.get("show", ""))
    groups = {
        ALL: (_("Everybody"), here),
        MISSING: (_("Something is missing"), [one for one in here if awaited[one.pk]]),
        LEFT: (_("Not coming any more"), [one for one in everybody if one.state in OVER]),
    }
    shown = shown if shown in groups else ALL
    page = Paginator(groups[shown][1], PER_PAGE).get_page(asked.get("page"))
    reminded = reminded_today(list(page))
    return {
        "page": page,
        "rows": [_row(one, awaited.get(one.pk, []), one.ref in reminded) for one in page],
        "tabs": _tabs(groups, shown),
        "shown": shown,
        "missing": len(groups[MISSING][1]),
        "on_paper": any(_signs_on_paper(one) for one in here),
        "figures": _figures(here),
    }


def _tabs(groups: Mapping[str, tuple[str, Sequence[Registration]]], shown: str) -> list[dict[str, Any]]:
    return [
        {
            "url": f"?show={key}#people" if key else "?#people",
            "label": label,
            "count": len(rows),
            "current": key == shown,
        }
        for key, (label, rows) in groups.items()
        if rows or key in (ALL, shown)
    ]


def _figures(here: Sequence[Registration]) -> list[dict[str, Any]]:
    states = [one.state for one in here]
    drafts = states.count(RegistrationState.DRAFT)
    return [
        {"label": _("Prepared, not sent"), "value": drafts},
        {"label": _("Applied"), "value": len(states) - drafts},
        {"label": _("Approved, not confirmed"), "value": states.count(RegistrationState.APPROVED)},
        {"label": _("Confirmed"), "value": states.count(RegistrationState.CONFIRMED)},
    ]


def _row(registration: Registration, awaited: Sequence[str], reminded: bool) -> dict[str, Any]:
    name, state = name_of(registration.person), RegistrationState(registration.state)
    has_email = bool(registration.person.email)
    is_draft = state == RegistrationState.DRAFT
    return {
        "registration": registration,
        "name": heading(name),
        "latin": second_line(name),
        "awaited": [AWAITED[code] for code in awaited],
        "reminded": reminded,
        "may_remind": bool(awaited) and has_email and not reminded,
        "no_email": is_draft and not has_email,
        "on_paper": _signs_on_paper(registration),
        "may_complete": is_draft and not has_email and not registration.awaits_consent,
        "is_sent": not is_draft,
        "may_leave": RegistrationState.CANCELLED in MOVES[state] and state != RegistrationState.BLOCKED,
        "may_be_replaced": can_be_replaced(registration),
    }


def _signs_on_paper(registration: Registration) -> bool:
    is_draft = registration.state == RegistrationState.DRAFT
    return is_draft and registration.awaits_consent and not registration.person.email
