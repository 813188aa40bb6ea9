"""What registration shows on the Today page."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forum.models import Forum
from forum.registry import Panel
from registration.enums import RegistrationState
from registration.queries.applications import counts_by_state
from registration.queries.figures import Geography, geography
from registration.web.views_team import STATES


def applications(request: HttpRequest, forum: Forum) -> dict[str, Any]:
    """How many stand where, with a way to each list for those who may open it."""
    counts = counts_by_state(forum)
    most = max(counts.values(), default=0) or 1
    sees_people = request.user.has_perm("registration.view_people")
    list_url = reverse("people:list")
    return {
        "waiting": counts[RegistrationState.SUBMITTED],
        "list_url": list_url,
        "may_decide": request.user.has_perm("registration.decide"),
        "states": [
            {
                "label": state.label,
                "count": counts[state],
                "share": round(100 * counts[state] / most, 1),
                "url": f"{list_url}?state={state}" if sees_people else "",
            }
            for state in STATES
            if counts[state]
        ],
    }


def map_of_regions(request: HttpRequest, forum: Forum) -> dict[str, Any]:
    """The tile map with “2 countries, 21 regions”."""
    found = geography(forum)
    partners = set(forum.partner_regions.values_list("pk", flat=True))
    return {"tiles": _tiles(found, partners), "words": geography_words(found), "host": _host_words(found)}


def geography_words(found: Geography) -> str:
    """“2 countries, 21 regions”; one part alone where the other is empty."""
    countries = ngettext("%(number)s country", "%(number)s countries", found.countries) % {"number": found.countries}
    regions = ngettext("%(number)s region", "%(number)s regions", found.regions) % {"number": found.regions}
    parts = [countries] * bool(found.countries) + [regions] * bool(found.regions)
    return ", ".join(parts) or _("Nobody is approved yet.")


def _tiles(found: Geography, partners: set[int]) -> list[dict[str, Any]]:
    return [
        {
            "code": tile.region.code,
            "name": tile.region.name,
            "tile_x": tile.region.tile_x,
            "tile_y": tile.region.tile_y,
            "count": tile.coming,
            "role": "host" if tile.is_host else "partner" if tile.region.pk in partners else "guest",
        }
        for tile in found.tiles
    ]


def _host_words(found: Geography) -> str:
    host = next((tile for tile in found.tiles if tile.is_host), None)
    if host is None:
        return ""
    return ngettext(
        "%(number)s person from the host region, counted apart",
        "%(number)s people from the host region, counted apart",
        host.coming,
    ) % {"number": host.coming}


_FOLDER = "registration/team/panels"
PANELS = (
    Panel("applications", f"{_FOLDER}/applications.html", 20, "forum.view_figures", applications, wide=True),
    Panel("geography", f"{_FOLDER}/geography.html", 60, "forum.view_figures", map_of_regions, wide=True),
)
