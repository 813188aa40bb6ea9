"""Unsurprising rows of the ground."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.timezone import now

from forum.actions.accounts import account_of, grant_role
from forum.enums import Role
from forum.models import Account, Forum, Region

ZONE = "Asia/Novokuznetsk"
REGIONS = [
    ("RU-KEM", "RU", "Кузбасс", "Kuzbass", ZONE),
    ("UZ", "UZ", "Узбекистан", "Uzbekistan", "Asia/Tashkent"),
    ("BY", "BY", "Беларусь", "Belarus", "Europe/Minsk"),
    ("RU-SPE", "RU", "Санкт-Петербург", "Saint Petersburg", "Europe/Moscow"),
    ("RU-TOM", "RU", "Томская область", "Tomsk Oblast", "Asia/Tomsk"),
]
_numbers = count(1)


def make_regions() -> dict[str, Region]:
    """The host, two countries, the partner and one more region."""
    found = {region.code: region for region in Region.objects.filter(code__in=[row[0] for row in REGIONS])}
    missing = [
        Region(code=code, country=country, name_ru=ru, name_en=en, timezone=zone, tile_x=x, tile_y=0)
        for x, (code, country, ru, en, zone) in enumerate(REGIONS)
        if code not in found
    ]
    made = Region.objects.bulk_create(missing) if missing else []
    return found | {region.code: region for region in made}


def make_forum(**changes: Any) -> Forum:
    """An edition whose first day is five weeks ahead."""
    regions = make_regions()
    first_day = (now() + timedelta(weeks=5)).date()
    values = {
        "slug": f"forum-{next(_numbers)}",
        "is_current": True,
        "title_ru": "Форум по промышленному туризму",
        "title_en": "Industrial Tourism Forum",
        "short_title_ru": "Форум промтуризма",
        "short_title_en": "Industrial Tourism Forum",
        "city_ru": "Кемерово",
        "city_en": "Kemerovo",
        "starts_on": first_day,
        "ends_on": first_day + timedelta(days=1),
        "timezone": ZONE,
        "host_region": regions["RU-KEM"],
        "languages": ["ru", "en", "uz", "be"],
        "applications_open": True,
        "programme_public": True,
        "confirm_by": datetime.combine(first_day - timedelta(days=14), datetime.min.time(), ZoneInfo(ZONE)),
        "badge_desk_opens_at": datetime.combine(first_day - timedelta(days=1), datetime.min.time(), ZoneInfo(ZONE)),
        "contact_email": "help@example.org",
        "contact_phone": "+7 000 000-00-00",
    }
    forum = Forum.objects.create(**values | changes)
    forum.partner_regions.set([regions["RU-SPE"]])
    forum.guest_regions.set([r for code, r in regions.items() if code != "RU-KEM"])
    return forum


def make_account(email: str = "") -> Account:
    """Somebody who signs in."""
    return account_of(email or f"person-{next(_numbers)}@example.org")


def make_staff(forum: Forum, role: Role, *, scope_id: str = "", email: str = "") -> Account:
    """An account with a live grant."""
    membership = grant_role(
        email=email or f"{role}-{next(_numbers)}@example.org",
        forum=forum,
        role=role,
        valid_until=now() + timedelta(days=90),
        scope_id=scope_id,
        by=None,
    )
    return membership.account
