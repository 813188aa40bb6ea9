"""What waits for the officers, as lines of “My tasks”."""

from django.urls import reverse
from django.utils.translation import ngettext

from forum.registry import Task
from registration.enums import RegistrationState
from registration.queries.changes import waiting_changes
from registration.queries.disclosures import to_tell
from registration.queries.visas import waiting_for_officers
from registration.queries.waiting import running_out, waiting_count


def decisions_word(number: int) -> str:
    """How many applications wait."""
    text = ngettext(
        "%(number)s application waits for a decision", "%(number)s applications wait for a decision", number
    )
    return text % {"number": number}


def running_out_word(number: int) -> str:
    """How many places are about to go back."""
    text = ngettext(
        "%(number)s person has less than three days to confirm",
        "%(number)s people have less than three days to confirm",
        number,
    )
    return text % {"number": number}


def visas_word(number: int) -> str:
    """How many visa cases need an officer."""
    text = ngettext("%(number)s visa case waits for you", "%(number)s visa cases wait for you", number)
    return text % {"number": number}


def changes_word(number: int) -> str:
    """How many requests wait."""
    text = ngettext("%(number)s request for a change waits", "%(number)s requests for a change wait", number)
    return text % {"number": number}


def receivers_word(number: int) -> str:
    """How many of them."""
    text = ngettext(
        "Tell a receiver: the consent of %(number)s person is withdrawn",
        "Tell the receivers: the consents of %(number)s people are withdrawn",
        number,
    )
    return text % {"number": number}


TASKS = (
    Task(
        "receivers",
        12,
        "registration.tell_receivers",
        lambda user, forum: to_tell(user, forum=forum).count(),
        receivers_word,
        lambda: reverse("privacy:tell"),
        "privacy",
    ),
    Task(
        "decisions",
        10,
        "registration.decide",
        lambda user, forum: waiting_count(forum),
        decisions_word,
        lambda: reverse("people:list"),
        "people",
    ),
    Task(
        "running_out",
        20,
        "registration.decide",
        lambda user, forum: running_out(forum),
        running_out_word,
        lambda: f"{reverse('people:list')}?state={RegistrationState.APPROVED}",
        "clock",
    ),
    Task(
        "visas",
        30,
        "registration.manage_visas",
        lambda user, forum: waiting_for_officers(forum),
        visas_word,
        lambda: reverse("people:visas"),
        "globe",
    ),
    Task(
        "changes",
        15,
        "registration.correct",
        lambda user, forum: waiting_changes(forum),
        changes_word,
        lambda: reverse("people:changes"),
        "edit",
    ),
)
