"""Public pages: the released programme with its sessions, and the plant visits."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now

from agenda.queries.programme import released_programme
from agenda.queries.visits import visits
from agenda.web.forms import FilterForm
from agenda.web.programme import chosen_day, day_context, now_context
from agenda.web.public import PublicView
from agenda.web.session import session_context
from agenda.web.visits import overview, visit_row, visit_rows


class ProgrammeView(PublicView):
    """What to attend: by day, hall, track, language, host region, kind, or words."""

    notice = "programme"
    is_kept = True

    def page(self, request: HttpRequest, **kwargs: Any) -> HttpResponse | None:
        """One day, or all of them; the line “now and next” alone when it refreshes itself."""
        programme = released_programme(self.forum, language=self.language)
        if programme is None:
            return None
        context: dict[str, Any] = {"forum": self.forum, "programme": programme, **now_context(programme, at=now())}
        if request.GET.get("part") == "now":
            return render(request, "agenda/programme.html#now", context)
        form = FilterForm(request.GET, programme=programme)
        day = chosen_day(request.GET.get("day", ""), programme=programme, forum=self.forum, at=now())
        feed = request.build_absolute_uri(reverse("agenda:programme_calendar"))
        context["webcal"] = f"webcal:{feed.partition(':')[2]}"
        context |= day_context(programme, form=form, day=day, query=request.GET)
        return render(request, "agenda/programme.html", context)


class SessionView(PublicView):
    """Whether to go: what, when, where, in which languages, with whom, and how one gets in."""

    def page(self, request: HttpRequest, **kwargs: Any) -> HttpResponse | None:
        """One released session; a draft is not found."""
        programme = released_programme(self.forum, language=self.language)
        item = programme.find(kwargs["slug"]) if programme else None
        if programme is None or item is None:
            return None
        return render(request, "agenda/session_page.html", session_context(self.forum, programme, item, at=now()))


class VisitsView(PublicView):
    """Which plant, until when, and what it demands."""

    notice = "visits"

    def page(self, request: HttpRequest, **kwargs: Any) -> HttpResponse | None:
        """All plants on one page: there are few, and people compare them."""
        found = visits(self.forum, language=self.language, at=now())
        if not found:
            return None
        context = {"forum": self.forum, "visits": visit_rows(found, forum=self.forum), "overview": overview(found)}
        return render(request, "agenda/visits.html", context)


class VisitView(PublicView):
    """One plant: the way step by step, what it demands, who may still come."""

    def page(self, request: HttpRequest, **kwargs: Any) -> HttpResponse | None:
        """All runs of the plant's programme, and the other plants beside it."""
        found = visits(self.forum, language=self.language, at=now())
        visit = next((each for each in found if each.slug == kwargs["slug"]), None)
        if visit is None:
            raise Http404
        others = [each for each in found if each is not visit]
        context = {"forum": self.forum, **visit_row(visit, forum=self.forum), "others": others}
        return render(request, "agenda/visit_page.html", context)
