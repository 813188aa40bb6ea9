"""How applications are looked at, decided on, and changed afterwards."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from registration.enums.applications import RegistrationState


class ReviewStages(TextChoices):
    """How many look at an application of a category before it is decided."""

    ONE = "one", _("One decision")
    TWO_STEPS = "two_steps", _("Pre-check, then decision")
    TWO_PEOPLE = "two_people", _("Pre-check and decision by two people")


CHECKED_FIRST = frozenset({ReviewStages.TWO_STEPS, ReviewStages.TWO_PEOPLE})
"""Here nobody is decided on before somebody has looked whether everything is there."""


class ReasonKind(TextChoices):
    """Which decision a ready-made text goes with."""

    ASK = "ask", _("Ask for changes")
    REJECT = "reject", _("Do not accept")


class KeyField(TextChoices):
    """What stands on the badge and must match the document (domain rules of accreditation): after approval it is changed
    by request only.
    """

    SURNAME = "surname", pgettext_lazy("key field", "surname")
    GIVEN_NAME = "given_name", pgettext_lazy("key field", "given name")
    PATRONYMIC = "patronymic", pgettext_lazy("key field", "patronymic")
    LATIN_SURNAME = "latin_surname", pgettext_lazy("key field", "surname in Latin letters")
    LATIN_GIVEN_NAME = "latin_given_name", pgettext_lazy("key field", "given name in Latin letters")
    NATIVE_NAME = "native_name", pgettext_lazy("key field", "name in your own language")
    BADGE_NAME = "badge_name", pgettext_lazy("key field", "name on the badge")
    CITIZENSHIP = "citizenship", pgettext_lazy("key field", "citizenship")
    CATEGORY = "category", pgettext_lazy("key field", "kind of participation")
    ORGANISATION = "organisation", pgettext_lazy("key field", "organisation")


class ChangeState(TextChoices):
    """What became of a request to change a key field."""

    OPEN = "open", pgettext_lazy("request for a change", "with the organisers")
    ACCEPTED = "accepted", pgettext_lazy("request for a change", "changed")
    DECLINED = "declined", pgettext_lazy("request for a change", "not changed")
    WITHDRAWN = "withdrawn", pgettext_lazy("request for a change", "taken back")


class MassDecision(TextChoices):
    """What can be decided about many at once."""

    APPROVE = "approve", pgettext_lazy("many applications", "Approve")
    LINE = "line", pgettext_lazy("many applications", "Put on the waiting list")
    ASK = "ask", pgettext_lazy("many applications", "Ask for changes")
    REJECT = "reject", pgettext_lazy("many applications", "Do not accept")


LEADS_TO = {
    MassDecision.APPROVE: RegistrationState.APPROVED,
    MassDecision.LINE: RegistrationState.WAITLISTED,
    MassDecision.ASK: RegistrationState.NEEDS_CHANGES,
    MassDecision.REJECT: RegistrationState.REJECTED,
}
"""Where each takes an application."""


class BulkOutcome(TextChoices):
    """What became of one application among many. Words: `registration.web.words_team`."""

    WAITING = "waiting"
    DONE = "done"
    REFUSED = "refused"


class BulkUndone(TextChoices):
    """What undoing did with it; `kept` because somebody has touched it since, or the letter had left."""

    BACK = "back"
    KEPT = "kept"
