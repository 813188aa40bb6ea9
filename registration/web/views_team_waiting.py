"""The waiting list before the officers: who stands where, what is offered, and why somebody has no place yet."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from forum.web.access import TeamView
from registration.models import Registration
from registration.queries.line import InLine, in_line, registrations_of, waiting_list
from registration.queries.people import name_of
from registration.web.forms_team import QueueForm
from registration.web.spellings import heading
from registration.web.waiting_team import why_waiting

PER_PAGE = 50


class WaitingView(TeamView):
    """All lines of the edition, category by category, in the order in which places are offered."""

    permission_required = "registration.view_people"

    def get(self, request: HttpRequest) -> HttpResponse:
        """One page of it, narrowed to a category where one is asked for."""
        form = QueueForm(request.GET, forum=self.forum)
        chosen = form.narrowed_by.category
        page = Paginator(waiting_list(request.user, forum=self.forum, category=chosen), PER_PAGE)
        shown = page.get_page(request.GET.get("page"))
        registrations = registrations_of(request.user, shown)
        waits = in_line(registrations)
        rows = [_row(registration, waits.get(registration.pk)) for registration in registrations]
        context = {"form": form, "page": shown, "rows": rows, "chosen": chosen}
        return render(request, "registration/team/waiting.html", context)


def _row(registration: Registration, waits: InLine | None) -> dict[str, Any]:
    return {
        "registration": registration,
        "name": heading(name_of(registration.person)),
        "waits": waits,
        "own": waits.standings[0] if waits and waits.standings else None,
        "why": why_waiting(registration, waits),
    }
