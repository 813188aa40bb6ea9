"""Doors that gather from all rooms: the one search box, “my tasks”, the living page of components."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from forum.web import design_team
from forum.web.access import TeamView
from forum.web.search import rooms_of, search
from forum.web.searched import typed
from forum.web.tasks import waiting_for
from forum.web.undo import done


class SearchView(TeamView):
    """One box over people, sessions, speakers and plants. The words come by POST: a name stands in no address."""

    permission_required = "forum.enter_team"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The empty box, and what can be found with it."""
        return self.page(request, "")

    def post(self, request: HttpRequest) -> HttpResponse:
        """What every room found for this person."""
        return self.page(request, typed(request.POST.get("q", "")))

    def page(self, request: HttpRequest, query: str) -> HttpResponse:
        """An empty query finds nothing and says so."""
        context = {
            "searched": query,
            "rooms": rooms_of(request.user),
            "answer": search(request.user, forum=self.forum, query=query) if query else None,
            "page_keys": [{"key": "j k", "label": _("Next, previous")}, {"key": "Enter", "label": _("Open")}],
        }
        return render(request, "forum/team/search.html", context)


class DesignView(TeamView):
    """The living page of components, for those who build pages and those who approve them."""

    permission_required = "forum.view_design"

    def get(self, request: HttpRequest) -> HttpResponse:
        """All of them on one page."""
        return render(request, "forum/team/design.html", design_team.context(request, self.forum))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Show the toasts; the buttons of other samples post here too and change nothing."""
        if request.POST.get("show") == "toasts":
            messages.error(request, _("The mail server did not answer. Try again in a minute."))
            messages.warning(request, _("Two badges were left out: their names need a letter that the font lacks."))
            done(request, _("The role has ended."), undo=reverse("team:design"))
        return redirect("team:design")


class TasksView(TeamView):
    """The part of the top bar that says what waits; asked by each page after it is there."""

    permission_required = "forum.enter_team"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Never kept by the browser: it changes with every decision."""
        tasks = waiting_for(request.user, forum=self.forum)
        context = {"tasks": tasks, "tasks_total": sum(task.count for task in tasks)}
        response = render(request, "forum/team/my_tasks.html", context)
        response["Cache-Control"] = "private, no-store"
        return response
