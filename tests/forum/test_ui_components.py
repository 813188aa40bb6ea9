"""Components draw what they promise, and no template of the design system breaks the content policy."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.paginator import Paginator
from django.template import Context, RequestContext, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils import translation
from django.utils.html import strip_tags

from forum.templatetags import art

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(
    path for app in ("forum", "registration", "agenda", "badges") for path in (ROOT / app).rglob("templates/**/*.html")
)
PAGES = [path for path in TEMPLATES if "/mail/" not in path.as_posix()]  # mail has no style sheet and no policy
FORBIDDEN = {
    "inline style": r"<[^>]+\sstyle=",
    "style element": r"<style\b",
    "event attribute": r"<[^>]+\son[a-z]+=",
    "inline script": r'<script(?![^>]*\bsrc=)(?![^>]*type="application/json")[^>]*>',
    "script address": r'href="javascript:',
    "evaluated htmx": r"hx-on|hx-vals=.?js:",
}
OPENING = datetime(2027, 5, 20, 3, 0, tzinfo=UTC)


def draw(source: str, **context: object) -> str:
    with translation.override("en"):
        return Template("{% load ui %}" + source).render(Context(context))


def words(html: str) -> str:
    return " ".join(strip_tags(html.replace("<", " <")).split())


# --- the content policy ------------------------------------------------------------------------------------------
@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_page_breaks_the_content_policy(what: str) -> None:
    guilty = [
        path.relative_to(ROOT).as_posix()
        for path in PAGES
        if re.search(FORBIDDEN[what], path.read_text(encoding="utf-8"), re.IGNORECASE)
    ]
    assert guilty == []


def test_drawings_carry_no_style_of_their_own() -> None:
    for path in (art.STATIC / "drawings").glob("*.svg"):
        assert not re.search(r"<style|style=|<script|href=", path.read_text(encoding="utf-8")), path.name


# --- icons and drawings ------------------------------------------------------------------------------------------
def test_every_icon_named_in_a_template_exists() -> None:
    named = {name for path in PAGES for name in re.findall(r'{% icon "([a-z-]+)"', path.read_text(encoding="utf-8"))}
    assert named - set(art.icons()) == set()


def test_unknown_drawing_is_an_error_and_not_a_hole() -> None:
    with pytest.raises(KeyError, match="no drawing 'volcano'"):
        draw('{% drawing "volcano" %}')


@pytest.mark.parametrize("path", sorted((art.STATIC / "drawings").glob("*.svg")), ids=lambda path: path.stem)
def test_drawing_is_decoration_for_screen_readers(path: Path) -> None:
    svg = draw("{% drawing name %}", name=path.stem)
    assert svg.startswith(f'<svg class="drawing drawing-{path.stem}" aria-hidden="true" focusable="false" ')
    assert "<title>" not in svg


def test_style_sheets_use_only_tokens_that_exist() -> None:
    css = "".join(path.read_text(encoding="utf-8") for path in (art.STATIC / "css").glob("*.css"))
    assert set(re.findall(r"var\(--([\w-]+)", css)) - set(re.findall(r"--([\w-]+):", css)) == {
        "drawing-tone",
        "drawing-paper",
        "drawing-snow",
    }, "the three have fallbacks and are set where a drawing stands on a colour"


def test_public_pages_stay_light() -> None:
    """At most 150 KB without fonts and without compression; a third of it is left for the page itself."""
    names = ("fonts", "tokens", "dark", "base", "layout", "components", "forms", "pictures", "public")
    sheets = [art.STATIC / "css" / f"{name}.css" for name in names]
    modules = [art.STATIC / "js" / f"{name}.js" for name in ("theme", "toasts", "dialogs", "menus")]
    skyline = [art.STATIC / "drawings" / "skyline.svg"]
    assert sum(path.stat().st_size for path in sheets + modules + skyline) < 100_000


# --- words with a shape ------------------------------------------------------------------------------------------
def test_chip_tells_its_state_by_word_and_shape() -> None:
    html = draw('{% chip "no" "Rejected" %}')
    assert '<span class="chip no"><svg class="icon icon-cross"' in html
    assert words(html) == "Rejected"


@pytest.mark.parametrize(("colour", "ink"), [("#2E7D32", "#ffffff"), ("#F9A825", "#000000"), ("#B71C1C", "#ffffff")])
def test_zone_letter_is_readable_on_its_colour(colour: str, ink: str) -> None:
    html = draw('{% zone_badge "A" colour "Business programme" %}', colour=colour)
    assert f'fill="{ink}">A</text>' in html
    assert 'aria-label="A, Business programme"' in html


def test_toast_says_its_level_in_a_word() -> None:
    class Message:
        level_tag = "error"

        def __str__(self) -> str:
            return "The mail server did not answer"

    html = draw('{% include "forum/components/messages.html" %}', messages=[Message()])
    assert "Not done: The mail server did not answer" in words(html)


@pytest.mark.parametrize(
    ("role", "shapes"),
    [("host", ["home-region"]), ("partner", ["partner-region"]), ("joint", ["home-region", "partner-region"])],
)
def test_host_of_a_session_has_a_shape(role: str, shapes: list[str]) -> None:
    html = draw('{% host_mark role "Kuzbass" %}', role=role)
    assert re.findall(r"icon-([a-z-]+)", html) == shapes


# --- lists -------------------------------------------------------------------------------------------------------
def pager(number: int, query: str = "") -> str:
    request = RequestFactory().get(f"/team/people/?{query}")
    page = Paginator(range(320), 25).page(number)
    with translation.override("en"):
        return Template("{% load ui %}{% pager page %}").render(RequestContext(request, {"page": page}))


def test_pager_keeps_the_filters() -> None:
    html = pager(4, "q=%D1%8F&state=submitted&page=4")
    assert 'href="?q=%D1%8F&amp;state=submitted&amp;page=5"' in html
    assert '<a href="?q=%D1%8F&amp;state=submitted&amp;page=4" aria-current="page">' in html
    assert "76–100 of 320" in words(html)


def test_pager_of_one_page_is_absent() -> None:
    html = draw("{% pager page %}", page=Paginator([1], 25).page(1), request=RequestFactory().get("/"))
    assert html.strip() == ""


def test_steps_tell_where_one_is() -> None:
    html = draw("{% steps labels 2 %}", labels=["Consent", "You", "Check"])
    assert "Step 2 of 3 You" in words(html)
    assert re.findall(r'<li class="(\w+)"', html) == ["done", "current", "todo"]
    assert html.count('aria-current="step"') == 1


# --- pictures ----------------------------------------------------------------------------------------------------
REGIONS = [
    {"code": "UZ", "name": "Uzbekistan", "tile_x": 0, "tile_y": 1, "count": 12},
    {"code": "RU-SPE", "name": "Saint Petersburg", "tile_x": 1, "tile_y": 0, "count": 3, "role": "partner"},
    {"code": "RU-KEM", "name": "Kemerovo Oblast – Kuzbass", "tile_x": 2, "tile_y": 1, "count": 64, "role": "host"},
]


def test_tile_map_has_its_numbers_as_a_table_with_the_host_apart() -> None:
    html = draw("{% tile_map regions %}", regions=REGIONS)
    rows = [words(row) for row in re.findall(r"<tr[^>]*>.*?</tr>", html, re.DOTALL)]
    assert rows == [
        "Region People",
        "Uzbekistan 12",
        "Saint Petersburg 3",
        "Kemerovo Oblast – Kuzbass (host region) 64",
    ]
    assert "<title>Uzbekistan: 12</title>" in html


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Республика Башкортостан", ["Башкортостан"]),
        ("Санкт-Петербург", ["Санкт-", "Петербург"]),
        ("Кемеровская область — Кузбасс", ["Кемеровская"]),
        ("Республика", ["Республика"]),
    ],
)
def test_tile_says_the_own_name_of_a_region(name: str, lines: list[str]) -> None:
    from forum.charts import RegionCount
    from forum.templatetags.maps import tile_label

    assert tile_label(RegionCount("RU-BA", name, 0, 0, 1))["lines"] == lines


def test_numbers_of_a_picture_keep_the_decimal_point_in_russian() -> None:
    with translation.override("ru"):
        html = Template("{% load ui %}{% fill_bar 1 3 %}{% bar_chart points 'x' %}").render(
            Context({"points": [("8", 1), ("9", 2), ("10", 1)]})
        )
    assert 'width="33.3%"' in html
    assert not re.search(r'="\d+,\d', html)


def test_fill_bar_says_how_many_places_are_left() -> None:
    assert words(draw("{% fill_bar 17 22 %}")) == "17 of 22 5 places left"
    assert words(draw("{% fill_bar 23 22 %}")) == "23 of 22 no places left"


def test_route_strip_takes_periods_and_counts_minutes() -> None:
    class Period:
        lower = OPENING
        upper = datetime(2027, 5, 20, 4, 15, tzinfo=UTC)

    html = draw(
        '{% route_strip legs "Asia/Novokuznetsk" %}',
        legs=[{"kind": "tour", "title": "Rolling shop", "period": Period()}],
    )
    assert words(html) == "10:00 Rolling shop 1 h 15 min 1 h 15 min in all"


def test_chart_says_its_total_and_keeps_zero_rows_out_of_the_table() -> None:
    html = draw("{% bar_chart points 'Arrivals' now='08:15' %}", points=[("08:00", 0), ("08:15", 5)])
    assert 'aria-label="Arrivals: 5 in all"' in html
    assert html.count('<th scope="row">') == 1
    assert html.count('class="bar now"') == 1


# --- frames ------------------------------------------------------------------------------------------------------
def test_frame_escapes_what_it_is_given_and_keeps_its_body() -> None:
    html = draw('{% page_header title %}<a class="button" href="/x">Go</a>{% endpage_header %}', title="<script>")
    assert "<h1>&lt;script&gt;</h1>" in html
    assert '<a class="button" href="/x">Go</a>' in html


def test_frame_without_a_body_has_no_empty_row() -> None:
    assert "actions" not in draw("{% page_header 'People' %}{% endpage_header %}")


def test_confirmation_works_without_scripts() -> None:
    html = draw(
        '{% confirm "Reject" title="Reject the application?" button="danger" %}<form method="post"></form>{% endconfirm %}'
    )
    assert re.search(r'<details class="confirm" data-menu>\s*<summary class="button danger">Reject</summary>', html)


def test_unknown_tone_is_an_error() -> None:
    with pytest.raises((KeyError, TemplateSyntaxError)):
        draw('{% alert "pink" %}x{% endalert %}')


def test_progress_asks_again_only_while_there_is_an_address() -> None:
    source = '{% include "forum/components/progress.html" with label="Badges" done=3 total=9 url=url %}'
    assert 'hx-get="/job/" hx-trigger="every 1s"' in draw(source, url="/job/")
    assert "hx-get" not in draw(source, url="")
