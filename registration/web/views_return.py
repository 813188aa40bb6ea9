"""The link in our letters: it opens one application in this browser, without an account."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache

from forum.web.limits import limited
from registration.actions.notices import registration_of_link
from registration.sessions import remember
from registration.web.limits import RETURN


@method_decorator(never_cache, name="dispatch")
class ReturnView(View):
    """Opening the page changes nothing: mail scanners fetch links. The button opens the application."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """One button; for a dead link, the way to sign in by code."""
        alive = registration_of_link(token) is not None
        return self._page(status=200 if alive else 410, alive=alive)

    @limited(RETURN)
    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """Remember the application in this browser and show where it stands."""
        registration = registration_of_link(token)
        if registration is None:
            return self._page(status=410, alive=False)
        # New rights, new session key: a key planted earlier opens nothing.
        request.session.cycle_key()
        remember(request, registration)
        return redirect("registration:my")

    def _page(self, *, status: int, **context: Any) -> HttpResponse:
        response = render(self.request, "registration/return.html", context, status=status)
        # Never the token. "no-referrer" would do too, but then browsers post `Origin: null`, which counts as forged.
        response["Referrer-Policy"] = "strict-origin"
        response["X-Robots-Tag"] = "noindex"
        return response
