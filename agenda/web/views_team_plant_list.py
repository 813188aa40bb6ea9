"""The list with document data for a plant: who is ready, who is not and why, making it, opening it."""

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agenda.actions.plant_lists import TYPES, make_plant_list, open_plant_list
from agenda.actions.plant_reminders import ask_for_data, asked_today, can_be_asked
from agenda.enums import ListKind
from agenda.exports.plant_lists import plant_list_pdf, plant_list_xlsx
from agenda.queries.bookables import Bookable
from agenda.queries.people import shown_name
from agenda.queries.plant_consents import agreed_with
from agenda.queries.plant_lists import Listed, host_of, lists_of, plant_state, since_last
from agenda.web.forms_team_plant_list import OpenListForm, PlantListForm
from agenda.web.views_team_visits import SlotView
from agenda.web.words_plant_list import gap_words
from forum.models import Account
from forum.web.files import private_file
from forum.web.forms import attempt
from registration.engine.documents.numbers import masked
from registration.enums import DocumentField
from registration.models import Person, Registration
from registration.queries.disclosures import to_tell

DRAWN = {ListKind.PDF: plant_list_pdf, ListKind.XLSX: plant_list_xlsx}


class PlantListView(SlotView):
    """Documents masked on the page; the file has them in full, for a reason that is in the log first."""

    permission_required = "agenda.list_documents"

    @property
    def account(self) -> Account:
        """Who acts."""
        return cast(Account, self.request.user)

    def get(self, request: HttpRequest, slot: str) -> HttpResponse:
        """Who is ready, who is not."""
        return self.page(self.find(), PlantListForm())

    def post(self, request: HttpRequest, slot: str) -> HttpResponseBase:  # type: ignore[override]
        """Make the next list; a download that nobody on the way keeps."""
        place, form = self.find(), PlantListForm(request.POST)
        if not form.is_valid():
            return self.page(place, form, status=422)
        kind, reason = ListKind(form.cleaned_data["kind"]), form.cleaned_data["reason"]
        made = attempt(
            form, lambda: make_plant_list(place, kind=kind, reason=reason, draw=DRAWN[kind], by=self.account)
        )
        if made is None:
            return self.page(place, form, status=409)
        row, content = made
        return private_file(content, name=row.file.name if row.file else "", content_type=TYPES[kind])

    def page(self, place: Bookable, form: PlantListForm, *, status: int = 200) -> HttpResponse:
        """The same page with and without errors."""
        state, asked = plant_state(place), asked_today(place)
        since = since_last(place, state)
        context = {
            "place": place,
            "fields": [field.label for field in DocumentField if field in state.fields],
            "has_text": place.slot is not None and agreed_with(place.slot.programme) is not None,
            "ready": [_ready(one) for one in state.ready],
            "missing": [_missing(one, asked) for one in state.missing],
            "to_remind": sum(can_be_asked(one) and one.registration.ref not in asked for one in state.missing),
            "lists": lists_of(place),
            "since": since and _since(since),
            "to_tell": _people_to_tell(self.account, place),
            "form": form,
            "open_form": OpenListForm(),
        }
        response = render(self.request, "agenda/team/plant_list.html", context, status=status)
        response["Cache-Control"] = "private, no-store"
        return response


def _people_to_tell(account: Account, place: Bookable) -> int:
    """A person may have taken back more than one consent."""
    told = to_tell(account, forum=place.forum).filter(receiver=host_of(place))
    return told.order_by().values("registration").distinct().count()


def _ready(one: Listed) -> dict[str, Any]:
    number = one.document.number if one.document else ""
    return {
        "registration": one.registration,
        "name": shown_name(one.registration.person),
        "masked": masked(number or ""),
    }


def _missing(one: Listed, asked: set[str]) -> dict[str, Any]:
    return {
        "registration": one.registration,
        "name": shown_name(one.registration.person),
        "words": gap_words(one),
        "can_be_asked": can_be_asked(one),
        "asked": one.registration.ref in asked,
        "has_address": bool(one.registration.person.email),
    }


def _since(since: Any) -> dict[str, Any]:
    named = {kind: [_named(one.person) for one in getattr(since, kind)] for kind in ("new", "changed", "left")}
    return {"number": since.number, "is_same": since.is_same, **named}


def _named(person: Person) -> str:
    """Whoever has stopped all processing is named nowhere; the plant finds them by the line of the list."""
    return _("somebody who has withdrawn") if person.processing_stopped_at else shown_name(person)


class RemindView(PlantListView):
    """Write to those who lack something that they can mend: to one, or to all."""

    def get(self, request: HttpRequest, slot: str) -> HttpResponse:
        """The address of a button, opened by itself."""
        self.find()
        return redirect("visits:documents", slot=slot)

    def post(self, request: HttpRequest, slot: str) -> HttpResponse:
        """At most once a day for each."""
        place = self.find()
        number = ask_for_data(place, self._chosen(plant_state(place).missing), by=self.account)
        if number:
            text = ngettext("%(number)s reminder is on its way.", "%(number)s reminders are on their way.", number)
            messages.success(request, text % {"number": number})
        else:
            messages.info(request, _("Nobody was written to: everybody has had a letter today, or has no email."))
        return redirect("visits:documents", slot=slot)

    def _chosen(self, missing: Any) -> list[Listed]:
        ref = self.request.POST.get("ref")
        if not ref:
            return list(missing)
        found = [one for one in missing if one.registration.ref == ref]
        if not found and not Registration.objects.filter(ref=ref, visit_bookings__slot__public_id=self.kwargs["slot"]):
            raise Http404
        return found


class OpenListView(PlantListView):
    """A list that was made, once more, for a reason of its own."""

    def get(self, request: HttpRequest, slot: str, public_id: str) -> HttpResponse:  # type: ignore[override]
        """The address of a form that was refused, opened again."""
        self.find()
        return redirect("visits:documents", slot=slot)

    def post(self, request: HttpRequest, slot: str, public_id: str) -> HttpResponseBase:  # type: ignore[override]
        """The same bytes as then."""
        place, form = self.find(), OpenListForm(request.POST)
        made = get_object_or_404(lists_of(place), public_id=public_id)
        if made.file is None:
            raise Http404
        if not form.is_valid():
            messages.error(request, _("Say what you need the list for: it stands in the log."))
            return redirect("visits:documents", slot=slot)
        try:
            content = open_plant_list(made, reason=form.cleaned_data["reason"], by=self.account)
        except FileNotFoundError as error:
            raise Http404 from error
        return private_file(content, name=made.file.name, content_type=made.file.content_type)
