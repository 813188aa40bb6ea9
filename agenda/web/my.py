"""Whose places a page is about: the applications of this account and this browser, one person at a time."""

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache

from agenda.queries.people import own_name
from forum.models import Account
from registration.enums import RegistrationState
from registration.models import Registration
from registration.queries.applications import registrations_for
from registration.sessions import session_refs

WHO = "for"
"""In the address: whose agenda, where the account looks after several people."""


def participants(request: HttpRequest) -> list[Registration]:
    """Confirmed people first; those who are not yet confirmed are told what is missing."""
    shown = (RegistrationState.CONFIRMED, RegistrationState.APPROVED)
    mine = registrations_for(request.user, session_refs(request)).filter(state__in=shown)
    return sorted(mine, key=lambda one: (one.state != RegistrationState.CONFIRMED, one.person.sort_key))


def chosen(request: HttpRequest, mine: list[Registration]) -> Registration | None:
    """The one named in the address, else the first. Raises `Http404` for somebody else's."""
    ref = request.GET.get(WHO)
    if ref is None:
        return mine[0] if mine else None
    found = next((one for one in mine if one.ref == ref), None)
    if found is None:
        raise Http404
    return found


def tabs(mine: list[Registration], current: Registration | None, *, address: str) -> list[dict[str, Any]]:
    """Whose; nothing where there is only one."""
    if len(mine) < 2:
        return []
    return [
        {"url": f"{address}?{WHO}={one.ref}", "label": own_name(one.person), "current": one == current} for one in mine
    ]


@method_decorator(never_cache, name="dispatch")
class OwnPlaceView(View):
    """A place of one's own, for the application `ref`; anybody else's is a 404."""

    registration: Registration

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the application before anything is done with the request."""
        super().setup(request, *args, **kwargs)
        mine = registrations_for(request.user, session_refs(request))
        self.registration = get_object_or_404(mine, ref=kwargs["ref"])

    @property
    def account(self) -> Account | None:
        """Who acts, for the audit; a delegate needs no account."""
        return self.request.user if isinstance(self.request.user, Account) else None
