"""One badge: what is printed is what the facts say, and it can be read."""

import pytest
from reportlab.lib.colors import HexColor

from badges.engine.checks import problems_of
from badges.engine.drawing.front import NAME_ROOM, block_height, fitted_name
from badges.engine.drawing.palette import contrast, readable_on
from badges.engine.facts import BadgeError, CategoryFact, Problem, ZoneFact
from badges.engine.layout import render_badge
from tests.badges.badge_facts import SPEAKER, facts_of, make_facts, token_number
from tests.badges.paper import DOTS_PER_MM, codes_on, rendered, text_of
from tests.forum.people import PEOPLE, Somebody

LONG_POSITION = "менеджер по взаимодействию с органами государственной власти и социально-экономическому развитию " * 3
# Eighty characters without a place to break.
EIGHTY = "Донаудампфшиффартсэлектрицитэтенхауптбетрибсверкбауунтербеамтенгезельшафтнамунан"
# Organisations as long as real ones get.
LONG_ORGANISATIONS = [
    "Федеральное государственное бюджетное образовательное учреждение «Кузбасский технический университет имени Горбачёва»",
    "Акционерное общество «Объединённая угольная компания «Кузбассразрезуголь»",
    "Oʻzbekiston Respublikasi Turizm qoʻmitasi huzuridagi sanoat turizmini rivojlantirish markazi «Gʻuncha»",
    "Х" * 250,
]
COLOURS = ["#2E7D32", "#EF6C00", "#F9A825", "#B71C1C", "#455A64", "#00838F", "#6A1B9A", "#FFFFFF", "#000000", "#777777"]


@pytest.mark.parametrize("somebody", PEOPLE, ids=lambda one: one.surname)
def test_every_name_is_printed_whole(somebody: Somebody) -> None:
    text = text_of(render_badge(facts_of(somebody)))
    for name in (somebody.surname, somebody.given, somebody.patronymic, somebody.latin_surname, somebody.latin_given):
        assert name in text


@pytest.mark.parametrize("somebody", PEOPLE, ids=lambda one: one.surname)
def test_names_are_large_and_within_their_room(somebody: Somebody) -> None:
    parts = fitted_name(facts_of(somebody))
    assert parts[0].fitted.size >= 20
    assert block_height(parts) <= NAME_ROOM


@pytest.mark.parametrize("name", ["A & B", "<b>x", 'O\'Neil "Q"', "]]>", "O", "Ўқғҳ Ііў", EIGHTY])
def test_odd_names_print_literally(name: str) -> None:
    text = text_of(render_badge(make_facts(surname=name, given="", patronymic="", name_latin="")))
    assert name in text.replace("-", "") if len(name) > 20 else name in text


def test_badge_says_all_its_facts() -> None:
    text = text_of(render_badge(make_facts(school_mark="ШКОЛА · II")))
    for words in ("Демо-центр маршрутов Кузбасса", "руководитель программной дирекции", "Кемеровская область — Кузбасс",
                  "Спикер", "Speaker", "RU", "EN", "ШКОЛА · II", "Форум промышленного туризма", "20–21 мая 2027"):  # fmt: skip
        assert words in text


def test_badge_holds_no_token_in_its_text() -> None:
    facts = make_facts()
    assert facts.token not in text_of(render_badge(facts))


@pytest.mark.parametrize("number", range(12))
def test_code_reads_back_from_both_sides(number: int) -> None:
    facts = make_facts(token=token_number(number))
    for side in rendered(render_badge(facts, sides=2)):
        assert [code.text for code in codes_on(side)] == [facts.token]


