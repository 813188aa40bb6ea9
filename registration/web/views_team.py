"""The officers' list: filter, search in any spelling, tick many."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from forum.web.access import TeamView
from forum.web.searched import SearchedView
from registration.enums import CHECKED_FIRST, RegistrationState
from registration.models import Registration
from registration.queries.applications import counts_by_state, queue
from registration.queries.bulk import DECIDABLE, decidable
from registration.queries.dossier import APPROVABLE
from registration.queries.people import name_of
from registration.web.forms_team import ALL, QueueForm, address_of
from registration.web.spellings import heading, second_line
from registration.web.words_team import CHECKED, TO_BE_CHECKED

PER_PAGE = 50
STATES = (
    RegistrationState.SUBMITTED,
    RegistrationState.NEEDS_CHANGES,
    RegistrationState.WAITLISTED,
    RegistrationState.APPROVED,
    RegistrationState.CONFIRMED,
    RegistrationState.REJECTED,
    RegistrationState.CANCELLED,
    RegistrationState.REPLACED,
    RegistrationState.BLOCKED,
)
"""In the order of the filter: what waits comes first."""


class PeopleView(SearchedView, TeamView):
    """Who has applied, and what waits for a decision."""

    permission_required = "registration.view_people"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The list as the address asks for it."""
        form = QueueForm(request.GET, forum=self.forum)
        narrowed_by = form.narrowed_by
        found = queue(request.user, forum=self.forum, narrowed_by=narrowed_by)
        page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
        address = address_of(narrowed_by)
        context = {
            "form": form,
            "states": self._states(narrowed_by),
            "page": page,
            "rows": [row(registration) for registration in page],
            "address": address,
            "everywhere": address_of(narrowed_by, state=ALL, category="", delegation="", stage=""),
            "query": narrowed_by.query,
            "state": narrowed_by.state or ALL,
            "one_state": bool(narrowed_by.state),
            "decidable": decidable(found).count(),
            "narrowed": any((narrowed_by.query, narrowed_by.category, narrowed_by.delegation, narrowed_by.stage)),
            "two_stages": any(category.review in CHECKED_FIRST for category in form.categories),
            "page_keys": keys(),
        }
        return render(request, "registration/team/people.html", context)

    def _states(self, narrowed_by: Any) -> list[dict[str, Any]]:
        """The chips over the list; the other filters stay."""
        counts = counts_by_state(self.forum)
        choices = [(state.value, state.label, counts[state]) for state in STATES]
        return [
            {
                "address": address_of(narrowed_by, state=value),
                "label": label,
                "count": count,
                "current": value == (narrowed_by.state or ALL),
            }
            for value, label, count in [*choices, (ALL, _("All"), sum(counts.values()))]
            if count or value in (RegistrationState.SUBMITTED, ALL, narrowed_by.state)
        ]


def row(registration: Registration) -> dict[str, Any]:
    """One line of the list."""
    name, stage = name_of(registration.person), stage_chip(registration)
    return {
        "registration": registration,
        "name": heading(name),
        "latin": second_line(name),
        "waits": registration.state == RegistrationState.SUBMITTED,
        "age": timesince(registration.submitted_at, depth=1) if registration.submitted_at else "",
        "may_approve": registration.state in APPROVABLE and (not stage or stage == CHECKED),
        "may_tick": registration.state in DECIDABLE,
        "stage": stage,
    }


def stage_chip(registration: Registration) -> tuple[str, Any] | None:
    """How far the review of a row of the queue has come, where its category asks for two glances."""
    if registration.state != RegistrationState.SUBMITTED or registration.category.review not in CHECKED_FIRST:
        return None
    return CHECKED if getattr(registration, "checked", None) else TO_BE_CHECKED


def keys() -> list[dict[str, str]]:
    """What the keyboard does here, for the help."""
    return [
        {"key": "j k", "label": _("Next, previous")},
        {"key": "Enter", "label": _("Open")},
        {"key": "x", "label": _("Tick")},
        {"key": "a", "label": _("Approve")},
        {"key": "c", "label": _("Ask for changes")},
        {"key": "r", "label": _("Do not accept")},
    ]
