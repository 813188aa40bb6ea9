"""Calendar files: the whole released programme, one session, one run of a visit."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import now

from agenda.engine.calendar import Entry
from agenda.exports.calendar import calendar_file
from agenda.queries.calendar import programme_entries
from agenda.queries.visits import visits
from agenda.web.public import PublicView
from agenda.web.visits import run_entries


class CalendarView(PublicView):
    """A file in the language of its address. Closed together with the programme."""

    def answer(self, entries: Iterable[Entry], *, filename: str) -> HttpResponse:
        """As phones and calendars want it."""
        content = calendar_file(entries, name=self.forum.short_title, zone=self.forum.timezone, language=self.language)
        response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{filename}.ics"'
        return response

    def linked(self, entry: Entry, name: str, *args: str) -> Entry:
        """With the address of its page."""
        return replace(entry, url=self.request.build_absolute_uri(reverse(name, args=args)))


class ProgrammeCalendarView(CalendarView):
    """To subscribe to: what moves or goes is moved or cancelled in the reader's calendar."""

    def page(self, request: HttpRequest, **kwargs: Any) -> HttpResponse | None:
        """Every session; not found before the first release."""
        found = programme_entries(self.forum, language=self.language, at=now())
        entries = [entry if entry.is_cancelled else self.linked(entry, "agenda:session", slug) for slug, entry in found]
        return self.answer(entries, filename="programme") if entries else None


class SessionCalendarView(CalendarView):
    """One session; for a while after it has left the programme, that it is cancelled."""

    def page(self, request: HttpRequest, **kwargs: Any) -> HttpResponse | None:
        """Not found for a draft."""
        slug = kwargs["slug"]
        found = dict(programme_entries(self.forum, language=self.language, at=now())).get(slug)
        if found is None:
            return None
        return self.answer([found if found.is_cancelled else self.linked(found, "agenda:session", slug)], filename=slug)


class RunCalendarView(CalendarView):
    """One run of a visit with its steps."""

    def page(self, request: HttpRequest, **kwargs: Any) -> HttpResponse | None:
        """One entry, or several where free time lies between them."""
        slug, at = kwargs["slug"], now()
        visit = next((v for v in visits(self.forum, language=self.language, at=at) if v.slug == slug), None)
        run = next((run for run in visit.runs if run.slug == kwargs["run"]), None) if visit else None
        if visit is None or run is None:
            return None
        entries = run_entries(visit, run, forum=self.forum, at=at)
        return self.answer([self.linked(entry, "agenda:visit", slug) for entry in entries], filename=run.slug)
