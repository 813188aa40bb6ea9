"""Public doors of the ground: home, language, where to go after sign-in."""

from typing import Any

from django.conf import settings
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import translate_url
from django.views import View
from django.views.decorators.http import require_POST

from forum.actions.accounts import choose_language
from forum.models import Forum
from forum.queries.access import is_staff
from forum.queries.edition import organisations_in_protocol_order
from forum.registry import counters, home_panels
from forum.web.back import came_from


def not_here(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    """A page that a library has and we do not."""
    raise Http404


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Remember the language in a cookie and, for people signed in, on the account; stay on the same page."""
    language = request.POST.get("language", "")
    target = came_from(request) or "/"
    if language not in dict(settings.LANGUAGES):
        return HttpResponseRedirect(target)
    if request.user.is_authenticated:
        choose_language(request.user, language=language)
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


class HomeView(View):
    """Why come, when, where. Other rooms hand their parts and numbers up (`forum.registry`)."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Stands before the first edition is set up, too."""
        forum = Forum.objects.filter(is_current=True).select_related("host_region").prefetch_related("guest_regions")
        edition = forum.first()
        context: dict[str, Any] = {"forum": edition, "apply_open": edition is not None and edition.applications_open}
        if edition is not None:
            context |= {
                "counters": _counters(edition),
                "panels": _home_panels(request, edition),
                "groups": organisations_in_protocol_order(edition),
            }
        return render(request, "forum/home.html", context)


def _counters(forum: Forum) -> list[dict[str, Any]]:
    """The large numbers; a number that is zero says nothing and is left out."""
    found = [(counter.value(forum), counter) for counter in sorted(counters, key=lambda counter: counter.order)]
    return [{"value": value, "label": counter.label(value)} for value, counter in found if value]


def _home_panels(request: HttpRequest, forum: Forum) -> list[str]:
    shown = [panel for panel in home_panels if not panel.permission or request.user.has_perm(panel.permission)]
    return [
        render_to_string(panel.template, {"forum": forum, **panel.context(request, forum)}, request)
        for panel in sorted(shown, key=lambda panel: panel.order)
    ]


class AfterSignInView(LoginRequiredMixin, View):
    """The team goes to its rooms, everybody else to their own participation."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """A redirect by role."""
        return redirect("team:today" if is_staff(request.user) else "registration:my")
