"""What every page may use: the edition, the rooms of the team area, the theme."""

from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from forum.enums import Role, ScopeKind
from forum.models import Forum, Region
from forum.queries.access import has_role, is_staff, scopes_of
from forum.registry import NavItem, nav_items, search_rooms
from forum.templatetags.times import place_of, zone_of

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
        "acting_as": SimpleLazyObject(lambda: _acting_as(request, forum)),
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
    here = _here(allowed, request.path)
    return [
        {
            "url": reverse(item.url_name),
            "label": item.label,
            "icon": item.icon,
            "count": _waiting(item, request, forum),
            "current": item.name == here,
        }
        for item in sorted(allowed, key=lambda item: item.order)
    ]


def _here(items: list[NavItem], path: str) -> str:
    """In which room this page is: of two rooms one of which lies in the other, the inner one."""
    found = [(reverse(item.url_name), item.name) for item in items]
    fits = [(url, name) for url, name in found if path == url or (name != "today" and path.startswith(url))]
    return max(fits, key=lambda one: len(one[0]))[1] if fits else ""


def _waiting(item: NavItem, request: HttpRequest, forum: Forum) -> int:
    if item.waits:
        return item.waits(request.user)
    return item.count(forum) if item.count else 0


def _acting_as(request: HttpRequest, forum: Forum) -> str:
    """Whom a partner's editor works for, and which clocks the pages show. Nothing for the host team."""
    codes = scopes_of(request.user, Role.PARTNER_EDITOR, ScopeKind.REGION)
    if not codes or has_role(request.user, Role.PROGRAMME_EDITOR):
        return ""
    regions = list(Region.objects.filter(code__in=codes))
    zones = dict.fromkeys([*(region.timezone for region in regions), forum.timezone])
    places = [place_of(zone_of(zone)) for zone in zones]
    words = {"region": ", ".join(region.name for region in regions), "zones": _(" and ").join(places)}
    return _("You are working as %(region)s; times in %(zones)s") % words
