"""Delegations before the team: all of them for officers, one's own for a head, on the same pages with fewer rights."""

from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from forum.models import Account
from forum.web.access import TeamView
from forum.web.files import private_file
from forum.web.forms import attempt
from forum.web.forms_team import end_of
from registration.actions.delegations import end_head, name_collector, name_head
from registration.actions.quotas import set_quota
from registration.enums import RegistrationState
from registration.exports.attorney import attorney_pdf
from registration.models import Category, Delegation, Quota, Registration
from registration.queries.delegations import (
    delegations_visible_to,
    heads_of,
    members_of_delegation,
    quota_in,
    quotas_of_delegation,
    standings,
)
from registration.queries.dossier import categories_of
from registration.queries.people import name_of
from registration.queries.quotas import quotas_of_organisations
from registration.web.delegations_team import members_page
from registration.web.forms_team_delegations import CollectForm, HeadForm, QuotaForm
from registration.web.spellings import heading

PER_PAGE = 100


class DelegationsView(TeamView):
    """Every delegation with its places and how its people stand. A head of one goes straight to it."""

    permission_required = "registration.lead_delegation"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The table."""
        visible = delegations_visible_to(request.user)
        if not request.user.has_perm("registration.arrange_delegations") and len(visible) == 1:
            return redirect("people:delegation", code=visible[0].region.code)
        rows = sorted(
            standings(list(visible)), key=lambda row: (not row.delegation.region.is_country, str(row.delegation))
        )
        page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
        context = {"page": page, "rows": list(page), "organisations": self._organisations()}
        return render(request, "registration/team/delegations.html", context)

    def _organisations(self) -> list[Quota]:
        """Quotas of those who send people; outlets and crews have a page of their own."""
        if not self.request.user.has_perm("registration.arrange_delegations"):
            return []
        return list(quotas_of_organisations(self.forum).exclude(category__lists_equipment=True))


class OneDelegationView(TeamView):
    """Base: one delegation of the current edition. Anybody else's is a 404."""

    permission_required = "registration.lead_delegation"

    def find_delegation(self) -> Delegation:
        """The delegation, or 404."""
        visible = delegations_visible_to(self.request.user)
        return get_object_or_404(visible, region__code=self.kwargs["code"])

    def members(self) -> Any:
        """Its people."""
        return members_of_delegation(self.find_delegation())

    def back(self) -> HttpResponse:
        """To the page of the delegation."""
        return redirect("people:delegation", code=self.kwargs["code"])

    @property
    def account(self) -> Account:
        """Who acts."""
        return cast(Account, self.request.user)


class DelegationView(OneDelegationView):
    """Places by category, the people with what is missing of each, and what can be done."""

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        """All, or those of whom something is missing, or those who have left."""
        delegation = self.find_delegation()
        quotas = quotas_of_delegation(delegation)
        context = {
            "delegation": delegation,
            "quotas": quotas,
            "other_categories": self._without_quota(quotas),
            "heads": heads_of(delegation),
            **members_page(delegation, request.GET),
        }
        return render(request, "registration/team/delegation.html", context)

    def _without_quota(self, quotas: list[Any]) -> list[Category]:
        if not self.request.user.has_perm("registration.arrange_delegations"):
            return []
        known = {one.quota.category_id for one in quotas}
        return [category for category in categories_of(self.forum) if category.pk not in known]


class QuotaView(OneDelegationView):
    """How many places of a category are kept for the delegation. Nothing is refused without saying what helps."""

    permission_required = "registration.arrange_delegations"

    def get(self, request: HttpRequest, code: str, category: str) -> HttpResponse:
        """What is kept now."""
        delegation, found = self.find_delegation(), self._category()
        quota = quota_in(delegation, found)
        return self._page(QuotaForm(quota=quota, forum=self.forum), quota)

    def post(self, request: HttpRequest, code: str, category: str) -> HttpResponse:
        """Keep it like this."""
        delegation, found = self.find_delegation(), self._category()
        before = quota_in(delegation, found)
        form = QuotaForm(request.POST, quota=before, forum=self.forum)
        if not form.is_valid():
            return self._page(form, before, status=422)
        quota = attempt(form, lambda: self._set(found, delegation, form))
        if quota is None:
            return self._page(form, before, status=409)
        messages.success(request, said(quota))
        return self.back()

    def _set(self, category: Category, delegation: Delegation, form: QuotaForm) -> Quota:
        given = form.cleaned_data
        return set_quota(
            category,
            group=delegation,
            terms=form.terms(),
            by=self.account,
            beyond_free=given["beyond_free"],
            reason=given["reason"],
        )

    def _category(self) -> Category:
        return get_object_or_404(categories_of(self.forum), code=self.kwargs["category"])

    def _page(self, form: QuotaForm, quota: Quota | None, *, status: int = 200) -> HttpResponse:
        context = {
            "delegation": self.find_delegation(),
            "category": self._category(),
            "quota": quota,
            "form": form,
            "asks_reason": form.is_bound and bool(form.errors),
        }
        return render(self.request, "registration/team/quota.html", context, status=status)


