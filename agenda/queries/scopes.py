"""Plant visits as what a grant may be limited to."""

from agenda.models import VisitSlot
from forum.models import Forum
from forum.templatetags.times import day_text


def visit_scopes(forum: Forum) -> list[tuple[str, str]]:
    """(public id, day and title) of every run, by day."""
    slots = VisitSlot.objects.filter(programme__forum=forum).select_related("programme").order_by("day", "pk")
    return [(str(slot.public_id), f"{day_text(slot.day)}: {slot.programme.title}") for slot in slots]
