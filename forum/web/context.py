"""What every page may use: the edition, the rooms of the team area, the theme."""

from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from forum.models import Forum
from forum.queries.access import is_staff
from forum.registry import nav_items, search_rooms

THEMES = ("light", "dark")


def site(request: HttpRequest) -> dict[str, Any]:
    """Lazy values: a page that does not use them asks the database nothing."""
    forum = cast(
        Forum, SimpleLazyObject(lambda: Forum.objects.filter(is_current=True).select_related("host_region").first())
    )
    return {
        "forum": forum,
        "nav_items": SimpleLazyObject(lambda: _nav(request, forum)),
        "clocks": SimpleLazyObject(lambda: _clocks(forum)),
        "search_url": SimpleLazyObject(lambda: _search_url(request)),
        "is_team": SimpleLazyObject(lambda: is_staff(request.user)),
        "theme": request.COOKIES.get("theme") if request.COOKIES.get("theme") in THEMES else "",
        "demo": settings.DEMO,
    }


def _clocks(forum: Forum) -> list[dict[str, Any]]:
    """Both sides of the co-management: the forum's city, then each partner region."""
    if not forum:
        return []
    partners = [{"label": region.name, "zone": region.timezone} for region in forum.partner_regions.all()]
    return [{"label": forum.city, "zone": forum.timezone}, *partners]


def _search_url(request: HttpRequest) -> str:
    """Where the search box of the team leads; empty for roles for whom no room looks."""
    return reverse("team:search") if any(request.user.has_perm(room.permission) for room in search_rooms) else ""


def _nav(request: HttpRequest, forum: Forum) -> list[dict[str, Any]]:
    """The rooms this person may enter, with what waits in them."""
    allowed = [item for item in nav_items if request.user.has_perm(item.permission)]
    return [
        {
            "url": (url := reverse(item.url_name)),
            "label": item.label,
            "icon": item.icon,
            "count": item.count(forum) if item.count else 0,
            "current": request.path == url or (item.name != "today" and request.path.startswith(url)),
        }
        for item in sorted(allowed, key=lambda item: item.order)
    ]
