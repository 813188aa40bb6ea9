"""What waits for an editor of the programme, as lines of “My tasks”, and the room itself."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from agenda.enums import FilmingState, ProposalState
from agenda.queries.filming import wishes_answerable_by, wishes_visible_to
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


def wishes_to_put(user: User, forum: Forum) -> int:
    """Wishes to film that no plant has seen yet."""
    return wishes_visible_to(user, forum=forum).filter(state=FilmingState.ASKED).count()


def wishes_to_put_word(number: int) -> str:
    """How many of them."""
    text = ngettext(
        "%(number)s wish to film is to be put to a plant", "%(number)s wishes to film are to be put to plants", number
    )
    return text % {"number": number}


def wishes_to_answer(user: User, forum: Forum) -> int:
    """Wishes to film that a plant has not answered: a contact's own plants, all for the coordinator."""
    return wishes_answerable_by(user, forum=forum).filter(state=FilmingState.PUT).count()


def wishes_to_answer_word(number: int) -> str:
    """How many of them."""
    text = ngettext(
        "%(number)s wish to film waits for the plant", "%(number)s wishes to film wait for the plant", number
    )
    return text % {"number": number}


def wishes_to_tell(user: User, forum: Forum) -> int:
    """Withdrawn wishes that the plant still reckons with."""
    return wishes_visible_to(user, forum=forum).filter(tell_plant=True).count()


def wishes_to_tell_word(number: int) -> str:
    """How many of them."""
    text = ngettext(
        "Tell a plant: %(number)s wish to film is withdrawn",
        "Tell the plants: %(number)s wishes to film are withdrawn",
        number,
    )
    return text % {"number": number}


def _board() -> str:
    return reverse("filming:board")


MANAGE, ANSWER = "agenda.manage_filming", "agenda.answer_filming"
FILMING = (
    Task("filming_put", 45, MANAGE, wishes_to_put, wishes_to_put_word, _board, "camera"),
    Task("filming_answer", 46, ANSWER, wishes_to_answer, wishes_to_answer_word, _board, "camera"),
    Task("filming_told", 47, MANAGE, wishes_to_tell, wishes_to_tell_word, _board, "camera"),
)
TASKS = (
    *FILMING,
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
