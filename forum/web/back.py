"""The way back to the page a person came from."""

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def came_from(request: HttpRequest) -> str:
    """Path and query of the page before: named by the form (`next`), else by the browser. Empty for another site."""
    for target in (request.POST.get("next", ""), request.META.get("HTTP_REFERER", "")):
        hosts = {request.get_host()}
        if target and url_has_allowed_host_and_scheme(target, allowed_hosts=hosts, require_https=request.is_secure()):
            return urlsplit(target)._replace(scheme="", netloc="").geturl()
    return ""
