"""How pages show a person's name in several spellings."""

from django.utils.translation import get_language

from forum.names import PersonName, full_in, full_latin, full_russian


def heading(name: PersonName) -> str:
    """The Russian line where there is one, else the Latin, else the native one; empty for a draft without a name."""
    return full_russian(name) or full_latin(name) or name.native


def own_heading(name: PersonName) -> str:
    """On one's own pages: in the script of the page, so that a guest reads their name as in their passport."""
    return full_in(name, language=get_language() or "ru")


def second_line(name: PersonName) -> str:
    """The Latin line under a Russian heading."""
    return full_latin(name) if full_russian(name) else ""
