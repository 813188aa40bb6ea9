"""The Visits room: runs with their numbers, who goes, moving, taking back, the list for the plant."""

from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _

from agenda.actions.seating import move_visitor, take_back
from agenda.actions.visitor_lists import note_list
from agenda.exports.visitors import list_lines, visitors_pdf, visitors_xlsx
from agenda.models import VisitBooking
from agenda.queries.bookables import Bookable
from agenda.queries.people import shown_name
from agenda.queries.plant_consents import agreed_with, on_the_list
from agenda.queries.plant_lists import fields_of_plant
from agenda.queries.visitors import (
    booking_of,
    line_of,
    seated,
    seats_in_line,
    sessions_with_seats_visible_to,
    slot_visible_to,
    visit_room,
    visitor_rows,
    visitors,
)
from agenda.web.forms_team_visits import MoveForm, TakeBackForm, key_of
from forum.models import Account
from forum.web.access import TeamView
from forum.web.files import private_file
from forum.web.forms import attempt
from forum.web.searched import typed
from registration.enums import ClaimState
from registration.models import Registration

PER_PAGE = 50
MOST_FOUND = 100
PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LISTS = {"pdf": (visitors_pdf, PDF), "xlsx": (visitors_xlsx, XLSX)}


class RoomView(TeamView):
    """All runs: places, who goes, who waits, until when."""

    permission_required = "agenda.view_visits"

    def get(self, request: HttpRequest) -> HttpResponse:
        """By day and time."""
        rows = visit_room(self.forum, at=now())
        totals = {
            "places": sum(row.place.pool.places for row in rows),
            "held": sum(row.held for row in rows),
            "waiting": sum(row.waiting for row in rows),
            "offered": sum(row.offered for row in rows),
        }
        return render(request, "agenda/team/visits.html", {"rows": rows, "totals": totals})


class SlotView(TeamView):
    """One run. `find` answers 404 for what one may not see."""

    permission_required = "agenda.view_visits"

    def find(self) -> Bookable:
        """The run as a place."""
        place = slot_visible_to(self.request.user, self.forum, public_id=self.kwargs["slot"])
        if place is None:
            raise Http404
        return place

    def get(self, request: HttpRequest, slot: str) -> HttpResponse:
        """Everybody, page by page."""
        place = self.find()
        page = Paginator(visitors(place), PER_PAGE).get_page(request.GET.get("page"))
        return self._page(place, list(page), page=page, offset=page.start_index())

    def post(self, request: HttpRequest, slot: str) -> HttpResponse:
        """Search; names travel in the body, never in an address."""
        place, query = self.find(), typed(request.POST.get("q", ""))
        if not query:
            return redirect("visits:slot", slot=slot)
        return self._page(place, list(visitors(place, query=query)[:MOST_FOUND]), query=query)

    def _page(self, place: Bookable, found: list[Registration], **more: Any) -> HttpResponse:
        agreed = agreed_with(place.slot.programme) if place.slot else None
        context = {
            "place": place,
            "rows": [
                {
                    "visitor": row,
                    "name": shown_name(row.registration.person),
                    "owes_consent": agreed is not None and row.registration.person_id not in agreed,
                }
                for row in visitor_rows(place, found)
            ],
            "to_agree": 0 if agreed is None else visitors(place).exclude(person__in=agreed).count(),
            "needs_documents": bool(fields_of_plant(place)),
            "line": [{"waiting": row, "name": shown_name(row.claim.person)} for row in line_of(place, at=now())],
            **more,
        }
        return render(self.request, "agenda/team/slot.html", context)


class VisitorView(SlotView):
    """Deciding about one visitor of a run."""

    permission_required = "agenda.manage_visitors"

    def found(self) -> tuple[Bookable, VisitBooking]:
        """The run and the booking, or 404."""
        place = self.find()
        booking = booking_of(place, ref=self.kwargs["ref"])
        if booking is None:
            raise Http404
        return place, booking

    def base(self, place: Bookable, booking: VisitBooking) -> dict[str, Any]:
        """What both pages show."""
        person = booking.registration.person
        held = booking.claim.state == ClaimState.HELD
        return {"place": place, "booking": booking, "name": shown_name(person), "held": held}


