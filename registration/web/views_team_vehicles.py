"""Vehicles before the officers: the list, one vehicle, its pass, the list for the gate."""

from collections.abc import Callable
from datetime import date
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from forum.errors import DomainError
from forum.models import Account
from forum.queries.papers import shown_code
from forum.web.access import TeamView
from forum.web.files import private_file
from forum.web.forms import attempt
from registration.actions.vehicle_passes import note_gate_list, take_pass
from registration.actions.vehicles import (
    approve_vehicle,
    ask_for_pass,
    change_driver,
    change_vehicle,
    refuse_vehicle,
    withdraw_vehicle,
)
from registration.enums import VEHICLE_LIVE, VehicleState
from registration.exports.vehicles import gate_pdf, gate_xlsx
from registration.models import Vehicle
from registration.queries.vehicle_pass import days_of
from registration.queries.vehicles import comes_for, gate_days, passes_of, vehicles_at_the_gate, vehicles_visible_to
from registration.web.forms_team_vehicles import BoardForm, DriverForm, ReasonForm, VehicleForm

S = VehicleState
PER_PAGE = 50
TONES = {S.ASKED: "wait", S.APPROVED: "ok", S.REFUSED: "no", S.WITHDRAWN: "off"}
PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LISTS = {"pdf": (gate_pdf, PDF), "xlsx": (gate_xlsx, XLSX)}


def row(vehicle: Vehicle, passes: dict[str, Any]) -> dict[str, Any]:
    """One vehicle, in words."""
    paper = passes.get(str(vehicle.public_id))
    return {
        "vehicle": vehicle,
        "group": comes_for(vehicle),
        "days": days_of([one.day for one in vehicle.days.all()]),
        "tone": TONES[S(vehicle.state)],
        "paper": paper,
        "code": shown_code(paper.code) if paper else "",
    }


class VehiclesRoom(TeamView):
    """Base: vehicles of the current edition."""

    permission_required = "registration.manage_vehicles"

    def find(self) -> Vehicle:
        """The vehicle of the address, or 404."""
        rows = vehicles_visible_to(self.request.user, forum=self.forum)
        return get_object_or_404(rows, public_id=self.kwargs["public_id"])

    @property
    def by(self) -> Account:
        """Who acts."""
        return cast(Account, self.request.user)


class VehiclesView(VehiclesRoom):
    """The list, the newest first, and the days of the gate."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """What is open or valid, unless another state is asked for."""
        form = BoardForm(request.GET)
        return self.page(form)

    def page(self, form: BoardForm, *, status: int = 200) -> HttpResponse:
        """Constant queries."""
        state, rows = form.chosen(), vehicles_visible_to(self.request.user, forum=self.forum)
        if state != "all":
            rows = rows.filter(state=state) if state else rows.filter(state__in=VEHICLE_LIVE)
        page = Paginator(rows, PER_PAGE).get_page(self.request.GET.get("page"))
        passes = passes_of(page)
        context = {
            "form": form,
            "page": page,
            "rows": [row(vehicle, passes) for vehicle in page],
            "chosen": bool(state),
            "gate_days": gate_days(self.forum),
        }
        return render(self.request, "registration/team/vehicles.html", context, status=status)


class NewVehicleView(VehiclesRoom):
    """Asking for a pass."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """An empty form."""
        return self.page(VehicleForm(forum=self.forum))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep it; what is refused stays in the form."""
        form = VehicleForm(request.POST, forum=self.forum)
        made = attempt(form, lambda: self._ask(form)) if form.is_valid() else None
        if made is None:
            return self.page(form, status=422)
        messages.success(request, _("The vehicle waits for a decision: %(plate)s") % {"plate": made.plate})
        return redirect("vehicles:vehicle", public_id=made.public_id)

    def _ask(self, form: VehicleForm) -> Vehicle:
        return ask_for_pass(self.forum, terms=form.terms(), by=self.by)

    def page(self, form: DriverForm, *, status: int = 200, vehicle: Vehicle | None = None) -> HttpResponse:
        """New and old look alike."""
        context = {"form": form, "vehicle": vehicle, "whole": isinstance(form, VehicleForm)}
        return render(self.request, "registration/team/vehicle_form.html", context, status=status)


