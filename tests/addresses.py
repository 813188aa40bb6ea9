"""Every address of the project, as the URL configuration has it, and what its view answers to."""

import inspect
from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.views.generic.edit import ProcessFormView
from rest_framework.views import APIView

from forum.web.access import TeamView
from forum.web.views import not_here

METHODS = ("get", "post", "put", "patch", "delete")


def addresses(resolver: URLResolver | None = None, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every named address of the project with its full name."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from addresses(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)
        else:
            yield f"{namespace}{entry.name}", entry


def is_listed(name: str, listed: set[str]) -> bool:
    """Whether `listed` has the name, or its beginning with a star."""
    return any(name == entry or (entry.endswith("*") and name.startswith(entry[:-1])) for entry in listed)


def view_of(pattern: URLPattern) -> type[Any] | None:
    """The class behind an address; None for a function."""
    view = getattr(pattern.callback, "view_class", None) or getattr(pattern.callback, "cls", None)
    return view if isinstance(view, type) else None


def methods_of(view: type[APIView]) -> set[str]:
    """What a view of the API answers to."""
    return {method.upper() for method in view.http_method_names if method != "options" and hasattr(view, method)}


def asked_with(pattern: URLPattern) -> list[str]:
    """How an address is asked: always GET; what else its view takes; `PART` where it draws a part of itself for htmx.

    A function may take anything, so it is asked with GET and POST. A form view of Django takes PUT for POST.
    """
    view = view_of(pattern)
    if view is None:
        return ["GET", *(["POST"] if pattern.callback is not not_here else [])]
    put_is_post = getattr(view, "put", None) is ProcessFormView.put
    takes = [m.upper() for m in METHODS if hasattr(view, m) and not (m == "put" and put_is_post)]
    return ["GET", *(["PART"] if _draws_parts(view) else []), *(m for m in takes if m != "GET")]


def _draws_parts(view: type[Any]) -> bool:
    """Its own code asks whether htmx asks; the common door of the team does so for everybody."""
    classes = view.__mro__[: view.__mro__.index(TeamView)] if issubclass(view, TeamView) else view.__mro__
    ours = [each for each in classes if each.__module__.split(".")[0] in ("forum", "registration", "agenda", "badges")]
    return any(".htmx" in inspect.getsource(each) for each in ours)
