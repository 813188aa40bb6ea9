"""Base views of the API: tokens, rights, pace, caching. Doors: parse, authorise, call one action or query, answer."""

import hashlib
from typing import Any, ClassVar, cast

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed, NotAuthenticated
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from forum.api.paging import CursorPages
from forum.api.throttles import TokenThrottle
from forum.models import Account, ApiToken, Forum

PUBLIC_SECONDS = 60
"""How long caches may keep a public answer without asking."""


class TokenView(APIView):
    """Needs a token. `rights` names the right of each method; nothing is kept by caches."""

    rights: ClassVar[dict[str, str]]
    throttle_classes: list[type[BaseThrottle]] = [TokenThrottle]
    pages: type[CursorPages] = CursorPages

    @property
    def account(self) -> Account:
        """The holder of the token, with its rights."""
        return cast(Account, self.request.user)

    @property
    def forum(self) -> Forum:
        """The edition that the token is for."""
        return cast(ApiToken, self.request.auth).grant.forum

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Guessing tokens is as slow as any other asking."""
        try:
            super().initial(request, *args, **kwargs)
        except (AuthenticationFailed, NotAuthenticated):
            self.check_throttles(request)
            raise

    def paged(self, request: Request, rows: Any, serializer: type[BaseSerializer], **context: Any) -> Response:
        """One page of a list."""
        pages = self.pages()
        page = pages.of(rows, request)
        return pages.answer(serializer(page, many=True, context=context).data)

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        """Refusals are not cached either."""
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response


class PublicView(APIView):
    """Needs no token. Answers carry an `ETag`; who has it gets 304 and no body."""

    authentication_classes: list[type[BaseAuthentication]] = []
    permission_classes = [AllowAny]
    throttle_classes: list[type[BaseThrottle]] = [TokenThrottle]

    @property
    def forum(self) -> Forum:
        """The current edition; 404 before the first one is set up."""
        return get_object_or_404(Forum.objects.select_related("host_region"), is_current=True)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Only what is there is kept by caches. An answer that was kept comes as bytes, the others are rendered later."""
        response = super().finalize_response(request, response, *args, **kwargs)
        if response.status_code != 200:
            response["Cache-Control"] = "no-store"
            return response
        response["Cache-Control"] = f"public, max-age={PUBLIC_SECONDS}"
        if not isinstance(response, Response):
            return _conditional(request._request, response)
        response.add_post_render_callback(lambda rendered: _conditional(request._request, rendered))
        return response


def _conditional(request: HttpRequest, response: HttpResponse) -> HttpResponseBase | None:
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response)
