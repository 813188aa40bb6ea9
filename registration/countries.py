"""Countries of documents: ISO 3166-1 codes with their CLDR names in the reader's language."""

from collections.abc import Mapping
from functools import cache

from babel import Locale
from django.utils.translation import get_language, pgettext

from forum.names import sort_key

FIRST = ("RU", "BY", "UZ")
"""Where nearly everybody comes from; offered before all the others."""
# Regions of CLDR that are no countries of ISO 3166-1: unions, islands of others, codes for tests.
_NOT_COUNTRIES = frozenset(("AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"))
LANGUAGES = ("ru", "en", "uz", "be")


@cache
def country_names(language: str) -> dict[str, str]:
    """Code -> name in `language` (English for a language we do not speak), in the order of that language."""
    territories: Mapping[str, str] = Locale(language if language in LANGUAGES else "en").territories
    codes = [code for code in territories if len(code) == 2 and code not in _NOT_COUNTRIES]
    # CLDR writes the Uzbek oʻ with a quotation mark.
    named = {code: territories[code].replace("‘", "ʻ") for code in codes}
    return dict(sorted(named.items(), key=lambda item: sort_key(item[1])))


def country_name(code: str) -> str:
    """The name in the reader's language; the code itself where there is no such country, nothing for nothing."""
    return country_names(get_language() or "ru").get(code, code)


def country_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Grouped choices of a select: the three usual ones first, then all the others by name."""
    names = country_names(get_language() or "ru")
    usual = [(code, names[code]) for code in FIRST]
    others = [(code, name) for code, name in names.items() if code not in FIRST]
    return [(pgettext("countries", "Most often"), usual), (pgettext("countries", "All others"), others)]
