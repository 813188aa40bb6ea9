"""The scanner's page and the enrolment of a phone (`docs/scanner-api.md`)."""

from typing import Any, cast

from csp.decorators import csp_update
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from badges.actions.devices import enrol_device
from badges.enums import POINT_DIRECTIONS, PointKind
from badges.queries.devices import points_open_to
from forum.api_shape import shape
from forum.models import Account
from forum.web.access import TeamView


@method_decorator(csp_update({"script-src": "'wasm-unsafe-eval'"}), name="dispatch")
class ScanView(TeamView):
    """The page; the scripts do the rest. The decoder is WebAssembly, hence the wider policy of this page alone."""

    permission_required = "badges.scan"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Points to choose from."""
        points = points_open_to(request.user, forum=self.forum)
        response = render(request, "badges/scan.html", {"points": points})
        response["Permissions-Policy"] = "camera=(self)"
        response["Cache-Control"] = "private, no-store"
        return response


@method_decorator(never_cache, name="dispatch")
class EnrolView(TeamView):
    """Let this phone scan at a point. Always answers JSON: a redirect would look like a lost network to the scanner."""

    permission_required = "badges.scan"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The doors of `TeamView`, answered in the error shape."""
        if not request.user.is_authenticated:
            return _refused("not_authenticated", _("Your sign-in has ended. Sign in again."), status=401)
        try:
            return super().dispatch(request, *args, **kwargs)
        except Http404:
            return _refused("permission_denied", _("You may not do this."), status=403)

    def ask_second_factor(self, request: HttpRequest) -> HttpResponse:
        """Staff scan only after their second factor."""
        return _refused("second_factor_needed", _("Sign in with your second factor first."), status=403)

    def post(self, request: HttpRequest) -> HttpResponse:
        """The token is given here once."""
        slug = request.POST.get("point", "")
        point = points_open_to(request.user, forum=self.forum).filter(slug=slug).first()
        if point is None:
            message = _("There is no such point. Choose one from the list.")
            return _refused("invalid", message, status=400, fields={"point": message})
        device, token = enrol_device(point=point, holder=cast(Account, request.user))
        return JsonResponse(
            {
                "device": {"id": str(device.public_id), "name": device.label},
                "holder": str(device.holder.public_id),
                "token": token,
                "expires_at": device.expires_at.isoformat(),
                "point": {
                    "id": str(point.public_id),
                    "slug": point.slug,
                    "name": point.name,
                    "kind": point.kind,
                    "zone": point.zone.letter,
                },
                "directions": [d.value for d in POINT_DIRECTIONS[PointKind(point.kind)]],
            }
        )


def _refused(code: str, message: str, *, status: int, fields: dict[str, str] | None = None) -> JsonResponse:
    return JsonResponse(shape(code, message, fields), status=status)
