"""Colours of the tokens keep WCAG 2.2 AA in both themes: 4.5 for text, 3 for borders of controls and focus."""

import re

import pytest

from forum.templatetags.art import STATIC
from forum.templatetags.maps import luminance

TEXT = 4.5
SHAPE = 3.0
ON_PAPER = ("ink", "ink-2", "ink-3", "steel", "steel-strong", "ok", "wait", "ask", "no", "off")
PAIRS = [
    *((ink, paper, TEXT) for ink in ON_PAPER for paper in ("paper", "snow")),
    *((tone, f"{tone}-tint", TEXT) for tone in ("ok", "wait", "ask", "no", "off")),
    *(("ink", f"{tone}-tint", TEXT) for tone in ("ok", "wait", "ask", "no", "off", "steel")),
    ("steel-strong", "steel-tint", TEXT),
    ("steel", "steel-tint", TEXT),
    ("ink-2", "paper-2", TEXT),
    ("on-steel", "steel", TEXT),
    ("on-steel", "steel-strong", TEXT),
    ("on-furnace", "furnace", TEXT),
    ("on-furnace", "furnace-strong", TEXT),
    ("on-graphite", "graphite", TEXT),
    ("on-graphite", "graphite-2", TEXT),
    ("on-graphite-2", "graphite", TEXT),
    ("ink", "level-0", TEXT),
    ("ink", "level-1", TEXT),
    ("ink", "level-2", TEXT),
    ("level-ink", "level-3", TEXT),
    ("level-ink", "level-4", TEXT),
    ("line-strong", "paper", SHAPE),
    ("line-strong", "snow", SHAPE),
    ("focus", "paper", SHAPE),
    ("focus", "snow", SHAPE),
    ("steel", "paper-2", SHAPE),
]


def tokens(*files: str) -> dict[str, str]:
    """Custom properties with a plain colour; later files win, as in the page."""
    css = "".join((STATIC / "css" / name).read_text(encoding="utf-8") for name in files)
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", css))


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("files", [("tokens.css",), ("tokens.css", "dark.css")], ids=["light", "dark"])
def test_pairs_of_colours_are_readable(files: tuple[str, ...]) -> None:
    colours = tokens(*files)
    pale = [
        f"{front} on {back}: {contrast(colours[front], colours[back]):.2f} < {least}"
        for front, back, least in PAIRS
        if contrast(colours[front], colours[back]) < least
    ]
    assert pale == []


def test_furnace_is_never_the_colour_of_an_error() -> None:
    # The living page shows the colour itself.
    sheets = [path for path in (STATIC / "css").glob("*.css") if path.name != "design.css"]
    css = "".join(path.read_text(encoding="utf-8") for path in sheets)
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", css)
    users = {selector.strip() for selector, body in rules if "var(--furnace" in body}
    assert users == {".button.main", ".button.main:hover"}
