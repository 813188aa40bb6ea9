"""The officers' list: filter, search in any spelling, approve many at once."""

from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from forum.models import Account
from forum.web.access import TeamView
from forum.web.back import came_from
from registration.actions.review import start_bulk_approve
from registration.enums import RegistrationState
from registration.models import Registration
from registration.queries.applications import counts_by_state, queue, registrations_visible_to
from registration.queries.dossier import APPROVABLE, approvable
from registration.queries.people import name_of
from registration.web.forms_team import ALL, QueueForm, address_of
from registration.web.spellings import heading, second_line

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


class PeopleView(TeamView):
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
            "state": narrowed_by.state or ALL,
            "one_state": bool(narrowed_by.state),
            "approvable": approvable(found).count(),
            "narrowed": any((narrowed_by.query, narrowed_by.category, narrowed_by.delegation)),
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
    name = name_of(registration.person)
    return {
        "registration": registration,
        "name": heading(name),
        "latin": second_line(name),
        "waits": registration.state == RegistrationState.SUBMITTED,
        "age": timesince(registration.submitted_at, depth=1) if registration.submitted_at else "",
        "may_approve": registration.state in APPROVABLE,
    }


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


class BulkView(TeamView):
    """Approving many: first the number and what will happen, then a long work with its progress."""

    permission_required = "registration.decide"

    def post(self, request: HttpRequest) -> HttpResponse:
        """Ask, or start what was asked. The second page carries the very applications that the first one counted."""
        if "confirmed" in request.POST:
            return self._start(request)
        chosen = self._chosen(request)
        refs = list(approvable(chosen).values_list("ref", flat=True))
        if not refs:
            messages.warning(request, _("Nothing to approve: tick applications that wait for a decision."))
            return redirect(came_from(request) or "people:list")
        context = {"refs": refs, "left_out": chosen.count() - len(refs), "back": came_from(request)}
        return render(request, "registration/team/bulk.html", context)

    def _chosen(self, request: HttpRequest) -> Any:
        if "everything" in request.POST:
            form = QueueForm(QueryDict(request.POST.get("filter", "")), forum=self.forum)
            return queue(request.user, forum=self.forum, narrowed_by=form.narrowed_by)
        visible = registrations_visible_to(request.user).filter(forum=self.forum)
        return visible.filter(ref__in=request.POST.getlist("refs"))

    def _start(self, request: HttpRequest) -> HttpResponse:
        refs = list(dict.fromkeys(request.POST.get("chosen", "").split()))
        if not refs:
            return redirect("people:list")
        job = start_bulk_approve(forum=self.forum, refs=refs, by=cast(Account, request.user))
        return redirect("team:job", public_id=job.public_id)
