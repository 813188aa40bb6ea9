"""What waits for the person who asks: gathered from the rooms, worded, with the way to each list."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from forum.models import Forum
from forum.queries.access import User
from forum.registry import tasks


@dataclass(frozen=True)
class Waiting:
    """One line of “My tasks”."""

    label: str
    count: int
    url: str
    icon: str


def waiting_for(user: User, *, forum: Forum) -> list[Waiting]:
    """Only what there is, in order. One query or two for each kind of task, whatever the number."""
    mine = sorted((task for task in tasks if user.has_perm(task.permission)), key=lambda task: task.order)
    counted = [(task, task.count(user, forum)) for task in mine]
    return [Waiting(task.label(number), number, task.address(), task.icon) for task, number in counted if number]


def panel_context(request: HttpRequest, forum: Forum) -> dict[str, Any]:
    """For the panel of the Today page."""
    return {"waiting": waiting_for(request.user, forum=forum)}