@pytest.mark.parametrize("somebody", [PEOPLE[12], PEOPLE[44]], ids=lambda one: one.surname)
def test_code_is_large_and_its_quiet_zone_is_white(somebody: Somebody) -> None:
    facts = facts_of(somebody, organisation=LONG_ORGANISATIONS[0], position=LONG_POSITION[:250], region="Б" * 60)
    for side in rendered(render_badge(facts, sides=2), dpi=300):
        corners = codes_on(side)[0].position
        left, top, right, bottom = (
            corners.top_left.x,
            corners.top_left.y,
            corners.bottom_right.x,
            corners.bottom_right.y,
        )
        module = (right - left) / 25
        assert (right - left) / (2 * DOTS_PER_MM) >= 25
        quiet = round(4 * module) - 2
        zone = side.crop((left - quiet, top - quiet, right + quiet, bottom + quiet)).convert("L")
        zone.paste(255, (quiet - 2, quiet - 2, zone.width - quiet + 2, zone.height - quiet + 2))
        assert zone.getextrema() == (255, 255)


@pytest.mark.parametrize("organisation", LONG_ORGANISATIONS)
def test_long_texts_are_cut_and_stay_on_the_paper(organisation: str) -> None:
    facts = make_facts(organisation=organisation, position=LONG_POSITION[:250])
    text = text_of(render_badge(facts))
    assert text.count("…") >= 1
    front = next(rendered(render_badge(facts)))
    margin = front.crop((0, round(32 * DOTS_PER_MM), round(7 * DOTS_PER_MM), round(128 * DOTS_PER_MM)))
    other = front.crop(
        (front.width - round(7 * DOTS_PER_MM), round(32 * DOTS_PER_MM), front.width, round(128 * DOTS_PER_MM))
    )
    assert margin.getextrema() == other.getextrema() == ((255, 255),) * 3


@pytest.mark.parametrize("colour", COLOURS)
def test_letters_are_readable_on_any_colour(colour: str) -> None:
    background = HexColor(colour)
    assert contrast(readable_on(background), background) >= 4.4


def test_long_category_and_many_zones_and_languages() -> None:
    facts = make_facts(
        category=CategoryFact(name="Технический персонал, водители и сопровождающие", letter="ТП", colour="#777777"),
        zones=tuple(ZoneFact(letter=letter, colour="#2E7D32", name="Зона") for letter in "ABCDEFVX"),
        languages=("ru", "en", "uz", "be", "de", "fr"),
        school_mark="ШКОЛА",
    )
    text = text_of(render_badge(facts))
    assert "Технический персонал" in text
    assert "ШКОЛА" in text


def test_bare_facts_make_a_badge() -> None:
    facts = make_facts(
        given="", patronymic="", name_latin="", organisation="", position="", region="", zones=(), languages=()
    )
    assert "Примерова" in text_of(render_badge(facts))


@pytest.mark.parametrize(
    ("changes", "problems"),
    [
        ({"surname": "王小明"}, [Problem(field="surname", code="missing_glyphs", characters="小明王")]),
        ({"organisation": "上海"}, [Problem(field="organisation", code="missing_glyphs", characters="上海")]),
        ({"surname": " "}, [Problem(field="surname", code="empty")]),
        ({"surname": "Ж" * 150}, [Problem(field="surname", code="does_not_fit")]),
        ({"token": "x"}, [Problem(field="token", code="bad_token")]),
        ({"short_code": ""}, [Problem(field="short_code", code="bad_code")]),
        ({"zones": (ZoneFact(letter="A", colour="red"),)}, [Problem(field="zones.colour", code="bad_colour")]),
    ],
)
def test_badges_that_must_not_be_printed(changes: dict[str, object], problems: list[Problem]) -> None:
    facts = make_facts(**changes)
    assert list(problems_of(facts)) == problems
    with pytest.raises(BadgeError) as caught:
        render_badge(facts)
    assert list(caught.value.problems) == problems


def test_same_facts_give_the_same_file() -> None:
    assert render_badge(make_facts(), sides=2) == render_badge(make_facts(), sides=2)


def test_file_is_small_and_names_nobody_in_its_metadata() -> None:
    pdf = render_badge(make_facts())
    assert len(pdf) < 80_000
    assert b"Helvetica" not in pdf
    assert "Примерова".encode("utf-16-be") not in pdf
    assert make_facts().category == SPEAKER
