"""Applications that may be one person's: the list, two side by side, merge, undo, “these are two people”."""

from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from forum.errors import DomainError
from forum.models import Account
from forum.web.access import TeamView
from forum.web.forms import attempt
from forum.web.undo import done
from registration.actions.merge_undo import undo_merge
from registration.actions.merging import merge
from registration.actions.not_same import set_apart, suspect_again
from registration.enums import MERGEABLE, RegistrationState
from registration.models import Registration
from registration.queries.applications import registrations_visible_to
from registration.queries.duplicates import is_apart, last_merge, likeness_of, pairs_of
from registration.queries.people import name_of
from registration.web.duplicates_team import comparison, consequences, pair_row, reasons
from registration.web.forms_team_merge import MergeForm
from registration.web.spellings import heading
from registration.web.views_team import row

PER_PAGE = 25


class DuplicatesView(TeamView):
    """Pairs that may be one person, the strongest first."""

    permission_required = "registration.decide"

    def get(self, request: HttpRequest) -> HttpResponse:
        """One page of them."""
        page = Paginator(pairs_of(request.user, self.forum), PER_PAGE).get_page(request.GET.get("page"))
        keys = {key for pair in page for key in (pair.first, pair.second)}
        known = registrations_visible_to(request.user).in_bulk(keys)
        rows = [pair_row(pair, known) for pair in page]
        return render(request, "registration/team/duplicates.html", {"page": page, "rows": rows})


class PairView(TeamView):
    """Two side by side; the first one of the address stays. Two steps on one address: the second says what will happen."""

    permission_required = "registration.decide"

    def find(self) -> tuple[Registration, Registration]:
        """Both, or 404."""
        visible = registrations_visible_to(self.request.user).filter(forum=self.forum)
        visible = visible.select_related("category__pool", "forum", "person", "delegation__region")
        kept, gone = (get_object_or_404(visible, ref=self.kwargs[name]) for name in ("kept", "gone"))
        if kept.pk == gone.pk:
            raise Http404
        return kept, gone

    def get(self, request: HttpRequest, kept: str, gone: str) -> HttpResponse:
        """The comparison."""
        one, other = self.find()
        return self._page(one, other, MergeForm(kept=one, gone=other))

    def post(self, request: HttpRequest, kept: str, gone: str) -> HttpResponse:
        """Check and ask; with `confirmed`, do it."""
        one, other = self.find()
        form = MergeForm(request.POST, kept=one, gone=other)
        if not form.is_valid():
            return self._page(one, other, form, status=422)
        if "confirmed" not in request.POST:
            return self._page(one, other, form, asks=True)
        by, reason = cast(Account, request.user), form.cleaned_data["reason"]
        made = attempt(
            form,
            lambda: merge(one, other, take=form.taken, reason=reason, by=by, versions=form.versions),
        )
        if made is None:
            return self._page(*self.find(), form, status=409)
        text = _("Merged: %(name)s") % {"name": heading(name_of(one.person))}
        done(request, text, undo=reverse("people:merge_undo", args=[kept, gone]))
        return redirect("people:detail", ref=kept)

    def _page(
        self, kept: Registration, gone: Registration, form: MergeForm, *, asks: bool = False, status: int = 200
    ) -> HttpResponse:
        pair = likeness_of(kept, gone)
        context: dict[str, Any] = {
            "kept": row(kept),
            "gone": row(gone),
            "reasons": reasons(pair) if pair else [],
            "parts": comparison(kept, gone, form.taken),
            "form": form,
            "asks": asks,
            "apart": is_apart(kept, gone),
            "standing": last_merge(kept, gone),
            "may_merge": {kept.state, gone.state} <= MERGEABLE and gone.state != RegistrationState.BLOCKED,
            # Last: it looks at the application as it would be.
            "consequences": consequences(kept, gone, form.taken) if asks else [],
        }
        return render(self.request, "registration/team/pair.html", context, status=status)


class _DoorView(PairView):
    """A press of a button on the pair; a refusal is said on the pair's page."""

    def get(self, request: HttpRequest, kept: str, gone: str) -> HttpResponse:
        """The address of a button that was pressed, opened again."""
        return redirect("people:pair", kept=kept, gone=gone)


class ApartView(_DoorView):
    """These are two people."""

    def post(self, request: HttpRequest, kept: str, gone: str) -> HttpResponse:
        """Remember it, with a way back."""
        set_apart(*self.find(), by=cast(Account, request.user))
        done(request, _("Remembered: these are two people."), undo=reverse("people:suspect", args=[kept, gone]))
        return redirect("people:duplicates")


class SuspectView(_DoorView):
    """Perhaps one person after all."""

    def post(self, request: HttpRequest, kept: str, gone: str) -> HttpResponse:
        """Take it back."""
        if suspect_again(*self.find(), by=cast(Account, request.user)):
            messages.success(request, _("The two are in the list again."))
        return redirect("people:pair", kept=kept, gone=gone)


class MergeUndoView(_DoorView):
    """Take the last merge of the two back."""

    def post(self, request: HttpRequest, kept: str, gone: str) -> HttpResponse:
        """Or say why not."""
        standing = last_merge(*self.find())
        if standing is None:
            raise Http404
        try:
            undo_merge(standing.merge, by=cast(Account, request.user))
        except DomainError as refusal:
            messages.error(request, str(refusal.message))
        else:
            messages.success(request, _("Taken back: both applications stand as before."))
        return redirect("people:pair", kept=kept, gone=gone)
