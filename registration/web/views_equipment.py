"""“My equipment”: what somebody of the media or of the technical staff brings through the gate."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from forum.registry import Panel
from forum.web.forms import attempt
from forum.web.limits import limited
from registration.actions.equipment import MOST_LINES, add_equipment, change_equipment, remove_equipment
from registration.models import Equipment, Registration
from registration.queries.equipment import equipment_of, is_asked, line_of
from registration.queries.people import name_of
from registration.web.access import OwnApplicationView
from registration.web.forms_equipment import EquipmentForm
from registration.web.limits import EQUIPMENT
from registration.web.spellings import own_heading


class EquipmentView(OwnApplicationView):
    """The list, and a line to add. 404 for categories that list nothing."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Only who is asked."""
        if not is_asked(self.registration):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, ref: str) -> HttpResponse:
        """With an empty line."""
        return self.page(EquipmentForm())

    @limited(EQUIPMENT)
    def post(self, request: HttpRequest, ref: str) -> HttpResponse:
        """Add the line; what is refused stays in the form."""
        form = EquipmentForm(request.POST)
        if not form.is_valid() or attempt(form, lambda: self._add(form)) is None:
            return self.page(form, status=422)
        messages.success(request, _("Added to your list."))
        return redirect("registration:equipment", ref=ref)

    def _add(self, form: EquipmentForm) -> Equipment:
        return add_equipment(self.registration, device=form.device(), by=self.account)

    def page(self, form: EquipmentForm, *, status: int = 200, one: Equipment | None = None) -> HttpResponse:
        """Everything that is listed; `one` is being changed."""
        rows = equipment_of(self.registration)
        context = {
            "registration": self.registration,
            "heading": own_heading(name_of(self.registration.person)),
            "rows": [{"one": row, "line": line_of(row)} for row in rows],
            "form": form,
            "one": one,
            "is_full": len(rows) >= MOST_LINES,
        }
        return render(self.request, "registration/equipment.html", context, status=status)


class LineView(EquipmentView):
    """One line, to be changed."""

    def find(self) -> Equipment:
        """Of one's own list, or 404."""
        found = Equipment.objects.filter(registration=self.registration, public_id=self.kwargs["public_id"]).first()
        if found is None:
            raise Http404
        found.registration = self.registration
        return found

    def get(self, request: HttpRequest, ref: str, public_id: UUID) -> HttpResponse:  # type: ignore[override]
        """The form with what is stored."""
        one = self.find()
        return self.page(EquipmentForm(one=one), one=one)

    @limited(EQUIPMENT)
    def post(self, request: HttpRequest, ref: str, public_id: UUID) -> HttpResponse:
        """Change it; what is refused stays in the form."""
        one, form = self.find(), EquipmentForm(request.POST)
        if not form.is_valid() or attempt(form, lambda: self._change(one, form)) is None:
            return self.page(form, status=422, one=one)
        messages.success(request, _("Saved."))
        return redirect("registration:equipment", ref=ref)

    def _change(self, one: Equipment, form: EquipmentForm) -> Equipment:
        return change_equipment(one, device=form.device(), by=self.account)


class RemoveLineView(LineView):
    """Taking a line out."""

    def get(self, request: HttpRequest, ref: str, public_id: UUID) -> HttpResponse:  # type: ignore[override]
        """Back to the list."""
        return redirect("registration:equipment", ref=ref)

    @limited(EQUIPMENT)
    def post(self, request: HttpRequest, ref: str, public_id: UUID) -> HttpResponse:
        """A second press finds nothing."""
        remove_equipment(self.find(), by=self.account)
        messages.success(request, _("Removed from your list."))
        return redirect("registration:equipment", ref=ref)


def equipment_contexts(request: HttpRequest, registrations: Sequence[Registration]) -> dict[int, dict[str, Any]]:
    """On the card of each application: how many lines; one query, none where nobody is asked."""
    asked = [registration.pk for registration in registrations if is_asked(registration)]
    rows = Equipment.objects.filter(registration__in=asked).order_by() if asked else Equipment.objects.none()
    counts = dict(rows.values_list("registration").annotate(lines=Count("pk")))
    return {one.pk: {"shown": one.pk in asked, "lines": counts.get(one.pk, 0)} for one in registrations}


MY_EQUIPMENT = Panel("equipment", "registration/partials/my_equipment.html", 36, "", equipment_contexts)
