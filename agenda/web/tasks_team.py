"""What waits for an editor of the programme, as lines of “My tasks”, and the room itself."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from agenda.enums import ProposalState
from agenda.queries.visibility import proposals_answerable_by
from forum.models import Forum
from forum.queries.access import User
from forum.registry import NavItem, Task


def answers_waiting(user: User, forum: Forum | None = None) -> int:
    """How many proposals wait for the side of `user`."""
    return proposals_answerable_by(user).filter(state=ProposalState.OPEN).count()


def answers_word(number: int) -> str:
    """How many of them."""
    text = ngettext("%(number)s proposal waits for your answer", "%(number)s proposals wait for your answer", number)
    return text % {"number": number}


TASKS = (
    Task(
        "proposals",
        30,
        "agenda.propose",
        answers_waiting,
        answers_word,
        lambda: reverse("programme:proposals"),
        "programme",
    ),
)
ROOM = NavItem(
    "programme", "programme:room", _("Programme"), "programme", 200, "agenda.view_programme", waits=answers_waiting
)
