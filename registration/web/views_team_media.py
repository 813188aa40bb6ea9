"""Media before the officers: outlets with their numbers, what they bring, the list of equipment for the gate."""

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from forum.errors import DomainError
from forum.models import Account
from forum.registry import Panel
from forum.web.access import TeamView
from forum.web.files import private_file
from forum.web.forms import attempt
from registration.actions.equipment_lists import note_equipment_list
from registration.actions.quotas import Terms, set_quota
from registration.exports.equipment import equipment_pdf, equipment_xlsx
from registration.models import Quota, Registration
from registration.queries.equipment import equipment_for_gate, equipment_of, is_asked, line_of
from registration.queries.outlets import outlets, quotas_of_outlets
from registration.web.forms_team_media import QuotaForm

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
    """How many people an outlet may send, by the same action as every quota."""

    permission_required = "registration.decide"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The form, with what is kept now."""
        quota = self.find()
        return self.page(QuotaForm(forum=self.forum, quota=quota), quota=quota)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Keep the places; what is refused stays in the form."""
        quota, form = self.find(), QuotaForm(request.POST, forum=self.forum)
        if not form.is_valid() or attempt(form, lambda: self._set(form)) is None:
            return self.page(form, quota=quota, status=422)
        messages.success(request, _("The quota is written down."))
        return redirect("people:media")

    def find(self) -> Quota | None:
        """The quota of the address, or 404; none where a new one is made."""
        if "public_id" not in self.kwargs:
            return None
        return get_object_or_404(quotas_of_outlets(self.forum), public_id=self.kwargs["public_id"])

    def _set(self, form: QuotaForm) -> Quota:
        given = form.cleaned_data
        terms = Terms(places=given["places"], overflows=given["overflows"], version=given["version"] or 0)
        return set_quota(
            given["category"], group=given["organisation"], terms=terms, by=cast(Account, self.request.user)
        )

    def page(self, form: QuotaForm, *, quota: Quota | None = None, status: int = 200) -> HttpResponse:
        """New and old look alike."""
        return render(self.request, "registration/team/media_quota.html", {"form": form, "quota": quota}, status=status)


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
