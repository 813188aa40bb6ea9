"""The delegate's badge: the code in hand, and the PDF."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache

from badges.actions.credentials import live_of
from badges.actions.issuing import fresh_file
from badges.engine.token import format_short_code
from badges.exports import SIDE, code_path
from badges.queries.badges import BadgeState, badge_state
from badges.queries.files import content_of_badge
from badges.web.rows import shown_name
from forum.web.files import private_file
from registration.enums import RegistrationState, ZoneKind
from registration.models import Registration
from registration.queries.applications import registrations_for
from registration.sessions import session_refs

SHOWN = (RegistrationState.CONFIRMED, RegistrationState.APPROVED, RegistrationState.BLOCKED)
"""People with a badge, and those who may wonder where theirs is."""


def own_registrations(request: HttpRequest) -> list[Registration]:
    """What this account looks after and this browser has opened: confirmed people first."""
    mine = registrations_for(request.user, session_refs(request)).filter(state__in=SHOWN)
    return sorted(mine, key=lambda registration: registration.state != RegistrationState.CONFIRMED)


@method_decorator(never_cache, name="dispatch")
class MyBadgeView(View):
    """The code, large, on white; one person at a time. htmx asks for the card alone until the badge is there."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """`ref` names the person when there are several."""
        mine = own_registrations(request)
        chosen = self._chosen(request, mine)
        context: dict[str, Any] = {"tabs": _tabs(mine, chosen) if len(mine) > 1 else []}
        if chosen:
            context |= card(badge_state(chosen))
        return render(request, "badges/my_badge.html" + ("#card" if request.htmx else ""), context)

    def _chosen(self, request: HttpRequest, mine: list[Registration]) -> Registration | None:
        ref = request.GET.get("ref")
        if ref is None:
            return mine[0] if mine else None
        found = next((registration for registration in mine if registration.ref == ref), None)
        if found is None:
            raise Http404
        return found


class MyBadgeFileView(View):
    """The PDF of one's own badge, as the data stands now."""

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """Kept by nobody on the way."""
        mine = registrations_for(request.user, session_refs(request))
        registration = get_object_or_404(mine, ref=request.GET.get("ref", ""))
        credential = live_of(registration)
        if credential is None:
            raise Http404
        stored = fresh_file(credential)
        content = content_of_badge(stored, credential=credential)
        return private_file(content, name=stored.name, content_type=stored.content_type)


def card(badge: BadgeState) -> dict[str, Any]:
    """What the card shows: with a live credential the code, whatever the file is doing."""
    registration, credential = badge.registration, badge.credential
    context: dict[str, Any] = {
        "badge": badge,
        "registration": registration,
        "name": shown_name(registration),
        "zones": registration.category.zones.filter(kind=ZoneKind.AREA),
    }
    if credential and registration.state == RegistrationState.CONFIRMED:
        context |= {
            "code": code_path(credential.token),
            "side": SIDE,
            "short_code": format_short_code(credential.short_code),
        }
    return context


def _tabs(mine: list[Registration], chosen: Registration | None) -> list[dict[str, Any]]:
    address = reverse("badges:my_badge")
    return [
        {
            "url": f"{address}?ref={registration.ref}",
            "label": shown_name(registration),
            "current": registration == chosen,
        }
        for registration in mine
    ]
