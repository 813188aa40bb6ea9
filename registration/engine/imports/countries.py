"""Countries and languages as people write them: codes, names in four languages, the usual short forms."""

from functools import cache, lru_cache

from babel import Locale

from forum.names import fold
from registration.countries import LANGUAGES, country_names
from registration.enums import SpokenLanguage

_ALSO = {
    "RU": ("RUS", "РФ", "Российская Федерация", "Russian Federation", "Расійская Федэрацыя", "Rossiya Federatsiyasi"),
    "BY": ("BLR", "РБ", "Республика Беларусь", "Белоруссия", "Republic of Belarus", "Рэспубліка Беларусь"),
    "UZ": ("UZB", "РУз", "Республика Узбекистан", "Republic of Uzbekistan", "Ўзбекистон", "Oʻzbekiston Respublikasi"),
    "KZ": ("KAZ", "РК", "Республика Казахстан", "Republic of Kazakhstan", "Қазақстан"),
    "KG": ("KGZ", "Кыргызстан", "Киргизия", "Кыргызская Республика"),
    "TJ": ("TJK", "Республика Таджикистан"),
    "AM": ("ARM",), "AZ": ("AZE",), "GE": ("GEO",), "TM": ("TKM", "Туркмения"), "MD": ("MDA", "Молдавия"),
    "CN": ("CHN", "КНР", "China"), "DE": ("DEU", "ФРГ"), "US": ("USA", "США"), "GB": ("GBR", "UK", "Великобритания"),
    "TR": ("TUR", "Turkey", "Турция"),
    "MN": ("MNG",), "IN": ("IND",), "FR": ("FRA",), "IT": ("ITA",), "RS": ("SRB",), "VN": ("VNM",),
}  # fmt: skip


@cache
def _countries() -> dict[str, str]:
    named = {fold(name): code for language in LANGUAGES for code, name in country_names(language).items()}
    also = {fold(name): code for code, names in _ALSO.items() for name in names}
    return named | also | {fold(code): code for code in country_names("en")}


@lru_cache(maxsize=1024)
def country_code(text: str) -> str:
    """ISO 3166-1 code of a country by code or name; empty when there is no such country."""
    return _countries().get(fold(text), "")


@cache
def _languages() -> dict[str, str]:
    found = {fold(code): code for code in SpokenLanguage.values}
    for language in LANGUAGES:
        names = Locale(language).languages
        found |= {fold(names[code]): code for code in SpokenLanguage.values if code in names}
    return found | {fold(name): code for code, names in _SPOKEN.items() for name in names}


_SPOKEN = {
    "ru": ("рус", "rus", "рускі", "ruscha"),
    "en": ("англ", "eng", "inglizcha"),
    "uz": ("узб", "uzb", "узбекча", "oʻzbekcha", "ўзбек"),
    "be": ("бел", "беларуская мова"),
    "de": ("нем", "ger"),
    "zh": ("кит", "chi", "китайский язык"),
    "kk": ("каз", "kaz"),
    "tt": ("тат",),
}


_LANGUAGE_WORDS = frozenset(map(fold, ("язык", "language", "tili", "тили", "мова")))


@lru_cache(maxsize=1024)
def language_code(text: str) -> str:
    """Code of a language somebody speaks by code or name; empty when it is none of ours."""
    folded = fold(text)
    words = [word for word in folded.split() if word not in _LANGUAGE_WORDS]
    return _languages().get(folded) or _languages().get(" ".join(words), "")
