"""Facts of the demo edition. Days are those of the model year; the seed shifts them.

`regions.csv` holds our own names of regions, `organisations.csv` those of the source article and invented ones (“demo”).
"""

import csv
from datetime import date
from pathlib import Path
from typing import Any

FIRST_DAY = date(2027, 5, 20)
"""A Thursday; whole weeks are added to it."""

EDITION: dict[str, Any] = {
    "slug": "kuzbass-industrial-tourism",
    "is_current": True,
    "title_ru": "Международный туристический форум по промышленному туризму",
    "title_en": "International Tourism Forum on Industrial Tourism",
    "title_uz": "Sanoat turizmi boʻyicha xalqaro turizm forumi",
    "title_be": "Міжнародны турыстычны форум па прамысловым турызме",
    "short_title_ru": "Форум промтуризма",
    "short_title_en": "Industrial Tourism Forum",
    "short_title_uz": "Sanoat turizmi forumi",
    "short_title_be": "Форум прамтурызму",
    "city_ru": "Кемерово",
    "city_en": "Kemerovo",
    "city_uz": "Kemerovo",
    "city_be": "Кемерава",
    "timezone": "Asia/Novokuznetsk",
    "languages": ["ru", "en", "uz", "be"],
    "applications_open": True,
    "programme_public": True,
    "contact_email": "forum@example.org",
    "contact_phone": "+7 3842 00-00-00",
    "industrial_tourists": 15000,
}

CALENDAR = [(date(2027, 5, 3), False), (date(2027, 5, 10), False)]
"""Days that differ from the five-day week: (day, is it a working day)."""


def rows_of(name: str) -> list[dict[str, str]]:
    """The rows of one of the tables beside this file."""
    with (Path(__file__).parent / f"{name}.csv").open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))
