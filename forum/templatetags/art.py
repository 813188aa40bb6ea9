"""Our own SVG: line drawings and icons, put into the page so that they take the colours around them."""

import re
from functools import cache
from pathlib import Path

from django.utils.safestring import SafeString, mark_safe

STATIC = Path(__file__).resolve().parent.parent / "static" / "forum"
_SYMBOL = re.compile(r'<symbol id="([a-z-]+)">(.*?)</symbol>', re.DOTALL)
_TITLE = re.compile(r"<(title|desc)>.*?</\1>", re.DOTALL)


@cache
def icons() -> dict[str, str]:
    """Icon shapes by name, from icons.svg; each is drawn on a 24 × 24 grid."""
    return dict(_SYMBOL.findall((STATIC / "icons.svg").read_text(encoding="utf-8")))


@cache
def drawing_svg(name: str) -> SafeString:
    """A drawing's markup for the page. Decoration, hence hidden from screen readers; KeyError when there is none."""
    path = STATIC / "drawings" / f"{name}.svg"
    if not path.is_file():
        raise KeyError(f"no drawing {name!r} in {path.parent}")
    svg = _TITLE.sub("", path.read_text(encoding="utf-8")).strip()
    hidden = f'<svg class="drawing drawing-{name}" aria-hidden="true" focusable="false" '
    return mark_safe(svg.replace("<svg ", hidden, 1))  # noqa: S308 -- our own file


@cache
def icon_svg(name: str) -> SafeString:
    """An icon's markup, hidden from screen readers: the word beside it speaks. KeyError when there is none."""
    size = 'viewBox="0 0 24 24" width="24" height="24"'  # the size counts only where no style sheet came
    shape = icons()[name]
    svg = f'<svg class="icon icon-{name}" {size} aria-hidden="true" focusable="false">{shape}</svg>'
    return mark_safe(svg)  # noqa: S308 -- our own file
