"""“Filming at plants”: what somebody of the media wants to film, and what the plants say to it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _

from agenda.actions.filming import MOST_WISHES, ask_to_film, change_wish, withdraw_wish
from agenda.enums import FILMING_LIVE, FilmingState
from agenda.models import FilmingWish
from agenda.queries.filming_own import chances, may_film, told, wishes_of
from agenda.queries.people import own_name
from agenda.web.forms_filming import WishForm
from agenda.web.my import OwnPlaceView
from forum.registry import Panel
from forum.web.forms import attempt
from forum.web.limits import Limit, limited
from registration.models import Registration
from registration.queries.equipment import equipment_of

FILMING = Limit("filming", amount=120, seconds=3600)


class FilmingView(OwnPlaceView):
    """Wishes, and one to state. 404 for who brings no equipment or has no place."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Only who may ask."""
        if not may_film(self.registration):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, ref: str) -> HttpResponse:
        """With an empty form."""
        return self.page(self.form())

    @limited(FILMING)
    def post(self, request: HttpRequest, ref: str) -> HttpResponse:
        """Ask; what is refused stays in the form."""
        form = self.form(request.POST)
        if not form.is_valid() or attempt(form, lambda: self._ask(form)) is None:
            return self.page(form, status=422)
        messages.success(request, _("Asked. The organisers put it to the plant; you get a letter with its answer."))
        return redirect("places:filming", ref=ref)

    def _ask(self, form: WishForm) -> FilmingWish:
        return ask_to_film(self.registration, wish=form.wish(), by=self.account)

    def form(self, data: Any = None, *, one: FilmingWish | None = None) -> WishForm:
        """What is still open, and the person's own devices."""
        registration = self.registration
        open_now = chances(registration.forum, person=registration.person, at=now())
        return WishForm(data, chances=open_now, equipment=equipment_of(registration), one=one)

    def page(self, form: WishForm, *, status: int = 200, one: FilmingWish | None = None) -> HttpResponse:
        """Everything that was asked; `one` is being changed."""
        rows = wishes_of(self.registration)
        context = {
            "registration": self.registration,
            "name": own_name(self.registration.person),
            "rows": [told(row) | {"may_end": row.state in FILMING_LIVE} for row in rows],
            "form": form,
            "one": one,
            "is_full": len(rows) >= MOST_WISHES,
        }
        return render(self.request, "agenda/my/filming.html", context, status=status)


class WishView(FilmingView):
    """One wish, to be changed while the plant has not seen it."""

    def find(self) -> FilmingWish:
        """Of one's own, or 404."""
        found = next((row for row in wishes_of(self.registration) if row.public_id == self.kwargs["wish"]), None)
        if found is None:
            raise Http404
        found.registration = self.registration
        return found

    def get(self, request: HttpRequest, ref: str, wish: UUID) -> HttpResponse:  # type: ignore[override]
        """The form with what is stored; what the plant has is not changed any more."""
        one = self.find()
        if one.state != FilmingState.ASKED:
            return redirect("places:filming", ref=ref)
        return self.page(self.form(one=one), one=one)

    @limited(FILMING)
    def post(self, request: HttpRequest, ref: str, wish: UUID) -> HttpResponse:
        """Change it; what is refused stays in the form."""
        one, form = self.find(), self.form(request.POST)
        if not form.is_valid() or attempt(form, lambda: self._change(one, form)) is None:
            return self.page(form, status=422, one=one)
        messages.success(request, _("Saved."))
        return redirect("places:filming", ref=ref)

    def _change(self, one: FilmingWish, form: WishForm) -> FilmingWish:
        return change_wish(one, wish=form.wish(), by=self.account)


class WithdrawWishView(WishView):
    """Taking a wish back."""

    def get(self, request: HttpRequest, ref: str, wish: UUID) -> HttpResponse:  # type: ignore[override]
        """Back to the list."""
        return redirect("places:filming", ref=ref)

    @limited(FILMING)
    def post(self, request: HttpRequest, ref: str, wish: UUID) -> HttpResponse:
        """A second press changes nothing."""
        withdraw_wish(self.find(), by=self.account)
        messages.success(request, _("Withdrawn."))
        return redirect("places:filming", ref=ref)


def filming_contexts(request: HttpRequest, registrations: Sequence[Registration]) -> dict[int, dict[str, Any]]:
    """On the card of each application: how many wishes stand; one query, none where nobody may ask."""
    asked = [registration.pk for registration in registrations if may_film(registration)]
    rows = FilmingWish.objects.filter(registration__in=asked, state__in=FILMING_LIVE).order_by() if asked else None
    counts = dict(rows.values_list("registration").annotate(wishes=Count("pk"))) if rows is not None else {}
    return {one.pk: {"shown": one.pk in asked, "wishes": counts.get(one.pk, 0)} for one in registrations}


MY = Panel("filming", "agenda/my/panel_filming.html", 52, "", filming_contexts)
