"""Public pages: the released programme and the plant visits. Both stay closed until the programme is public."""

from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.utils.translation import get_language
from django.views import View

from agenda.queries.programme import released_programme
from agenda.queries.visits import visits
from agenda.web.forms import FilterForm
from agenda.web.programme import chosen_day, day_context, now_context
from agenda.web.visits import overview, visit_rows
from forum.models import Forum


class PublicView(View):
    """A page of the current edition; a friendly notice until its programme is public."""

    notice: ClassVar[str]
    forum: Forum

    def get(self, request: HttpRequest) -> HttpResponse:
        """404 before the first edition is set up."""
        forum = Forum.objects.filter(is_current=True).select_related("host_region").first()
        if forum is None:
            raise Http404
        self.forum = forum
        found = self.page(request) if forum.programme_public else None
        return found or render(request, "agenda/not_public.html", {"forum": forum, "about": self.notice})

    def page(self, request: HttpRequest) -> HttpResponse | None:
        """The page, or None when there is nothing to show yet."""
        raise NotImplementedError


class ProgrammeView(PublicView):
    """What to attend: by day, hall, track, language, host region, kind, or words."""

    notice = "programme"

    def page(self, request: HttpRequest) -> HttpResponse | None:
        """One day, or all of them; the line “now and next” alone when it refreshes itself."""
        programme = released_programme(self.forum, language=get_language() or "ru")
        if programme is None:
            return None
        context: dict[str, Any] = {"forum": self.forum, "programme": programme, **now_context(programme, at=now())}
        if request.GET.get("part") == "now":
            return render(request, "agenda/programme.html#now", context)
        form = FilterForm(request.GET, programme=programme)
        day = chosen_day(request.GET.get("day", ""), programme=programme, forum=self.forum, at=now())
        context |= day_context(programme, form=form, day=day, query=request.GET)
        return render(request, "agenda/programme.html", context)


class VisitsView(PublicView):
    """Which plant, until when, and what it demands."""

    notice = "visits"

    def page(self, request: HttpRequest) -> HttpResponse | None:
        """All plants on one page: there are few, and people compare them."""
        found = visits(self.forum, language=get_language() or "ru", at=now())
        if not found:
            return None
        context = {"forum": self.forum, "visits": visit_rows(found, forum=self.forum), "overview": overview(found)}
        return render(request, "agenda/visits.html", context)
