"""What waits for the officers: decisions, and places that are about to go back."""

from datetime import timedelta

from django.utils.timezone import now

from forum.models import Forum
from registration.enums import RegistrationState
from registration.models import Registration

SOON = timedelta(days=3)
"""A confirmation is running out when its deadline is nearer than this; a call still helps then."""


def waiting_count(forum: Forum) -> int:
    """Applications that wait for a decision."""
    return Registration.objects.filter(forum=forum, state=RegistrationState.SUBMITTED).count()


def running_out(forum: Forum) -> int:
    """Approved people who have not said “I am coming” and lose their place soon."""
    soon = Registration.objects.filter(forum=forum, state=RegistrationState.APPROVED, confirm_by__gt=now())
    return soon.filter(confirm_by__lt=now() + SOON).count()