class MoveView(VisitorView):
    """Another run for a visitor."""

    def get(self, request: HttpRequest, slot: str, ref: str) -> HttpResponse:  # type: ignore[override]
        """Where there is room."""
        place, booking = self.found()
        return self._form(place, booking, MoveForm(rows=self._others(place)))

    def post(self, request: HttpRequest, slot: str, ref: str) -> HttpResponse:  # type: ignore[override]
        """Move; what speaks against it is said, and may be overruled with a reason where that is sensible."""
        place, booking = self.found()
        rows = self._others(place)
        form = MoveForm(request.POST, rows=rows)
        if not form.is_valid():
            return self._form(place, booking, form, status=422)
        to = next(row.place for row in rows if key_of(row) == form.cleaned_data["to"])
        answers = {"note": form.cleaned_data["note"], "override": form.cleaned_data["override"]}
        by = cast(Account, request.user)
        if attempt(form, lambda: move_visitor(booking, was=place, to=to, by=by, **answers)) is None:
            return self._form(place, booking, form, status=409)
        done = _("Moved to “%(what)s”: %(name)s. A letter is on its way.")
        messages.success(request, done % {"what": to.name, "name": shown_name(booking.registration.person)})
        return redirect("visits:slot", slot=slot)

    def _others(self, place: Bookable) -> list[Any]:
        return [row for row in visit_room(self.forum, at=now()) if row.place.pool != place.pool]

    def _form(self, place: Bookable, booking: VisitBooking, form: MoveForm, *, status: int = 200) -> HttpResponse:
        context = self.base(place, booking) | {"form": form}
        return render(self.request, "agenda/team/move.html", context, status=status)


class TakeBackView(VisitorView):
    """Taking a place back, or somebody out of the line."""

    def get(self, request: HttpRequest, slot: str, ref: str) -> HttpResponse:  # type: ignore[override]
        """What it means, and the line for the person."""
        place, booking = self.found()
        return self._form(place, booking, TakeBackForm(label_suffix=""))

    def post(self, request: HttpRequest, slot: str, ref: str) -> HttpResponse:  # type: ignore[override]
        """Take back; a second press changes nothing."""
        place, booking = self.found()
        form = TakeBackForm(request.POST, label_suffix="")
        if not form.is_valid():
            return self._form(place, booking, form, status=422)
        registration, by = booking.registration, cast(Account, request.user)
        take_back(place, registration=registration, note=form.cleaned_data["note"], by=by)
        done = _("Taken back: %(name)s. A letter is on its way, and the place goes to the line.")
        messages.success(request, done % {"name": shown_name(registration.person)})
        return redirect("visits:slot", slot=slot)

    def _form(self, place: Bookable, booking: VisitBooking, form: TakeBackForm, *, status: int = 200) -> HttpResponse:
        context = self.base(place, booking) | {"form": form}
        return render(self.request, "agenda/team/take_back.html", context, status=status)


class ListView(SlotView):
    """The list for the plant, as paper or table; asked for by a button, since it is written into the log."""

    permission_required = "agenda.print_visitors"

    def get(self, request: HttpRequest, slot: str, kind: str) -> HttpResponse:  # type: ignore[override]
        """An address kept from a button that was refused."""
        return redirect("visits:slot", slot=slot)

    def post(self, request: HttpRequest, slot: str, kind: str) -> HttpResponseBase:  # type: ignore[override]
        """A download that nobody on the way keeps; no name of a person in its file name."""
        if kind not in LISTS:
            raise Http404
        place = self.find()
        make, content_type = LISTS[kind]
        people = list(on_the_list(place))
        content = make(place, list_lines(people))
        note_list(place, kind=kind, people=people, by=cast(Account, request.user))
        name = place.key.replace("/", "-")
        return private_file(content, name=f"visitors-{name}.{kind}", content_type=content_type)


class SeatsView(TeamView):
    """Who has a place in a session, for its editors: name, organisation, category and nothing else."""

    permission_required = "agenda.view_seats"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Another region's session is a 404 for a partner."""
        session = get_object_or_404(sessions_with_seats_visible_to(request.user), slug=slug)
        page = Paginator(seated(session), PER_PAGE).get_page(request.GET.get("page"))
        counts = seats_in_line(session)
        context = {
            "session": session,
            "page": page,
            "rows": [{"registration": row, "name": shown_name(row.person)} for row in page],
            "waiting": counts.get(ClaimState.WAITING, 0),
            "offered": counts.get(ClaimState.OFFERED, 0),
        }
        return render(request, "agenda/team/seats.html", context)
