"""For machines: is the process alive, can it work, and the figures for those on duty."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from prometheus_client import CONTENT_TYPE_LATEST

from forum.metrics import exposition
from forum.readiness import readiness


@never_cache
@require_GET
def healthz(request: HttpRequest) -> JsonResponse:
    """This process answers. Nothing else is asked: a database that is away is no reason to start us anew."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_GET
def readyz(request: HttpRequest) -> JsonResponse:
    """503 while a part is missing that work needs; `parts` says which."""
    parts = readiness()
    ready = all(parts.values())
    body = {"status": "ok" if ready else "failing", "parts": {k: "ok" if v else "failing" for k, v in parts.items()}}
    return JsonResponse(body, status=200 if ready else 503)


@never_cache
@require_GET
def metrics(request: HttpRequest) -> HttpResponse:
    """`Authorization: Bearer <METRICS_TOKEN>`. Not there without a token in the settings, nor through the public proxy."""
    if not settings.METRICS_TOKEN or (settings.BEHIND_TLS_PROXY and "X-Forwarded-For" in request.headers):
        raise Http404
    scheme, _blank, given = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not constant_time_compare(given.strip(), settings.METRICS_TOKEN):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    return HttpResponse(exposition(), content_type=CONTENT_TYPE_LATEST)
