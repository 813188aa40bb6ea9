"""Public doors of the ground: home, language, where to go after sign-in, health."""

from typing import cast
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.urls import translate_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import View
from django.views.decorators.http import require_GET, require_POST
from django.views.generic import TemplateView

from forum.actions.accounts import choose_language
from forum.models import Account
from forum.queries.access import is_staff


@require_GET
def healthz(request: HttpRequest) -> JsonResponse:
    """For the load balancer: this process answers and reaches the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Remember the language in a cookie and, for people signed in, on the account; stay on the same page."""
    language = request.POST.get("language", "")
    target = _safe_referer(request)
    if language not in dict(settings.LANGUAGES):
        return HttpResponseRedirect(target)
    if request.user.is_authenticated:
        choose_language(cast(Account, request.user), language=language)
    response = HttpResponseRedirect(translate_url(target, language))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def _safe_referer(request: HttpRequest) -> str:
    referer = request.META.get("HTTP_REFERER", "")
    same_site = url_has_allowed_host_and_scheme(
        referer, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return urlsplit(referer)._replace(scheme="", netloc="").geturl() if same_site else "/"


class HomeView(TemplateView):
    """Why come, when, where."""

    template_name = "forum/home.html"


class AfterSignInView(LoginRequiredMixin, View):
    """The team goes to its rooms, everybody else to their own participation."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """A redirect by role."""
        return redirect("team:today" if is_staff(request.user) else "registration:my")
