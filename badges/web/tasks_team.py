"""What waits for the print desk and the check-in, as lines of “My tasks”."""

from django.urls import reverse
from django.utils.translation import ngettext

from badges.queries.devices import silent_devices
from badges.queries.printing import waiting_for_print
from forum.registry import Task


def print_word(number: int) -> str:
    """How many badges are new or stale."""
    return ngettext("%(number)s badge to print", "%(number)s badges to print", number) % {"number": number}


def silent_word(number: int) -> str:
    """How many phones are not heard of."""
    text = ngettext(
        "%(number)s phone at the entrance is silent", "%(number)s phones at the entrance are silent", number
    )
    return text % {"number": number}


TASKS = (
    Task(
        "silent_devices",
        5,
        "badges.view_checkin",
        lambda user, forum: silent_devices(user, forum=forum).count(),
        silent_word,
        lambda: reverse("checkin:board"),
        "phone",
    ),
    Task(
        "to_print",
        400,
        "badges.print_badges",
        lambda user, forum: waiting_for_print(forum),
        print_word,
        lambda: reverse("checkin:print_desk"),
        "print",
    ),
)
