"""Deciding about many: first what and for how many, then the progress, what became of each, and the way back."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from forum.errors import DomainError
from forum.models import Account
from forum.web.access import TeamView
from forum.web.back import came_from
from registration.actions.bulk import start_bulk, start_undo
from registration.enums import MassDecision
from registration.models import BulkDecision
from registration.queries.applications import queue, registrations_visible_to
from registration.queries.bulk import bulks_visible_to, counts_possible, decidable, possible
from registration.web.bulk_team import result, standing_of
from registration.web.forms_team import QueueForm
from registration.web.forms_team_bulk import BulkForm

PER_PAGE = 50


class BulkView(TeamView):
    """Choosing the decision. The second step carries the very applications that the first one counted."""

    permission_required = "registration.decide"

    def post(self, request: HttpRequest) -> HttpResponse:
        """Ask, or start what was asked."""
        confirmed = "confirmed" in request.POST
        chosen = request.POST.get("chosen", "").split() if confirmed else self._chosen()
        rows = decidable(registrations_visible_to(request.user).filter(forum=self.forum, ref__in=chosen))
        refs, counts = list(rows.values_list("ref", flat=True)), counts_possible(rows)
        if not refs:
            messages.warning(request, _("Nothing to decide: tick applications that wait for a decision."))
            return redirect(came_from(request) or "people:list")
        first = request.POST.get("decision", "")
        form = BulkForm(request.POST if confirmed else None, forum=self.forum, counts=counts, first=first)
        if not confirmed or not form.is_valid():
            context = {"form": form, "refs": refs, "back": came_from(request)}
            return render(request, "registration/team/bulk.html", context, status=422 if confirmed else 200)
        return self._start(form, rows)

    def _chosen(self) -> list[str]:
        posted = self.request.POST
        if "everything" in posted:
            form = QueueForm(QueryDict(posted.get("filter", "")), forum=self.forum)
            found = queue(self.request.user, forum=self.forum, narrowed_by=form.narrowed_by)
            return list(decidable(found).values_list("ref", flat=True))
        return posted.getlist("refs")

    def _start(self, form: BulkForm, rows: Any) -> HttpResponse:
        """Only those of whom it was counted; what has moved meanwhile is named as not possible."""
        given = form.cleaned_data
        decision = MassDecision(given["decision"])
        bulk = start_bulk(
            forum=self.forum,
            decision=decision,
            refs=list(possible(rows, decision).values_list("ref", flat=True)),
            by=cast(Account, self.request.user),
            reason=given["reason"],
            note=given["note"],
        )
        return redirect("people:bulk_result", public_id=bulk.public_id)


class BulksView(TeamView):
    """What was decided about many, newest first."""

    permission_required = "registration.decide"

    def get(self, request: HttpRequest) -> HttpResponse:
        """One page of it."""
        page = Paginator(bulks_visible_to(request.user).filter(forum=self.forum), PER_PAGE).get_page(
            request.GET.get("page")
        )
        rows = [{"bulk": bulk, "standing": standing_of(bulk)} for bulk in page]
        return render(request, "registration/team/bulks.html", {"page": page, "rows": rows})


class BulkResultView(TeamView):
    """The progress, then what became of each application."""

    permission_required = "registration.decide"

    def find(self) -> BulkDecision:
        """The decision, or 404."""
        visible = bulks_visible_to(self.request.user).filter(forum=self.forum)
        return get_object_or_404(visible, public_id=self.kwargs["public_id"])

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """One page of the rows."""
        return render(
            request, "registration/team/bulk_result.html", result(self.find(), request.GET, reader=request.user)
        )


class BulkUndoView(BulkResultView):
    """Take all of it back."""

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """The address of a form that was refused, opened again."""
        return redirect("people:bulk_result", public_id=public_id)

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """A work; a second press shows the first one's progress."""
        bulk = self.find()
        try:
            start_undo(bulk, by=cast(Account, request.user))
        except DomainError as error:
            messages.error(request, str(error.message))
        return redirect("people:bulk_result", public_id=bulk.public_id)
