"""The print desk: what has to be printed, the batches, and one badge at a time."""

from typing import Any, Literal, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from badges.actions.credentials import reissue_badge
from badges.actions.printing import start_print_batch
from badges.engine.problem_words import problem_text
from badges.engine.sheets import Sheet
from badges.models import BadgeFile
from badges.queries.printing import (
    PrintFilter,
    PrintState,
    badges_to_print,
    batches,
    handed_over,
    narrowed,
    print_counts,
)
from badges.web.forms_team import PrintFilterForm, PrintForm, ReissueForm
from badges.web.rows import TONES, shown_name
from forum.models import Account
from forum.web.access import TeamView
from forum.web.forms import attempt
from registration.models import Registration
from registration.queries.applications import registrations_visible_to

PER_PAGE = 50
BATCHES = 10
"""How many batches the desk shows; older ones stay among the works."""


class PrintDeskView(TeamView):
    """The desk. The list holds everything that has to be printed, unless the filter names a state."""

    permission_required = "badges.print_badges"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Figures, list, form, batches."""
        return self.page(request, PrintForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Print the ticked badges, or without ticks the whole list as filtered."""
        form = PrintForm(request.POST)
        rows = self._chosen_rows(request)
        batch = None
        if form.is_valid():
            batch = attempt(
                form,
                lambda: start_print_batch(
                    forum=self.forum,
                    credentials=[row.credential_pk for row in rows],
                    sheet=cast(Sheet, form.cleaned_data["sheet"]),
                    sides=cast(Literal[1, 2], form.cleaned_data["sides"]),
                    by=cast(Account, request.user),
                    reason=form.cleaned_data["reason"],
                ),
            )
        if batch is None:
            return self.page(request, form, status=422)
        return redirect("team:job", batch.job.public_id)

    def _chosen_rows(self, request: HttpRequest) -> QuerySet[Registration]:
        rows = self._rows(PrintFilterForm(request.POST, forum=self.forum).chosen())
        refs = request.POST.getlist("ref")
        return rows.filter(ref__in=refs) if refs else rows.exclude(print_state=PrintState.FLAGGED)

    def _rows(self, chosen: PrintFilter) -> QuerySet[Registration]:
        return narrowed(badges_to_print(self.request.user, forum=self.forum), chosen)

    def page(self, request: HttpRequest, form: PrintForm, *, status: int = 200) -> HttpResponse:
        """The whole page with `form` as it is."""
        filters = PrintFilterForm(request.POST or request.GET, forum=self.forum)
        chosen = filters.chosen()
        page = Paginator(self._rows(chosen), PER_PAGE).get_page(request.GET.get("page"))
        counts = print_counts(self.forum)
        context = {
            "filters": filters,
            "chosen": chosen,
            "filtered": bool(chosen.state or chosen.category or chosen.delegation),
            "form": form,
            "page": page,
            "rows": _rows(list(page)),
            "tiles": _tiles(counts),
            "handed_over": handed_over(self.forum),
            "asks_reason": chosen.state == PrintState.PRINTED,
            "batches": batches(self.forum)[:BATCHES],
        }
        return render(request, "badges/team/print_desk.html", context, status=status)


def _rows(found: list[Registration]) -> list[dict[str, Any]]:
    """List rows with a chip, and for flagged ones the reason."""
    flagged = [row.credential_pk for row in found if row.print_state == PrintState.FLAGGED]
    files = BadgeFile.objects.filter(credential__in=flagged, file=None, erased_at=None).order_by("pk")
    problems = {file.credential_id: file.problems for file in files} if flagged else {}
    return [
        {
            "registration": row,
            "name": shown_name(row),
            "tone": TONES[PrintState(row.print_state)],
            "word": PrintState(row.print_state).label,
            "problems": [problem_text(problem) for problem in problems.get(row.credential_pk, [])],
        }
        for row in found
    ]


def _tiles(counts: dict[str, int]) -> list[dict[str, Any]]:
    address = reverse("checkin:print_desk")
    return [
        {"value": counts[state], "label": state.label, "url": f"{address}?{urlencode({'state': state.value})}"}
        for state in PrintState
    ]


class OneBadgeView(TeamView):
    """Base of what is done with one person's badge; `next` leads back to where one came from."""

    registration: Registration

    def post(self, request: HttpRequest, ref: str) -> HttpResponse:
        """Find the person, act, go on."""
        self.registration = get_object_or_404(registrations_visible_to(request.user), forum=self.forum, ref=ref)
        return self.act(request)

    def act(self, request: HttpRequest) -> HttpResponse:
        """What is done."""
        raise NotImplementedError

    def back(self, request: HttpRequest) -> HttpResponse:
        """The page one came from, when it is ours."""
        target = request.POST.get("next", "")
        safe = target.startswith("/") and url_has_allowed_host_and_scheme(target, allowed_hosts=None)
        return redirect(target if safe else "checkin:print_desk")


class PrintOneView(OneBadgeView):
    """Print one badge now."""

    permission_required = "badges.print_badges"

    def act(self, request: HttpRequest) -> HttpResponse:
        """A batch of one; on paper already needs a reason."""
        row = get_object_or_404(badges_to_print(request.user, forum=self.forum), pk=self.registration.pk)
        batch = start_print_batch(
            forum=self.forum,
            credentials=[row.credential_pk],
            sheet="a6",
            sides=2,
            by=cast(Account, request.user),
            reason=request.POST.get("reason", ""),
        )
        return redirect("team:job", batch.job.public_id)


class ReissueView(OneBadgeView):
    """Replace a lost badge: the old code dies, the new badge is mailed and waits at the print desk."""

    permission_required = "badges.reissue_badge"

    def act(self, request: HttpRequest) -> HttpResponse:
        """Without a reason nothing happens."""
        form = ReissueForm(request.POST)
        reason = form.cleaned_data["reason"] if form.is_valid() else ""
        reissue_badge(self.registration, reason=reason, by=cast(Account, request.user))
        messages.success(request, _("The old code no longer works. The new badge is being made and sent by email."))
        return self.back(request)