def said(quota: Quota) -> str:
    """What was kept, and how many are over."""
    if quota.pool.excess:
        return _(
            "Kept: %(places)s. %(excess)s more have a place: nobody loses it, and freed places are not given on "
            "until this is worked off."
        ) % {"places": quota.pool.places, "excess": quota.pool.excess}
    return _("Kept: %(places)s, taken: %(taken)s.") % {"places": quota.pool.places, "taken": quota.pool.taken}


class HeadsView(OneDelegationView):
    """Who leads the delegation."""

    permission_required = "registration.arrange_delegations"

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        """Those who do, and the form."""
        return self._page(HeadForm(delegation=self.find_delegation()))

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        """Name one more, or move an end."""
        delegation = self.find_delegation()
        form = HeadForm(request.POST, delegation=delegation)
        if not form.is_valid():
            return self._page(form, status=422)
        given = form.cleaned_data
        said = given | {"valid_until": end_of(given["valid_until"], forum=self.forum)}
        if attempt(form, lambda: name_head(delegation, **said, by=self.account)) is None:
            return self._page(form, status=409)
        messages.success(request, _("They lead the delegation now. A letter tells them how to sign in."))
        return redirect("people:delegation_heads", code=code)

    def _page(self, form: HeadForm, *, status: int = 200) -> HttpResponse:
        delegation = self.find_delegation()
        context = {"delegation": delegation, "heads": heads_of(delegation), "form": form}
        return render(self.request, "registration/team/heads.html", context, status=status)


class EndHeadView(OneDelegationView):
    """They lead it no more."""

    permission_required = "registration.arrange_delegations"

    def post(self, request: HttpRequest, code: str, public_id: str) -> HttpResponse:
        """At once."""
        grant = get_object_or_404(heads_of(self.find_delegation()), public_id=public_id)
        end_head(grant, by=self.account)
        messages.success(request, _("They see nothing of the delegation any more."))
        return redirect("people:delegation_heads", code=code)


class CollectView(OneDelegationView):
    """The paper with which one person fetches the badges of many."""

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        """Who and for whom; everybody who is confirmed is ticked."""
        delegation = self.find_delegation()
        return self._page(delegation, CollectForm(delegation=delegation, people=self._people()))

    def post(self, request: HttpRequest, code: str) -> HttpResponseBase:
        """The paper itself. The desk is told who comes."""
        delegation, people = self.find_delegation(), self._people()
        form = CollectForm(request.POST, delegation=delegation, people=people)
        if not form.is_valid():
            return self._page(delegation, form, status=422)
        collector, ticked = form.cleaned_data["collector"], set(form.cleaned_data["refs"])
        name_collector(delegation, name=collector, by=self.account)
        chosen = [(name, one.ref) for one, name in people if one.ref in ticked]
        content = attorney_pdf(delegation, collector=collector, people=chosen)
        return private_file(content, name="power-of-attorney.pdf", content_type="application/pdf")

    def _people(self) -> list[tuple[Registration, str]]:
        confirmed = self.members().filter(state=RegistrationState.CONFIRMED)
        named = [(one, heading(name_of(one.person))) for one in confirmed]
        return [(one, name) for one, name in named if name]

    def _page(self, delegation: Delegation, form: CollectForm, *, status: int = 200) -> HttpResponse:
        context = {"delegation": delegation, "form": form, "anybody": bool(form.fields["refs"].choices)}
        return render(self.request, "registration/team/collect.html", context, status=status)
