"""Which pictures people may hand in, category by category: what for, on what ground, what becomes of those that are there."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from forum.models import Account
from forum.web.access import TeamView
from registration.actions.picture_rules import set_pictures
from registration.enums import PictureKind
from registration.queries.consents import documents_in_force
from registration.queries.dossier import categories_of
from registration.queries.pictures import PURPOSES, handed_in
from registration.web.consequences import LABELS
from registration.web.forms_team_pictures import PicturesForm


class PicturesView(TeamView):
    """The switches of all categories; who sets how a category is reviewed sets these too."""

    permission_required = "registration.edit_review"

    def get(self, request: HttpRequest) -> HttpResponse:
        """As it is."""
        return self._page(PicturesForm(categories=list(categories_of(self.forum))))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Set all categories at once."""
        form = PicturesForm(request.POST, categories=list(categories_of(self.forum)))
        if not form.is_valid():
            return self._page(form, status=422)
        by = cast(Account, request.user)
        changed = [set_pictures(category, by=by, **switches) for category, switches in form.chosen()]
        messages.success(request, _("The switches are saved.") if any(changed) else _("Nothing has changed."))
        return redirect("people:pictures")

    def _page(self, form: PicturesForm, *, status: int = 200) -> HttpResponse:
        context = {"form": form, "lines": form.lines(handed_in(self.forum)), "grounds": self._grounds()}
        return render(self.request, "registration/team/pictures.html", context, status=status)

    def _grounds(self) -> list[dict[str, Any]]:
        """The consent that covers each kind, with the text in force; without one nobody can hand anything in."""
        texts = {text.purpose: text for text in documents_in_force(self.forum.pk) if text.receiver_id is None}
        return [
            {"kind": kind, "consent": LABELS[purpose], "text": texts.get(purpose)}
            for kind in PictureKind
            for purpose in [PURPOSES[kind]]
        ]
