"""The Today page as parts that are drawn apart, so that only what changed is sent again."""

import logging
import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from django.http import HttpRequest
from django.template.loader import render_to_string

from forum.models import Forum
from forum.registry import Panel, panels

logger = logging.getLogger(__name__)
_TOKEN = re.compile(r'(name="csrfmiddlewaretoken" value=")[^"]*')


@dataclass(frozen=True)
class Part:
    """One panel as drawn now. `mark` changes when the picture does."""

    name: str
    html: str
    wide: bool
    mark: str

    @property
    def seen(self) -> str:
        """How the page tells what it shows."""
        return f"{self.name}:{self.mark}"


def board(request: HttpRequest, *, forum: Forum) -> list[Part]:
    """The panels this person may see, in order. An empty panel is kept: it may fill later."""
    mine = [panel for panel in panels if request.user.has_perm(panel.permission)]
    return [_part(panel, request, forum) for panel in sorted(mine, key=lambda panel: panel.order)]


def changed(parts: Iterable[Part], *, seen: Iterable[str]) -> list[Part]:
    """The parts that the page does not show yet."""
    known = set(seen)
    return [part for part in parts if part.seen not in known]


def etag(parts: Iterable[Part]) -> str:
    """One mark for the whole board."""
    return f'"{_digest("".join(part.seen for part in parts))}"'


def _part(panel: Panel, request: HttpRequest, forum: Forum) -> Part:
    try:
        context = {"forum": forum, **panel.context(request, forum)}
        html = render_to_string(panel.template, context, request).strip()
    except Exception:
        # On the day of the forum one broken panel must not take the other ones along.
        logger.exception("panel %s cannot be drawn", panel.name)
        html = render_to_string("forum/team/panels/broken.html", {}, request).strip()
    # The token of a form is new in every picture and means nothing.
    return Part(name=panel.name, html=html, wide=panel.wide, mark=_digest(_TOKEN.sub(r"\1", html)))


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:12]
