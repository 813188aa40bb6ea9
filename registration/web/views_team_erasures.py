"""What was erased, day by day, with the act of a day to print and sign; what will be; and erasing a person who asks by letter."""

from datetime import date
from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from forum.models import Account
from forum.web.access import TeamView
from registration.actions.person_erasing import erase_person
from registration.enums import HOLDS_PLACE, ErasedData, ErasureBasis, VisaPart
from registration.models import Erasure, Registration
from registration.queries.duplicates import merged_into
from registration.queries.erasures import act_of, acts_of, erasable_of, erasures_visible_to
from registration.queries.people import name_of
from registration.queries.retention import plan
from registration.web.forms_team_privacy import ErasePersonForm
from registration.web.spellings import heading
from registration.web.words_documents import COLUMNS, field_names
from registration.web.words_team import planned_label

PER_PAGE = 50


class ErasuresView(TeamView):
    """A line for each day."""

    permission_required = "registration.view_erasures"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Newest first."""
        days = acts_of(erasures_visible_to(request.user, forum=self.forum), forum=self.forum)
        page = Paginator(days, PER_PAGE).get_page(request.GET.get("page"))
        lines = [{"line": line, "words": planned_label(line)} for line in plan(self.forum)]
        return render(request, "registration/team/erasures.html", {"page": page, "plan": lines})


class ActView(TeamView):
    """Whose data, which kinds of data, on what ground, when: as the proof of erasure asks for it; never what they were."""

    permission_required = "registration.view_erasures"

    def get(self, request: HttpRequest, day: str) -> HttpResponse:
        """404 for a day without one."""
        try:
            asked = date.fromisoformat(day)
        except ValueError as error:
            raise Http404 from error
        rows = act_of(erasures_visible_to(request.user, forum=self.forum), forum=self.forum, day=asked)
        if not rows:
            raise Http404
        context = {"day": asked, "rows": [{"erasure": row, "what": _what(row)} for row in rows]}
        return render(request, "registration/team/erasure_act.html", context)


def _what(row: Erasure) -> str:
    pictures = [str(COLUMNS[kind]) for kind in row.pictures]
    visa = [str(VisaPart(part).label) for part in row.visa]
    data = [str(ErasedData(kind).label) for kind in row.data]
    return ", ".join(filter(None, [field_names(frozenset(row.fields)), *pictures, *visa, *data]))  # type: ignore[arg-type]


class ErasePersonView(TeamView):
    """Somebody asks by letter: the reason, what will happen, and the button."""

    permission_required = "registration.erase_people"

    def get(self, request: HttpRequest, ref: str) -> HttpResponse:
        """The reason."""
        return self._page(self._find(ref), ErasePersonForm(label_suffix=""))

    def post(self, request: HttpRequest, ref: str) -> HttpResponse:
        """Show what happens; with `confirmed`, do it."""
        registration, form = self._find(ref), ErasePersonForm(request.POST, label_suffix="")
        if not form.is_valid():
            return self._page(registration, form, status=422)
        if "confirmed" not in request.POST:
            return self._page(registration, form)
        erase_person(
            registration,
            basis=ErasureBasis.ASKED,
            by=cast(Account, request.user),
            reason=form.cleaned_data["reason"],
        )
        messages.success(request, _("The data are erased. The proof stands in the act of today."))
        return redirect("privacy:erasures")

    def _find(self, ref: str) -> Registration:
        found = erasable_of(self.request.user, forum=self.forum, ref=ref)
        if found is None:
            raise Http404
        return found

    def _page(self, registration: Registration, form: ErasePersonForm, *, status: int = 200) -> HttpResponse:
        others = registration.person.registrations.exclude(pk=registration.pk).filter(erased_at=None).count()
        merged = sum(one.erased_at is None for one in merged_into(registration))
        context = {
            "registration": registration,
            "name": heading(name_of(registration.person)),
            "form": form,
            "sure": form.is_bound and not form.errors,
            "others": others + merged,
            "has_place": registration.state in HOLDS_PLACE,
        }
        return render(self.request, "registration/team/erase_person.html", context, status=status)
