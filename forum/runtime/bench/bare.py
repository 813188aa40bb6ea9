"""The floor of every web figure: a Django view without middleware that answers 204, under the same server."""

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.urls import path


def nothing(request: HttpRequest) -> HttpResponse:
    """As little as a view can do."""
    return HttpResponse(status=204)


urlpatterns = [path("", nothing)]
settings.configure(DEBUG=False, SECRET_KEY="bare", ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, MIDDLEWARE=[])  # noqa: S106 -- signs nothing
django.setup(set_prefix=False)
application = WSGIHandler()
