"""The edition as the public sees it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import ngettext

from forum.enums import ForumRole
from forum.models import Forum, Organisation
from forum.registry import Counter

PROTOCOL = [ForumRole.ORGANISER, ForumRole.SUPPORTER, ForumRole.INITIATOR, ForumRole.PARTNER, ForumRole.HOST]
"""The order in which roles are named: protocol, not alphabet."""


@dataclass(frozen=True)
class RoleGroup:
    """Organisations that are the same thing to the forum, in their own order."""

    role: ForumRole
    organisations: Sequence[Organisation]


def organisations_in_protocol_order(forum: Forum) -> list[RoleGroup]:
    """Role by role, position by position, in one query. Roles nobody has are left out."""
    rows = list(forum.roles.select_related("organisation").order_by("position"))
    groups = [RoleGroup(role, [row.organisation for row in rows if row.role == role]) for role in PROTOCOL]
    return [group for group in groups if group.organisations]


def expected_countries(forum: Forum) -> int:
    """Delegations of whole countries that are expected; the host is no guest."""
    return sum(1 for region in forum.guest_regions.all() if region.is_country)


def expected_regions(forum: Forum) -> int:
    """Regions of Russia that are expected, the host region apart."""
    return sum(1 for region in forum.guest_regions.all() if not region.is_country and region.pk != forum.host_region_id)


def countries_word(number: int) -> str:
    """The word beside the number."""
    return ngettext("country", "countries", number)


def regions_word(number: int) -> str:
    """The word beside the number."""
    return ngettext("region of Russia", "regions of Russia", number)


COUNTERS = [
    Counter("countries", 10, expected_countries, countries_word),
    Counter("regions", 20, expected_regions, regions_word),
]
"""Sessions and plants are counted by the room that knows them."""
