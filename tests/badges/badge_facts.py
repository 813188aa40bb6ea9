"""Facts for badges: one usual person, changed where a test needs it."""

from typing import Any

from badges.engine.facts import BadgeFacts, BadgeWords, CategoryFact, ZoneFact
from badges.engine.token import encode_token
from tests.forum.people import Somebody

SPEAKER = CategoryFact(name="Спикер", letter="С", colour="#B3261E", second_name="Speaker")
ZONES = (
    ZoneFact(letter="A", colour="#2E7D32", name="Деловая программа"),
    ZoneFact(letter="C", colour="#F9A825", name="Пресс-центр"),
    ZoneFact(letter="F", colour="#00838F", name="Питание и приём"),
)
WORDS = BadgeWords(
    zones="Зоны доступа",
    languages="Говорю",
    emergency_title="Если что-то случилось",
    emergency_lines=("112 — экстренные службы", "+7 384 200-00-00 — штаб"),
    programme_title="Программа дня",
    programme_lines=("forum.example.org",),
    rules="Бейдж именной, передавать его нельзя.",
)


def token_number(number: int) -> str:
    """A valid token that a test can foresee."""
    return encode_token((number * 0x9E3779B97F4A7C15F39CC0605CEDC835 % 2**128).to_bytes(16, "big"))


def make_facts(**changes: Any) -> BadgeFacts:
    """A speaker from the host region, unless changed."""
    usual = {
        "surname": "Примерова",
        "given": "Анна",
        "patronymic": "Ильинична",
        "name_latin": "PRIMEROVA ANNA",
        "organisation": "Демо-центр маршрутов Кузбасса",
        "position": "руководитель программной дирекции",
        "region": "Кемеровская область — Кузбасс",
        "category": SPEAKER,
        "zones": ZONES,
        "languages": ("ru", "en"),
        "token": token_number(1),
        "short_code": "7K4M29QX",
        "forum_title": "Форум промышленного туризма",
        "forum_dates": "20–21 мая 2027",
        "forum_place": "Кемерово",
        "words": WORDS,
    }
    return BadgeFacts(**{**usual, **changes})


def facts_of(somebody: Somebody, **changes: Any) -> BadgeFacts:
    """The badge of one of the hard-named people."""
    return make_facts(
        surname=somebody.surname,
        given=somebody.given,
        patronymic=somebody.patronymic,
        name_latin=f"{somebody.latin_surname} {somebody.latin_given}".strip(),
        **changes,
    )
