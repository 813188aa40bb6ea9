"""How applications are reviewed: the rules of each category, and the ready-made texts of letters."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from forum.models import Account
from forum.web.access import TeamView
from forum.web.undo import done
from registration.actions import reasons
from registration.actions.checks import set_rules
from registration.models import ReasonTemplate
from registration.queries.dossier import categories_of
from registration.queries.reasons import texts_of
from registration.web.forms_team_review import ReasonForm, RulesForm


class ReviewView(TeamView):
    """The rules of the categories, and below them the texts."""

    permission_required = "registration.edit_review"

    @property
    def account(self) -> Account:
        """Who acts."""
        return cast(Account, self.request.user)

    def get(self, request: HttpRequest) -> HttpResponse:
        """As it is."""
        return self._page(RulesForm(categories=list(categories_of(self.forum))))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Set the rules of all categories at once."""
        form = RulesForm(request.POST, categories=list(categories_of(self.forum)))
        if not form.is_valid():
            return self._page(form, status=422)
        changed = sum(set_rules(category, by=self.account, **rules) for category, rules in form.rules())
        messages.success(request, _("The rules are saved.") if changed else _("Nothing has changed."))
        return redirect("people:review")

    def _page(self, form: RulesForm, *, status: int = 200) -> HttpResponse:
        context = {"form": form, "lines": form.lines(), "texts": texts_of(self.forum)}
        return render(self.request, "registration/team/review.html", context, status=status)


class OneReasonView(TeamView):
    """Base: one text of the current edition."""

    permission_required = "registration.edit_review"

    def find(self) -> ReasonTemplate:
        """The text, or 404."""
        return get_object_or_404(texts_of(self.forum), public_id=self.kwargs["public_id"])

    @property
    def account(self) -> Account:
        """Who acts."""
        return cast(Account, self.request.user)

    def page(self, form: ReasonForm, reason: ReasonTemplate | None, *, status: int = 200) -> HttpResponse:
        """The form of a new text, or of one that is there."""
        return render(self.request, "registration/team/reason.html", {"form": form, "reason": reason}, status=status)


class NewReasonView(OneReasonView):
    """A new text."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """An empty form."""
        return self.page(ReasonForm(), None)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep it."""
        form = ReasonForm(request.POST)
        if not form.is_valid():
            return self.page(form, None, status=422)
        reasons.add_reason(forum=self.forum, kind=form.cleaned_data["kind"], texts=form.texts(), by=self.account)
        messages.success(request, _("The text is added."))
        return redirect("people:review")


class ReasonView(OneReasonView):
    """Changing a text."""

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """As it is."""
        reason = self.find()
        return self.page(ReasonForm(reason=reason), reason)

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """Other words from now on."""
        reason = self.find()
        form = ReasonForm(request.POST, reason=reason)
        if not form.is_valid():
            return self.page(form, reason, status=422)
        reasons.change_reason(reason, kind=form.cleaned_data["kind"], texts=form.texts(), by=self.account)
        messages.success(request, _("The text is changed. Letters that have left stay as they are."))
        return redirect("people:review")


class PutAwayView(OneReasonView):
    """Offer a text no more, with a way back."""

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """Put away; a second press changes nothing."""
        reason = self.find()
        reasons.put_away(reason, by=self.account)
        address = reverse("people:reason_take_out", args=[reason.public_id])
        done(request, _("Put away: %(title)s") % {"title": reason.title}, undo=address)
        return redirect("people:review")


class TakeOutView(OneReasonView):
    """Offer a text again."""

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """Take out; a second press changes nothing."""
        reason = self.find()
        reasons.take_out(reason, by=self.account)
        messages.success(request, _("In use again: %(title)s") % {"title": reason.title})
        return redirect("people:review")


class UsualReasonsView(OneReasonView):
    """The texts with which every edition starts."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """Only where there is none yet."""
        reasons.add_usual_reasons(forum=self.forum, by=self.account)
        return redirect("people:review")
