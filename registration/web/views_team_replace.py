"""A substitute for a delegate who cannot come: choose, see what will happen, confirm."""

from typing import Any, cast

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from forum.models import Account
from forum.web.forms import attempt
from registration.actions.hand_over import name_substitute
from registration.actions.review import refuse_substitute, replace
from registration.models import Registration
from registration.queries.applications import registrations_visible_to
from registration.queries.people import name_of
from registration.queries.substitutes import can_be_replaced, substitutes_for
from registration.web.forms_team_replace import ReplaceForm
from registration.web.spellings import heading
from registration.web.views_team import row
from registration.web.views_team_person import PersonView

OFFERED = 20
"""Candidates on the page; anybody else is named by number."""


class ReplaceView(PersonView):
    """Two steps on one address: the second shows both people and what happens to the badge."""

    permission_required = "registration.decide"

    def get(self, request: HttpRequest, ref: str) -> HttpResponse:
        """The form, with those who have applied from the same delegation."""
        registration = self._replaceable()
        chosen = {"substitute": request.GET.get("by", "")}
        form = ReplaceForm(registration=registration, among=self.among(registration), initial=chosen)
        return self._page(registration, form)

    def post(self, request: HttpRequest, ref: str) -> HttpResponse:
        """Check and ask; with `confirmed`, do it."""
        registration = self._replaceable()
        form = ReplaceForm(request.POST, registration=registration, among=self.among(registration))
        if not form.is_valid():
            return self._page(registration, form, status=422)
        substitute, reason = form.cleaned_data["substitute"], form.cleaned_data["reason"]
        if "confirmed" not in request.POST:
            attempt(form, lambda: refuse_substitute(registration, substitute))
            return self._page(registration, form, status=409 if form.errors else 200)
        by = cast(Account, request.user)
        name = {"name": heading(name_of(substitute.person))}
        if self.is_reviewed(registration):
            if (
                attempt(form, lambda: name_substitute(registration, substitute=substitute, by=by, reason=reason))
                is None
            ):
                return self._page(registration, form, status=409)
            messages.success(request, _("Named: %(name)s. The place passes when an officer approves them.") % name)
            return redirect(self.address_of(substitute))
        if attempt(form, lambda: replace(registration, substitute=substitute, by=by, reason=reason)) is None:
            return self._page(registration, form, status=409)
        messages.success(request, _("The place went to: %(name)s") % name)
        return redirect(self.address_of(substitute))

    def is_reviewed(self, registration: Registration) -> bool:
        """Whoever decides about applications has looked; of others an officer looks first, where the category asks so."""
        return registration.category.needs_approval and not self.request.user.has_perm("registration.decide")

    def among(self, registration: Registration) -> QuerySet[Registration]:
        """From whom one may choose."""
        return registrations_visible_to(self.request.user)

    def address_of(self, registration: Registration) -> str:
        """Where one reads more of a person."""
        return reverse("people:detail", args=[registration.ref])

    def _replaceable(self) -> Registration:
        registration = self.find()
        if not can_be_replaced(registration):
            raise Http404
        return registration

    def _page(self, registration: Registration, form: ReplaceForm, *, status: int = 200) -> HttpResponse:
        candidates = substitutes_for(registration, among=self.among(registration))[:OFFERED]
        ready = form.is_bound and not form.errors
        context: dict[str, Any] = {
            "registration": registration,
            "name": heading(name_of(registration.person)),
            "person_url": self.address_of(registration),
            "form": form,
            "other": row(form.cleaned_data["substitute"]) if ready else None,
            "is_reviewed": self.is_reviewed(registration),
            "candidates": [row(each) for each in candidates],
        }
        return render(self.request, "registration/team/replace.html", context, status=status)
