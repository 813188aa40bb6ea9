"""Media before the officers: outlets with their numbers, what they bring, the list of equipment for the gate."""

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from forum.errors import DomainError
from forum.models import Account
from forum.registry import Panel
from forum.web.access import TeamView
from forum.web.files import private_file
from forum.web.forms import attempt
from registration.actions.equipment_lists import note_equipment_list
from registration.actions.quotas import set_quota
from registration.exports.equipment import equipment_pdf, equipment_xlsx
from registration.models import Quota, Registration
from registration.queries.equipment import equipment_for_gate, equipment_of, is_asked, line_of
from registration.queries.outlets import outlets
from registration.queries.quotas import quotas_of_organisations
from registration.web.forms_team_media import OrganisationQuotaForm
from registration.web.views_team_delegations import said

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LISTS = {"pdf": (equipment_pdf, PDF), "xlsx": (equipment_xlsx, XLSX)}


class MediaView(TeamView):
    """Outlets: quota, applied, approved, confirmed, equipment."""

    permission_required = "registration.view_equipment"

    def get(self, request: HttpRequest) -> HttpResponse:
        """By name; constant queries."""
        return render(request, "registration/team/media.html", {"rows": outlets(request.user, forum=self.forum)})


class QuotaView(TeamView):
    """How many people an organisation may send, by the same action as every quota. Those of outlets and crews are listed
    with the media, all others with the delegations.
    """

    permission_required = "registration.decide"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The form, with what is kept now."""
        quota = self.find()
        return self.page(OrganisationQuotaForm(forum=self.forum, quota=quota), quota=quota)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Keep the places; what is refused stays in the form."""
        quota, form = self.find(), OrganisationQuotaForm(request.POST, forum=self.forum, quota=None)
        kept = attempt(form, lambda: self._set(form)) if form.is_valid() else None
        if kept is None:
            return self.page(form, quota=quota, status=422)
        messages.success(request, said(kept))
        return redirect(_listed_on(kept))

    def find(self) -> Quota | None:
        """The quota of the address, or 404; none where a new one is made."""
        if "public_id" not in self.kwargs:
            return None
        return get_object_or_404(quotas_of_organisations(self.forum), public_id=self.kwargs["public_id"])

    def _set(self, form: OrganisationQuotaForm) -> Quota:
        given = form.cleaned_data
        return set_quota(
            given["category"],
            group=given["organisation"],
            terms=form.terms(),
            by=cast(Account, self.request.user),
            beyond_free=given["beyond_free"],
            reason=given["reason"],
        )

    def page(self, form: OrganisationQuotaForm, *, quota: Quota | None = None, status: int = 200) -> HttpResponse:
        """New and old look alike."""
        of_delegations = "delegations" in self.request.GET if quota is None else not quota.category.lists_equipment
        context = {
            "form": form,
            "quota": quota,
            "of_delegations": of_delegations,
            "asks_reason": form.is_bound and bool(form.errors),
        }
        return render(self.request, "registration/team/media_quota.html", context, status=status)


def _listed_on(quota: Quota) -> str:
    return "people:media" if quota.category.lists_equipment else "people:delegations"


class EquipmentListView(MediaView):
    """The list for the gate, as paper or table; asked for by a button, since it is written into the log."""

    def get(self, request: HttpRequest, kind: str) -> HttpResponse:  # type: ignore[override]
        """An address kept from a button that was refused."""
        return redirect("people:media")

    def post(self, request: HttpRequest, kind: str) -> HttpResponseBase:
        """A download that nobody on the way keeps."""
        if kind not in LISTS:
            raise Http404
        make, content_type = LISTS[kind]
        rows = list(equipment_for_gate(request.user, forum=self.forum))
        try:
            content = make(self.forum, rows)
        except DomainError as refusal:
            messages.error(request, str(refusal.message))
            return redirect("people:media")
        note_equipment_list(self.forum, kind=kind, lines=len(rows), by=cast(Account, request.user))
        return private_file(content, name=f"equipment.{kind}", content_type=content_type)


def equipment_panel(request: HttpRequest, registration: Registration) -> dict[str, Any]:
    """On the page of one application: what the person brings. Of categories that list nothing nothing is looked up."""
    if not is_asked(registration):
        return {"shown": False}
    return {"shown": True, "lines": [line_of(one) for one in equipment_of(registration)]}


PANEL = Panel(
    "equipment", "registration/team/panels/equipment.html", 32, "registration.view_equipment", equipment_panel
)
