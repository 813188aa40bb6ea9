"""Doors of the team: today, messages, rights. Long works stand in `views_team_jobs`."""

from typing import Any, cast
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from forum.actions.accounts import end_role, grant_role, restore_role
from forum.actions.messages import send_again
from forum.enums import MessageState, Role
from forum.models import Account, Membership
from forum.queries.messages import counts_by_state, mail_health, messages_visible_to, oldest_waiting, outbox
from forum.queries.rights import live_grants, past_grants, rights_history, scope_names
from forum.web.access import TeamView
from forum.web.back import came_from
from forum.web.board import board, changed, etag
from forum.web.forms import attempt
from forum.web.forms_team import GrantForm, OutboxFilterForm
from forum.web.searched import SearchedView
from forum.web.undo import done

PER_PAGE = 50
PAST = 30
"""How many ended grants the page shows; the audit log keeps all."""


class TodayView(TeamView):
    """What needs a decision today, and the live board on the days of the forum."""

    permission_required = "forum.view_today"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The whole page."""
        parts = board(request, forum=self.forum)
        days_left = (self.forum.starts_on - now().astimezone(ZoneInfo(self.forum.timezone)).date()).days
        return render(request, "forum/team/today.html", {"parts": parts, "days_left": days_left})


class BoardView(TeamView):
    """Asked by the open page every few seconds: what changed, or 204."""

    permission_required = "forum.view_today"

    def get(self, request: HttpRequest) -> HttpResponse:
        """`seen` tells what the page shows. Only parts that differ are sent, each replaces itself."""
        parts = board(request, forum=self.forum)
        fresh = changed(parts, seen=request.GET.getlist("seen"))
        if fresh:
            response = render(request, "forum/team/board.html", {"parts": parts, "fresh": fresh})
        else:
            response = HttpResponse(status=204)
        response["ETag"] = etag(parts)
        response["Cache-Control"] = "private, no-store"
        return response


class MessagesView(SearchedView, TeamView):
    """The outbox: what left, what waits, what failed."""

    permission_required = "forum.view_messages"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Filters stand in the address."""
        form = OutboxFilterForm(request.GET)
        chosen = form.chosen()
        found = outbox(request.user, state=chosen["state"], reason=chosen["reason"], search=chosen["words"])
        mine = messages_visible_to(request.user)
        context = {
            "form": form,
            "query": chosen["words"],
            "filtered": any(chosen.values()),
            "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
            "tabs": _state_tabs(request, counts_by_state(mine), chosen["state"]),
            "waiting_since": oldest_waiting(mine),
            "health": mail_health(mine),
            "moment": now(),
        }
        return render(request, "forum/team/messages.html", context)


def _state_tabs(request: HttpRequest, counts: Any, chosen: str) -> list[dict[str, Any]]:
    """One tab for each state; the other filters stay."""
    choices = [("", _("All"), sum(counts.values()))]
    choices += [(state.value, state.label, counts.get(state, 0)) for state in MessageState]
    tabs = []
    for value, label, count in choices:
        query = request.GET.copy()
        query.pop("page", None)
        query["state"] = value
        tabs.append({"url": f"?{query.urlencode()}", "label": label, "count": count, "current": value == chosen})
    return tabs


class SendAgainView(TeamView):
    """An organiser decides that a failed or unknown message is sent once more."""

    permission_required = "forum.send_again"

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """Back to the list as it was."""
        message = get_object_or_404(messages_visible_to(request.user), public_id=public_id)
        if send_again(message, by=cast(Account, request.user)):
            messages.success(request, _("The letter is on its way again."))
        else:
            messages.warning(request, _("This letter has left or is being sent already; nothing was done."))
        return redirect(came_from(request) or "team:messages")


class RightsView(TeamView):
    """Who may do what until when."""

    permission_required = "forum.manage_rights"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The list, the form and the history."""
        return self.page(request, GrantForm(forum=self.forum))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Give a role, or move the end of one that is held."""
        form = GrantForm(request.POST, forum=self.forum)
        by = cast(Account, request.user)
        grant = attempt(form, lambda: grant_role(forum=self.forum, by=by, **form.values())) if form.is_valid() else None
        if grant is None:
            return self.page(request, form, status=422)
        messages.success(request, _("%(email)s is now: %(role)s.") % {
            "email": grant.account.email, "role": Role(grant.role).label})  # fmt: skip
        return redirect("team:rights")

    def page(self, request: HttpRequest, form: GrantForm, *, status: int = 200) -> HttpResponse:
        """The page with `form` as it is."""
        names = scope_names(self.forum)
        order = {role: place for place, role in enumerate(Role.values)}
        context = {
            "form": form,
            "grants": [_row(g, names) for g in sorted(live_grants(self.forum), key=lambda g: order[g.role])],
            "past": [_row(g, names) for g in past_grants(self.forum)[:PAST]],
            "history": rights_history(self.forum, names=names),
            "moment": now(),
        }
        return render(request, "forum/team/rights.html", context, status=status)


def _row(grant: Membership, names: dict[tuple[str, str], str]) -> dict[str, Any]:
    return {"grant": grant, "scope": names.get((grant.scope_kind, grant.scope_id), grant.scope_id)}


class EndRightView(TeamView):
    """End a grant now."""

    permission_required = "forum.manage_rights"

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """Asked for twice it is still ended once."""
        grant = get_object_or_404(Membership, forum=self.forum, public_id=public_id)
        end_role(grant, by=cast(Account, request.user))
        if grant.valid_until > now():
            done(request, _("The role has ended."), undo=reverse("team:restore_right", args=[grant.public_id]))
        else:
            messages.success(request, _("The role has ended."))
        return redirect("team:rights")


class RestoreRightView(TeamView):
    """Give a grant that was just ended once more, until the same day."""

    permission_required = "forum.manage_rights"

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """A new grant: the ended one stays in the history."""
        grant = get_object_or_404(Membership.objects.exclude(ended_at=None), forum=self.forum, public_id=public_id)
        restore_role(grant, by=cast(Account, request.user))
        messages.success(request, _("The role is given again, until the same day."))
        return redirect("team:rights")
