"""The delegate's places: own agenda, plant visits, taking, waiting, giving back."""

from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from agenda.actions.bookings import give_back, take, wait_for
from agenda.engine.day import days
from agenda.queries.bookables import (
    Bookable,
    bookable_session,
    bookable_sessions,
    bookable_visits,
    of_slot,
    visit_slots,
)
from agenda.queries.eligibility import occupied_rows
from agenda.queries.my_agenda import common_entries, own_entries
from agenda.queries.my_places import MyPlace, my_places
from agenda.queries.people import own_name
from agenda.queries.released import released, travel_times
from agenda.queries.visits import visits
from agenda.web.forms_my import VisitForm
from agenda.web.my import OwnPlaceView, chosen, participants, tabs
from agenda.web.visits import strip
from forum.queries.access import current_forum
from forum.web.back import came_from
from forum.web.forms import attempt
from registration.enums import ClaimState
from registration.models import Claim


@method_decorator(never_cache, name="dispatch")
class MyAgendaView(View):
    """What do I do when: day strips, what waits for me, and sessions with limited places."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """One person at a time."""
        forum, mine = current_forum(), participants(request)
        registration = chosen(request, mine)
        context: dict[str, Any] = {"tabs": tabs(mine, registration, address=reverse("places:agenda"))}
        if registration:
            programme = released(forum)
            entries = own_entries(occupied_rows(registration.person), programme=programme)
            sessions = my_places(registration, bookable_sessions(forum, programme=programme), at=now())
            runs = my_places(registration, bookable_visits(forum), at=now())
            common = common_entries(programme) if forum.programme_public else []
            context |= {
                "registration": registration,
                "name": own_name(registration.person),
                "days": days([*entries, *common], travel=travel_times(forum), zone=ZoneInfo(forum.timezone)),
                "has_own": bool(entries),
                "open": [one for one in [*sessions, *runs] if one.state in ("offered", "waiting")],
                "sessions": sessions,
            }
        return render(request, "agenda/my/agenda.html", context)


@method_decorator(never_cache, name="dispatch")
class MyVisitsView(View):
    """Which plants are open to this person: allowed, or why not and what would help."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """All runs, one person at a time."""
        forum, mine = current_forum(), participants(request)
        registration = chosen(request, mine)
        context: dict[str, Any] = {"tabs": tabs(mine, registration, address=reverse("places:visits"))}
        if registration and forum.programme_public:
            runs = my_places(registration, bookable_visits(forum), at=now())
            context |= {"registration": registration, "name": own_name(registration.person), "runs": runs}
        return render(request, "agenda/my/visits.html", context)


class VisitPlaceView(OwnPlaceView):
    """One run for one person: the route, what the plant demands, and the one thing to do."""

    def get(self, request: HttpRequest, ref: str, slot: str) -> HttpResponse:
        """Nothing is asked that is known already."""
        mine = self._mine(slot)
        return self._page(mine, VisitForm(mine=mine))

    def post(self, request: HttpRequest, ref: str, slot: str) -> HttpResponse:
        """Take the place or wait for one; what is refused is said on the page, and what was typed stays."""
        mine = self._mine(slot)
        form = VisitForm(request.POST, mine=mine)
        act = wait_for if "wait" in request.POST else take
        if not form.is_valid():
            return self._page(mine, form, status=422)
        claim = attempt(
            form,
            lambda: act(mine.place, registration=self.registration, answers=form.answers(), by=self.account),
        )
        if claim is None:
            return self._page(self._mine(slot), form, status=409)
        messages.success(request, said(claim, mine.place))
        return redirect(f"{reverse('places:visits')}?for={self.registration.ref}")

    def _mine(self, slot: str) -> MyPlace:
        forum = current_forum()
        if not forum.programme_public:
            raise Http404
        found = get_object_or_404(visit_slots(forum), public_id=slot)
        return my_places(self.registration, [of_slot(found, forum=forum)], at=now())[0]

    def _page(self, mine: MyPlace, form: VisitForm, *, status: int = 200) -> HttpResponse:
        forum = mine.place.forum
        slot = mine.place.slot
        shown = visits(forum, language=get_language() or "ru", at=now())
        found = [(visit, run) for visit in shown for run in visit.runs]
        visit, run = next(
            pair for pair in found if slot and (pair[0].slug, pair[1].slug) == (slot.programme.slug, slot.slug)
        )
        context = {
            "mine": mine,
            "form": form,
            "name": own_name(self.registration.person),
            "visit": visit,
            "run": run,
            "strip": strip(run.steps, zone=forum.timezone),
            "registration": self.registration,
        }
        return render(self.request, "agenda/my/visit.html", context, status=status)


class VisitBackView(OwnPlaceView):
    """Giving a place in a visit back, declining an offer, leaving the line."""

    def post(self, request: HttpRequest, ref: str, slot: str) -> HttpResponse:
        """Asked for on the page before; a second press changes nothing."""
        forum = current_forum()
        place = of_slot(get_object_or_404(visit_slots(forum), public_id=slot), forum=forum)
        return leave(request, self, place, fallback="places:visits")


class SessionPlaceView(OwnPlaceView):
    """Taking, waiting and giving back a place in a session."""

    def post(self, request: HttpRequest, ref: str, slug: str, act: str) -> HttpResponse:
        """Back to the page one came from."""
        place = bookable_session(current_forum(), slug=slug)
        if place is None:
            raise Http404
        if act == "back":
            return leave(request, self, place, fallback="places:agenda")
        if act not in ("take", "wait"):
            raise Http404
        do = take if act == "take" else wait_for
        claim = do(place, registration=self.registration, by=self.account)
        messages.success(request, said(claim, place))
        return redirect(came_from(request) or f"{reverse('places:agenda')}?for={ref}")


def leave(request: HttpRequest, view: OwnPlaceView, place: Bookable, *, fallback: str) -> HttpResponse:
    """Give back and say so."""
    if give_back(place, registration=view.registration, by=view.account):
        messages.success(request, _("Given back: “%(what)s”. Thank you, somebody else can go.") % {"what": place.name})
    return redirect(came_from(request) or f"{reverse(fallback)}?for={view.registration.ref}")


def said(claim: Claim, place: Bookable) -> str:
    """What has been done."""
    if claim.state == ClaimState.WAITING:
        words = _("You are in line for “%(what)s”. We write to you as soon as a place is free.")
    else:
        words = _("The place in “%(what)s” is yours. It stands in your agenda, and a letter is on its way.")
    return words % {"what": place.name}
