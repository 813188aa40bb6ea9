"""The programme room: the board and the list, what needs a decision, the export."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language

from agenda.engine.board import board
from agenda.exports_tables import programme_table
from agenda.queries.proposals import desk_of
from agenda.queries.team_programme import Entry, Occupied, TeamProgramme, team_programme
from agenda.web.forms_team import RoomFilterForm
from agenda.web.programme import ALL, address, day_tabs, fits
from agenda.web.team_common import ProgrammeView

BOARD, LIST = "board", "list"
Event = Entry | Occupied


class RoomView(ProgrammeView):
    """Hall by time, or a list with one's own sessions first."""

    permission_required = "agenda.view_programme"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Filters, day and form stand in the address."""
        programme = team_programme(request.user, forum=self.forum, language=get_language() or "ru")
        form = RoomFilterForm(request.GET, programme=programme)
        entries = form.narrowed(programme.entries)
        # Whether a hall is free does not depend on what one looks for; but a search is for sessions.
        occupied = [] if form.active() else programme.occupied
        view = request.GET.get("view") or (BOARD if self.is_host else LIST)
        events: list[Event] = [*entries, *occupied]
        day = self.chosen_day(programme, view=view)
        context = {
            "programme": programme,
            "form": form,
            "filters": [{"label": label, "url": address(request.GET, **{name: ""})} for name, label in form.active()],
            "clear_url": address(request.GET, words="", track="", language="", region="", kind="", state=""),
            "tabs": day_tabs(self.by_day(programme, events, counted=entries), day=day, query=request.GET),
            "views": self.views(view),
            "view": view,
            "found": len(entries),
            "own_total": sum(entry.mine for entry in programme.entries),
            "desk": desk_of(request.user),
            **self.shown(events, day=day, view=view),
            **self.shared(),
        }
        return render(request, "agenda/team/room.html", context)

    def chosen_day(self, programme: TeamProgramme, *, view: str) -> date | None:
        """The day asked for; else the first day of the forum on the board and all days in the list. 404 for nonsense."""
        asked = self.request.GET.get("day", "")
        if asked == ALL or (not asked and view == LIST):
            return None
        try:
            return date.fromisoformat(asked) if asked else self.forum.starts_on
        except ValueError:
            raise Http404 from None

    def local_day(self, event: Event) -> date:
        return event.starts.astimezone(ZoneInfo(self.forum.timezone)).date()

    def by_day(
        self, programme: TeamProgramme, events: Sequence[Event], *, counted: Sequence[Event]
    ) -> dict[date, list[Event]]:
        """Every day that has something, with the sessions that fit."""
        everything: list[Event] = [*programme.entries, *programme.occupied]
        days = sorted({self.local_day(event) for event in everything})
        return {day: [event for event in counted if self.local_day(event) == day] for day in days}

    def views(self, view: str) -> list[dict[str, Any]]:
        """Two forms of the same thing."""
        return [
            {"name": name, "url": address(self.request.GET, view=name, day=""), "current": name == view}
            for name in (BOARD, LIST)
        ]

    def shown(self, events: Sequence[Event], *, day: date | None, view: str) -> dict[str, Any]:
        """One board for each day, or three lists: one's own, the shared ones, the rest."""
        chosen = [event for event in events if day in (None, self.local_day(event))]
        if view == BOARD:
            days = sorted({self.local_day(event) for event in chosen})
            boards = [(each, board([e for e in chosen if self.local_day(e) == each])) for each in days]
            return {"boards": [(each, drawn, fits(drawn)) for each, drawn in boards]}
        entries = [event for event in chosen if isinstance(event, Entry)]
        return {
            "own": [entry for entry in entries if entry.mine],
            "together": [entry for entry in entries if entry.opens and not entry.mine],
            "rest": [entry for entry in entries if not entry.opens and not entry.mine],
            "occupied": [event for event in chosen if isinstance(event, Occupied)],
        }


class ExportView(ProgrammeView):
    """The sessions one edits, as a table for a spreadsheet."""

    permission_required = "agenda.edit_sessions"

    def get(self, request: HttpRequest) -> HttpResponse:
        """A file; its name says nothing but what it is."""
        content = programme_table(request.user, forum=self.forum, language=get_language() or "ru")
        name = f"programme-{self.forum.slug}.csv"
        answer = HttpResponse(content, content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
        answer["Cache-Control"] = "private, no-store"
        return answer
