"""Inventing a delegate: which names, which work, which languages. Pure functions of a random generator."""

from random import Random
from typing import Any

from forum.names import icao9303
from registration.demo_data import names
from registration.demo_data.work import SHORT_POSITIONS, WORK

Answers = dict[str, Any]
TATAR_REGIONS = ("RU-TA", "RU-BA")
LANGUAGES = {"RU": ["ru"], "BY": ["be", "ru"], "UZ": ["uz", "ru"]}


def invent_names(rng: Random, *, citizenship: str, delegation: str) -> Answers:
    """All spellings of one invented person of that country."""
    makers = {"BY": _belarusian, "UZ": _uzbek}
    woman = rng.random() < 0.55
    if citizenship == "RU" and delegation in TATAR_REGIONS and rng.random() < 0.5:
        return _russian_line(*rng.choice(names.TATAR_NAMES))
    return makers.get(citizenship, _russian)(rng, woman)


def invent_work(rng: Random, *, citizenship: str, region: str) -> Answers:
    """Organisation and position; a very long position gets its badge version."""
    organisation, position = rng.choice(WORK[citizenship])
    return {
        "organisation": organisation.format(region=region),
        "position": position,
        "position_short": SHORT_POSITIONS.get(position, ""),
    }


def invent_languages(rng: Random, *, citizenship: str) -> list[str]:
    """Languages of the country, and English for two in five."""
    return LANGUAGES[citizenship] + (["en"] if rng.random() < 0.4 else [])


def _russian(rng: Random, woman: bool) -> Answers:
    surname = rng.choice(names.RUSSIAN_SURNAMES) + ("а" if woman else "")
    given = rng.choice(names.RUSSIAN_WOMEN if woman else names.RUSSIAN_MEN)
    return _russian_line(surname, given, rng.choice(names.RUSSIAN_PATRONYMICS)[woman])


def _russian_line(surname: str, given: str, patronymic: str) -> Answers:
    return {
        "surname": surname,
        "given_name": given,
        "patronymic": patronymic,
        "latin_surname": icao9303(surname),
        "latin_given_name": icao9303(given),
    }


def _belarusian(rng: Random, woman: bool) -> Answers:
    russian, native, latin = rng.choice(names.BELARUSIAN_SURNAMES)[woman]
    given = rng.choice(names.BELARUSIAN_WOMEN if woman else names.BELARUSIAN_MEN)
    patronymic = rng.choice(names.BELARUSIAN_PATRONYMICS)[woman]
    return {
        "surname": russian,
        "given_name": given[0],
        "patronymic": patronymic[0],
        "latin_surname": latin,
        "latin_given_name": given[2],
        "native_name": f"{native} {given[1]} {patronymic[1]}",
    }


def _uzbek(rng: Random, woman: bool) -> Answers:
    russian, native, latin = rng.choice(names.UZBEK_SURNAMES)
    given = rng.choice(names.UZBEK_WOMEN if woman else names.UZBEK_MEN)
    father = rng.choice(names.UZBEK_FATHERS)
    child = ("кизи", "qizi") if woman else ("угли", "oʻgʻli")
    return {
        "surname": russian + ("а" if woman else ""),
        "given_name": given[0],
        "patronymic": f"{father[0]} {child[0]}" if father[0] else "",
        "latin_surname": latin + ("A" if woman else ""),
        "latin_given_name": given[2],
        "native_name": " ".join(
            filter(None, [native + ("a" if woman else ""), given[1], father[1] and f"{father[1]} {child[1]}"])
        ),
    }