class ChangeVehicleView(NewVehicleView):
    """Correcting what is asked for; once it is decided only the driver may be another one."""

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:  # type: ignore[override]
        """The form with what is stored."""
        vehicle = self.find()
        if vehicle.state not in VEHICLE_LIVE or vehicle.erased_at:
            return redirect("vehicles:vehicle", public_id=public_id)
        return self.page(self._kind(vehicle)(forum=self.forum, vehicle=vehicle), vehicle=vehicle)

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:  # type: ignore[override]
        """Keep it; what is refused stays in the form."""
        vehicle = self.find()
        form = self._kind(vehicle)(request.POST, forum=self.forum)
        if not form.is_valid() or attempt(form, lambda: self._save(vehicle, form)) is None:
            return self.page(form, status=422, vehicle=vehicle)
        messages.success(request, _("Saved."))
        return redirect("vehicles:vehicle", public_id=public_id)

    def _kind(self, vehicle: Vehicle) -> type[DriverForm]:
        return VehicleForm if vehicle.state == S.ASKED else DriverForm

    def _save(self, vehicle: Vehicle, form: DriverForm) -> Vehicle:
        given = form.cleaned_data
        version = given["version"] or 0
        if isinstance(form, VehicleForm):
            return change_vehicle(vehicle, terms=form.terms(), version=version, by=self.by)
        driver, phone = given["driver"], given["driver_phone"]
        return change_driver(vehicle, driver=driver, phone=phone, version=version, by=self.by)


class VehicleView(VehiclesRoom):
    """One vehicle: what is known, the pass, what may be decided."""

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """As it stands now."""
        return self.page(self.find())

    def page(self, vehicle: Vehicle, *, status: int = 200, refused: Any = None) -> HttpResponse:
        """The same page with whatever was refused."""
        context = row(vehicle, passes_of([vehicle])) | {
            "refused": refused,
            "may_change": vehicle.state in VEHICLE_LIVE and not vehicle.erased_at,
        }
        return render(self.request, "registration/team/vehicle.html", context, status=status)


class VehicleDoor(VehicleView):
    """Base of what only takes a form: opened again, it leads to the vehicle."""

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """Back to the page."""
        return redirect("vehicles:vehicle", public_id=self.find().public_id)

    def answer(self, form: ReasonForm, act: Callable[[], object], said: str) -> HttpResponse:
        """Do it and say so; what is refused is said on the page."""
        if not form.is_valid():
            return self.page(self.find(), status=422, refused=form)
        try:
            act()
        except DomainError as refusal:
            form.add_error(None, str(refusal.message))
            return self.page(self.find(), status=409, refused=form)
        messages.success(self.request, said)
        return redirect("vehicles:vehicle", public_id=self.kwargs["public_id"])


class ApproveView(VehicleDoor):
    """The pass gets its number."""

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """The drawing comes from a worker."""
        vehicle, form = self.find(), ReasonForm({"reason": "-"}, label_suffix="")
        return self.answer(
            form, lambda: approve_vehicle(vehicle, by=self.by), _("The pass has its number and is being drawn.")
        )


class RefuseView(VehicleDoor):
    """No pass."""

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """With a reason."""
        vehicle, form = self.find(), ReasonForm(request.POST, label_suffix="")
        return self.answer(
            form,
            lambda: refuse_vehicle(vehicle, reason=form.cleaned_data["reason"], by=self.by),
            _("Refused. The plate is free again on these days."),
        )


class WithdrawView(VehicleDoor):
    """The pass ends."""

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """With a reason; cannot be undone."""
        vehicle, form = self.find(), ReasonForm(request.POST, label_suffix="")
        return self.answer(
            form,
            lambda: withdraw_vehicle(vehicle, reason=form.cleaned_data["reason"], by=self.by),
            _("Withdrawn. The page of the code says so at once, and the vehicle is off the list of the gate."),
        )


class PassView(VehicleDoor):
    """The pass as a file; asked for by a button, since it is written into the log."""

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponseBase:
        """404 where there is none, or none that is valid."""
        try:
            content = take_pass(self.find(), by=self.by)
        except FileNotFoundError as error:
            raise Http404 from error
        return private_file(content, name="vehicle-pass.pdf", content_type=PDF)


class GateListView(VehiclesView):
    """Who drives in on a day, as paper or table; asked for by a button, since it is written into the log."""

    def get(self, request: HttpRequest, day: str, kind: str) -> HttpResponse:  # type: ignore[override]
        """An address kept from a button that was refused."""
        return redirect("vehicles:list")

    def post(self, request: HttpRequest, day: str, kind: str) -> HttpResponseBase:
        """A download that nobody on the way keeps."""
        chosen = _day(day)
        if kind not in LISTS or chosen is None:
            raise Http404
        make, content_type = LISTS[kind]
        vehicles = vehicles_at_the_gate(request.user, forum=self.forum, day=chosen)
        try:
            content = make(self.forum, chosen, vehicles, passes_of(vehicles))
        except DomainError as refusal:
            messages.error(request, str(refusal.message))
            return redirect("vehicles:list")
        note_gate_list(self.forum, day=day, kind=kind, vehicles=len(vehicles), by=self.by)
        return private_file(content, name=f"vehicles-{day}.{kind}", content_type=content_type)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
