"""Base of the public pages: the current edition, closed until its programme is public, and kept by browsers for a minute."""

from hashlib import sha256
from typing import Any, ClassVar

from django.contrib.messages import get_messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.timezone import now
from django.utils.translation import get_language
from django.views import View

from forum.models import Forum
from forum.queries.kept import PAGES

FRESH_SECONDS = 60
"""How long a copy is shown without asking: a moved session reaches everybody within this time."""


class PublicView(View):
    """A page of the current edition. Until the programme is public, `notice` names the notice that stands in its place;
    pages of one thing have none and are not found.
    """

    notice: ClassVar[str] = ""
    is_kept: ClassVar[bool] = False
    """Whether all that stands on the page is the edition, the release and the time: then it is built once a minute."""
    forum: Forum

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """404 before the first edition is set up."""
        if not self.is_kept or is_personal(request):
            return asked_by_mark(request, self._built(request, **kwargs))
        key = (request.build_absolute_uri(), request.COOKIES.get("theme"), now().strftime("%d%H%M"))
        page = PAGES.kept(
            "page", *key, build=lambda: self._built(request, **kwargs), if_=lambda page: page.has_header("ETag")
        )
        return asked_by_mark(request, page)

    def _built(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        forum = Forum.objects.filter(is_current=True).select_related("host_region").first()
        if forum is None:
            raise Http404
        self.forum = forum
        found = self.page(request, **kwargs) if forum.programme_public else None
        if found is None and not self.notice:
            raise Http404
        found = found or render(request, "agenda/not_public.html", {"forum": forum, "about": self.notice})
        return marked(request, found)

    def page(self, request: HttpRequest, **kwargs: Any) -> HttpResponse | None:
        """The page, or None when there is nothing to show yet."""
        raise NotImplementedError

    @property
    def language(self) -> str:
        """The one in the address."""
        return get_language() or "ru"


def is_personal(request: HttpRequest) -> bool:
    """Whether the page knows its reader or has a message for them."""
    return request.user.is_authenticated or len(get_messages(request)) > 0


def marked(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """What everybody may see is kept for a minute and afterwards asked for by its mark; the rest by nobody but its reader.

    A page that holds the token of a form is for one person too.
    """
    has_token = request.META.get("CSRF_COOKIE_NEEDS_UPDATE") or request.__dict__.get("is_personal", False)
    if has_token or is_personal(request):
        patch_cache_control(response, private=True, no_cache=True)
        return response
    patch_cache_control(response, public=True, max_age=FRESH_SECONDS)
    response["ETag"] = f'"{sha256(response.content).hexdigest()[:20]}"'
    return response


def asked_by_mark(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """304 for who has this page already."""
    if not response.has_header("ETag"):
        return response
    return get_conditional_response(request, etag=response["ETag"], response=response) or response
