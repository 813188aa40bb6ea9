"""What was erased, day by day, and the act of a day to print and sign."""

from datetime import date

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from forum.web.access import TeamView
from registration.enums import VisaPart
from registration.models import Erasure
from registration.queries.erasures import act_of, acts_of, erasures_visible_to
from registration.web.words_documents import COLUMNS, field_names

PER_PAGE = 50


class ErasuresView(TeamView):
    """A line for each day."""

    permission_required = "registration.view_erasures"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Newest first."""
        days = acts_of(erasures_visible_to(request.user, forum=self.forum), forum=self.forum)
        page = Paginator(days, PER_PAGE).get_page(request.GET.get("page"))
        return render(request, "registration/team/erasures.html", {"page": page})


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
    return ", ".join(filter(None, [field_names(frozenset(row.fields)), *pictures, *visa]))  # type: ignore[arg-type]
