"""The check-in board: points, phones, and the scans as they come in."""

from typing import Any, cast
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _

from badges.actions.devices import revoke_device
from badges.queries.arrivals import day_of_figures, point_figures, scans_visible_to
from badges.queries.devices import devices_visible_to
from badges.web.rows import scan_row
from forum.models import Account
from forum.web.access import TeamView

LAST = 25


class BoardView(TeamView):
    """The board. htmx asks every few seconds for its moving part."""

    permission_required = "badges.view_checkin"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page, or the part that moves."""
        template = "badges/team/board.html" + ("#live" if request.htmx else "")
        return render(request, template, self.context(request))

    def context(self, request: HttpRequest) -> dict[str, Any]:
        """Points with the figures of today, or of the last day with scans; phones; the newest scans."""
        day = day_of_figures(self.forum)
        scans = scans_visible_to(request.user, forum=self.forum)[:LAST]
        return {
            "day": day,
            "is_today": day == now().astimezone(ZoneInfo(self.forum.timezone)).date(),
            "points": point_figures(self.forum, day=day),
            "devices": devices_visible_to(request.user, forum=self.forum),
            "scans": [scan_row(scan) for scan in scans],
            "moment": now(),
        }


class RevokeDeviceView(TeamView):
    """A phone was lost: it scans no more."""

    permission_required = "badges.revoke_device"

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """Asked for twice it is still revoked once."""
        device = get_object_or_404(devices_visible_to(request.user, forum=self.forum), public_id=public_id)
        revoke_device(device, by=cast(Account, request.user))
        messages.success(request, _("%(phone)s can no longer scan.") % {"phone": device.label})
        return redirect("checkin:board")
