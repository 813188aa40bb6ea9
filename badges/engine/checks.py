"""What would go wrong on paper, found before a printer runs. Nothing is ever drawn as a box or cut off silently."""

import re
from collections.abc import Iterator

from badges.engine.drawing.front import NAME_ROOM, block_height, fitted_name
from badges.engine.facts import BadgeFacts, Problem
from badges.engine.token import SHORT_CODE_LENGTH, TOKEN_PATTERN
from forum.pdf import missing_glyphs, printable

_COLOUR = re.compile("#[0-9A-Fa-f]{6}")
_CODE = re.compile(f"[0-9A-Z]{{{SHORT_CODE_LENGTH}}}")


def problems_of(facts: BadgeFacts) -> tuple[Problem, ...]:
    """All reasons not to print this badge; empty when it may be printed."""
    return (*_glyphs(facts), *_shape(facts))


def _glyphs(facts: BadgeFacts) -> Iterator[Problem]:
    for field, text in _texts(facts):
        if missing := missing_glyphs(text):
            yield Problem(field=field, code="missing_glyphs", characters="".join(sorted(missing)))


def _shape(facts: BadgeFacts) -> Iterator[Problem]:
    if not printable(facts.surname):
        yield Problem(field="surname", code="empty")
    yield from _name(facts)
    if not TOKEN_PATTERN.fullmatch(facts.token):
        yield Problem(field="token", code="bad_token")
    if not _CODE.fullmatch(facts.short_code):
        yield Problem(field="short_code", code="bad_code")
    for field, colour in (("category", facts.category.colour), *(("zones", zone.colour) for zone in facts.zones)):
        if not _COLOUR.fullmatch(colour):
            yield Problem(field=f"{field}.colour", code="bad_colour")


def _name(facts: BadgeFacts) -> Iterator[Problem]:
    parts = fitted_name(facts)
    if wide := [part.field for part in parts if not part.fitted.fits]:
        yield from (Problem(field=field, code="does_not_fit") for field in wide)
    elif block_height(parts) > NAME_ROOM:
        yield Problem(field="name", code="does_not_fit")


def _texts(facts: BadgeFacts) -> Iterator[tuple[str, str]]:
    """Every text that is drawn, with the name of its fact."""
    for field in ("surname", "given", "patronymic", "name_latin", "organisation", "position", "region", "school_mark",
                  "forum_title", "forum_dates", "forum_place"):  # fmt: skip
        yield field, getattr(facts, field)
    yield "category.name", facts.category.name + facts.category.second_name + facts.category.letter
    yield "zones.name", "".join(zone.letter + zone.name for zone in facts.zones)
    yield "languages", "".join(facts.languages)
    words = facts.words
    yield "words", "".join((words.zones, words.languages, words.emergency_title, *words.emergency_lines,
                            words.programme_title, *words.programme_lines, words.rules))  # fmt: skip
