"""What waits in the rooms of the ground: letters and long works."""

from django.urls import reverse
from django.utils.translation import ngettext

from forum.enums import MessageState
from forum.models import Forum
from forum.queries.access import User
from forum.queries.jobs import broken_jobs
from forum.queries.messages import mail_health, messages_visible_to
from forum.registry import Task


def _letters(user: User, forum: Forum) -> int:
    return mail_health(messages_visible_to(user)).failed


def _unknown(user: User, forum: Forum) -> int:
    return mail_health(messages_visible_to(user)).unknown


def _jobs(user: User, forum: Forum) -> int:
    return broken_jobs(user).count()


def failed_word(number: int) -> str:
    """How many letters were refused."""
    return ngettext("%(number)s letter was refused", "%(number)s letters were refused", number) % {"number": number}


def unknown_word(number: int) -> str:
    """How many letters nobody knows about."""
    text = ngettext(
        "%(number)s letter may or may not have arrived", "%(number)s letters may or may not have arrived", number
    )
    return text % {"number": number}


def jobs_word(number: int) -> str:
    """How many of one's long works broke."""
    text = ngettext("%(number)s long operation broke off", "%(number)s long operations broke off", number)
    return text % {"number": number}


def _outbox(state: MessageState) -> str:
    return f"{reverse('team:messages')}?state={state}"


TASKS = (
    Task("letters_failed", 700, "forum.send_again", _letters, failed_word, lambda: _outbox(MessageState.FAILED), "messages"),
    Task(
        "letters_unknown", 710, "forum.send_again", _unknown, unknown_word, lambda: _outbox(MessageState.UNKNOWN), "question"
    ),
    Task("jobs_failed", 750, "forum.enter_team", _jobs, jobs_word, lambda: reverse("team:jobs"), "job"),
)  # fmt: skip
