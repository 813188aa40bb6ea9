"""How far the review of an application has come: looked at, or not yet, and by whom."""

from dataclasses import dataclass

from forum.queries.access import User
from registration.enums import CHECKED_FIRST, RegistrationState, ReviewStages
from registration.models import PreCheck, Registration


@dataclass(frozen=True)
class Stage:
    """`needs_check`: somebody has to look first. `is_own`: the reader has looked, and another person decides."""

    check: PreCheck | None = None
    needs_check: bool = False
    is_own: bool = False
    wants_two: bool = False

    @property
    def may_decide(self) -> bool:
        """Whether this reader may decide now."""
        return not (self.needs_check or self.is_own)


def live_check(registration: Registration) -> PreCheck | None:
    """The pre-check that holds, with who made it."""
    return PreCheck.objects.filter(registration=registration, ended_at=None).select_related("checked_by").first()


def stage_of(registration: Registration, user: User) -> Stage:
    """Where the review stands for this reader; the same rules as `registration.actions.checks.note_decision`."""
    review = registration.category.review
    if review not in CHECKED_FIRST:
        return Stage()
    check, wants_two = live_check(registration), review == ReviewStages.TWO_PEOPLE
    return Stage(
        check=check,
        needs_check=check is None and registration.state == RegistrationState.SUBMITTED,
        is_own=bool(check and wants_two and check.checked_by_id == user.pk),
        wants_two=wants_two,
    )
