"""Frames with a body between two tags. `content` is the body as the page rendered it."""

from django.template.loader import render_to_string

COMPONENTS = "forum/components/"
TONES = {"ok": "check", "wait": "clock", "ask": "question", "no": "cross", "off": "minus", "new": "dot"}
"""Tones of chips and alerts, each with its shape: a state is never told by colour alone."""


def page_header(content: str, title: str, lead: str = "", above: str = "", back: str = "", back_label: str = "") -> str:
    """The head of a page; its body holds the actions. `above` is a short line over the title, `back` an address."""
    return render_to_string(
        COMPONENTS + "page_header.html",
        {"title": title, "lead": lead, "above": above, "back": back, "back_label": back_label, "body": content},
    )


def panel(content: str, title: str = "", hint: str = "", anchor: str = "", level: int = 2) -> str:
    """A framed part of a page."""
    return render_to_string(
        COMPONENTS + "panel.html", {"title": title, "hint": hint, "anchor": anchor, "level": level, "body": content}
    )


def empty(content: str, title: str, text: str = "", drawing: str = "") -> str:
    """What stands where nothing is yet: what to do about it; the body holds the action."""
    return render_to_string(
        COMPONENTS + "empty.html", {"title": title, "text": text, "drawing": drawing, "body": content}
    )


def alert(content: str, tone: str = "new", title: str = "") -> str:
    """A standing notice inside a page; tones as of `chip`."""
    return render_to_string(
        COMPONENTS + "alert.html", {"tone": tone, "title": title, "shape": TONES[tone], "body": content}
    )


def confirm(content: str, label: str, title: str, button: str = "quiet", icon: str = "") -> str:
    """A button that asks before it acts: the body holds the explanation and the form. Works without JavaScript."""
    return render_to_string(
        COMPONENTS + "confirm.html", {"label": label, "title": title, "button": button, "icon": icon, "body": content}
    )


def dialog(content: str, anchor: str, title: str) -> str:
    """A dialog with the id `anchor`, opened by a button with `data-opens` of the same name."""
    return render_to_string(COMPONENTS + "dialog.html", {"anchor": anchor, "title": title, "body": content})
