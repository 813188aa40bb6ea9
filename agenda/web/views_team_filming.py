"""Filming at plants before the team: the board of plants, one plant with its list, one wish and the plant's answer."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agenda.actions.filming_answers import answer_wish, note_filming_list, plant_was_told, put_to_plant
from agenda.enums import FilmingState
from agenda.exports.filming import filming_pdf, filming_xlsx
from agenda.models import FilmingWish, VisitProgramme
from agenda.queries.filming import board, for_list, plants_visible_to, wishes_answerable_by, wishes_visible_to
from agenda.queries.filming_own import told, wishes_of
from agenda.queries.plant_consents import agreed_with
from agenda.web.forms_filming import AnswerForm
from forum.errors import DomainError
from forum.models import Account
from forum.registry import Panel
from forum.tables import XLSX
from forum.web.access import TeamView
from forum.web.files import private_file
from forum.web.forms import attempt
from registration.models import Registration

PER_PAGE = 50
LISTS = {"pdf": (filming_pdf, "application/pdf"), "xlsx": (filming_xlsx, XLSX)}


class BoardView(TeamView):
    """Plants with their numbers; a plant's contact sees its own."""

    permission_required = "agenda.view_filming"

    def get(self, request: HttpRequest) -> HttpResponse:
        """In the order of the plants."""
        return render(request, "agenda/team/filming.html", {"rows": board(request.user, forum=self.forum)})


class PlantView(TeamView):
    """Who wants to film in one plant."""

    permission_required = "agenda.view_filming"

    def find(self) -> VisitProgramme:
        """A plant one may see, or 404."""
        return get_object_or_404(plants_visible_to(self.request.user, forum=self.forum), slug=self.kwargs["plant"])

    def get(self, request: HttpRequest, plant: str) -> HttpResponse:
        """By day, page by page."""
        programme = self.find()
        rows = wishes_visible_to(request.user, forum=self.forum).filter(programme=programme)
        agreed = agreed_with(programme)
        page = Paginator(rows.order_by("day", "pk"), PER_PAGE).get_page(request.GET.get("page"))
        context = {
            "programme": programme,
            "page": page,
            "rows": [told(row) | {"owes_consent": self.owes(row, agreed)} for row in page],
            "asked": rows.filter(state=FilmingState.ASKED).count(),
        }
        return render(request, "agenda/team/filming_plant.html", context)

    @staticmethod
    def owes(wish: FilmingWish, agreed: set[int] | None) -> bool:
        """Whether the wish waits for the person's consent to the plant."""
        return wish.state == FilmingState.ASKED and agreed is not None and wish.registration.person_id not in agreed


class PutView(PlantView):
    """Everything that was asked of one plant goes to it at once."""

    permission_required = "agenda.manage_filming"

    def get(self, request: HttpRequest, plant: str) -> HttpResponse:
        """Back to the plant."""
        return redirect("filming:plant", plant=plant)

    def post(self, request: HttpRequest, plant: str) -> HttpResponse:
        """What was put already stays as it is."""
        programme = self.find()
        wishes = wishes_visible_to(request.user, forum=self.forum).filter(programme=programme)
        asked = list(wishes.filter(state=FilmingState.ASKED))
        number = put_to_plant(programme, wishes=asked, by=cast(Account, request.user))
        if number < len(asked):
            messages.warning(request, _("Some wishes wait until their people agree that the plant gets their data."))
        text = ngettext("%(number)s wish is put to the plant.", "%(number)s wishes are put to the plant.", number)
        messages.success(request, text % {"number": number})
        return redirect("filming:plant", plant=plant)


class ListView(PlantView):
    """The list for the plant, as paper or table; asked for by a button, since it is written into the log."""

    permission_required = "agenda.manage_filming"

    def get(self, request: HttpRequest, plant: str, kind: str) -> HttpResponse:  # type: ignore[override]
        """An address kept from a button that was refused."""
        return redirect("filming:plant", plant=plant)

    def post(self, request: HttpRequest, plant: str, kind: str) -> HttpResponseBase:
        """A download that nobody on the way keeps."""
        if kind not in LISTS:
            raise Http404
        programme, (make, content_type) = self.find(), LISTS[kind]
        rows = list(for_list(wishes_visible_to(request.user, forum=self.forum), programme))
        try:
            content = make(programme, rows)
        except DomainError as refusal:
            messages.error(request, str(refusal.message))
            return redirect("filming:plant", plant=plant)
        note_filming_list(programme, kind=kind, lines=len(rows), by=cast(Account, request.user))
        return private_file(content, name=f"filming-{programme.slug}.{kind}", content_type=content_type)


class WishView(TeamView):
    """One wish, and what the plant says to it."""

    permission_required = "agenda.view_filming"

    def find(self) -> FilmingWish:
        """One that one may see, or 404."""
        return get_object_or_404(wishes_visible_to(self.request.user, forum=self.forum), public_id=self.kwargs["wish"])

    def get(self, request: HttpRequest, wish: UUID) -> HttpResponse:
        """With the form of the answer for who may give it."""
        one = self.find()
        return self.page(one, AnswerForm(wish=one))

    def post(self, request: HttpRequest, wish: UUID) -> HttpResponse:
        """Write the answer down; the person gets it by letter."""
        if not request.user.has_perm("agenda.answer_filming"):
            raise Http404
        one = get_object_or_404(wishes_answerable_by(request.user, forum=self.forum), public_id=wish)
        form = AnswerForm(request.POST, wish=one)
        if not form.is_valid() or attempt(form, lambda: self._answer(one, form)) is None:
            return self.page(one, form, status=422)
        messages.success(request, _("The answer is written down, a letter is on its way."))
        return redirect("filming:plant", plant=one.programme.slug)

    def _answer(self, one: FilmingWish, form: AnswerForm) -> FilmingWish:
        given = form.cleaned_data
        return answer_wish(
            one,
            state=FilmingState(given["state"]),
            answer=given["answer"],
            version=given["version"],
            by=cast(Account, self.request.user),
        )

    def page(self, one: FilmingWish, form: AnswerForm, *, status: int = 200) -> HttpResponse:
        """The form only where an answer may be given."""
        mine = wishes_answerable_by(self.request.user, forum=self.forum).filter(pk=one.pk)
        answers = self.request.user.has_perm("agenda.answer_filming") and mine.exists()
        context = {**told(one), "form": form if answers else None}
        return render(self.request, "agenda/team/filming_wish.html", context, status=status)


class ToldView(WishView):
    """The plant knows that a wish is withdrawn."""

    permission_required = "agenda.manage_filming"

    def get(self, request: HttpRequest, wish: UUID) -> HttpResponse:
        """Back to the wish."""
        return redirect("filming:wish", wish=wish)

    def post(self, request: HttpRequest, wish: UUID) -> HttpResponse:
        """A second press changes nothing."""
        one = self.find()
        if plant_was_told(one, by=cast(Account, request.user)):
            messages.success(request, _("Written down: the plant knows."))
        return redirect("filming:plant", plant=one.programme.slug)


def filming_panel(request: HttpRequest, registration: Registration) -> dict[str, Any]:
    """On the page of one application: where the person wants to film. Of categories that bring nothing nothing is looked up."""
    rows = wishes_of(registration) if registration.category.lists_equipment else []
    return {"rows": [told(row) for row in rows]}


PANEL = Panel("filming", "agenda/team/panels/filming.html", 33, "agenda.view_filming", filming_panel)
