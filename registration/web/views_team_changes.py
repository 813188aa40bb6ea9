"""Requests to change key fields before the officers: what is there, what is asked for, why; accept or decline."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from forum.models import Account
from forum.web.access import TeamView
from forum.web.forms import attempt
from registration.actions.changes import accept_change, decline_change
from registration.enums import ChangeState, KeyField
from registration.models import ChangeRequest
from registration.queries.changes import changes_visible_to, stored_value
from registration.queries.people import name_of
from registration.web.answers import LABELS
from registration.web.forms_changes import AnswerForm, shown_value
from registration.web.spellings import heading

PER_PAGE = 50


class ChangesView(TeamView):
    """What waits, the oldest first."""

    permission_required = "registration.correct"

    def get(self, request: HttpRequest) -> HttpResponse:
        """One page of it."""
        return self.page()

    def page(
        self, refused: AnswerForm | None = None, change: ChangeRequest | None = None, status: int = 200
    ) -> HttpResponse:
        """The queue, with a decision that could not be made where there was one."""
        waiting = changes_visible_to(self.request.user).filter(registration__forum=self.forum, state=ChangeState.OPEN)
        page = Paginator(waiting, PER_PAGE).get_page(self.request.GET.get("page"))
        names = {one.code: one.name for one in self.forum.categories.all()}
        rows = [row(one, names, refused if change and one.pk == change.pk else None) for one in page]
        gone = refused if change and change.pk not in {one.pk for one in page} else None
        context = {"page": page, "rows": rows, "refused": refused, "gone": gone}
        return render(self.request, "registration/team/changes.html", context, status=status)


def row(change: ChangeRequest, categories: dict[str, str], refused: AnswerForm | None) -> dict[str, Any]:
    """One request."""
    registration = change.registration

    def shown(value: str | None) -> str:
        if change.field == KeyField.CATEGORY:
            return categories.get(value or "", value or "")
        return shown_value(registration, change.field, value)

    return {
        "change": change,
        "registration": registration,
        "name": heading(name_of(registration.person)),
        "label": LABELS[change.field],
        "was": shown(stored_value(registration, change.field)),
        "value": shown(change.value),
        "form": refused or AnswerForm(label_suffix="", auto_id=f"{change.public_id}_%s"),
        "is_refused": refused is not None,
    }


class DecideChangeView(ChangesView):
    """Accept or decline; the person is told either way."""

    def get(self, request: HttpRequest, public_id: UUID, decision: str) -> HttpResponse:  # type: ignore[override]
        """The address of a form that was refused, opened again."""
        return redirect("people:changes")

    def post(self, request: HttpRequest, public_id: UUID, decision: str) -> HttpResponse:
        """Decide; what is refused is said beside the request."""
        if decision not in ("accept", "decline"):
            raise Http404
        found = changes_visible_to(request.user).filter(registration__forum=self.forum)
        change = get_object_or_404(found, public_id=public_id)
        by = cast(Account, request.user)
        form = AnswerForm(request.POST, label_suffix="", auto_id=f"{change.public_id}_%s")
        if decision == "accept":
            form.fields["answer"].required = False
        if not form.is_valid():
            return self.page(form, change, 422)

        def decide() -> ChangeRequest:
            if decision == "accept":
                return accept_change(change, by=by)
            return decline_change(change, answer=form.cleaned_data["answer"], by=by)

        if attempt(form, decide) is None:
            return self.page(form, change, 409)
        name = {"name": heading(name_of(change.registration.person))}
        messages.success(request, (_("Changed: %(name)s") if decision == "accept" else _("Declined: %(name)s")) % name)
        return redirect("people:changes")
