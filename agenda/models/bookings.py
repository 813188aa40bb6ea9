"""Who is where when, and who goes to which plant. Both hang on a claim (`registration.models.Claim`)."""

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Deferrable, Q

from agenda.enums import BookingState


class OccupiedTime(models.Model):
    """When a person is taken up by a place they hold. Every booking path writes it; nobody is in two places at once.

    A visit has a row for each busy window. `starts_at` and `ends_at` are venues, from which travel is reckoned; empty
    where the way is of no account. `overridden`: a coordinator allowed the clash, with a reason in the audit.
    """

    person = models.ForeignKey("registration.Person", on_delete=models.PROTECT, related_name="occupied_times")
    claim = models.ForeignKey("registration.Claim", on_delete=models.PROTECT, related_name="occupied_times")
    during = DateTimeRangeField(default_bounds="[)")
    starts_at = models.ForeignKey("agenda.Venue", null=True, on_delete=models.PROTECT, related_name="+")
    ends_at = models.ForeignKey("agenda.Venue", null=True, on_delete=models.PROTECT, related_name="+")
    overridden = models.BooleanField(default=False)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="person_is_in_one_place",
                expressions=[("person", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                condition=Q(overridden=False),
                deferrable=Deferrable.IMMEDIATE,
            ),
            models.CheckConstraint(name="occupied_time_bounded", condition=Q(during__isempty=False)),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} {self.during}"


class VisitBooking(models.Model):
    """Somebody's place, or wait for one, in a visit slot. One for each claim.

    `rule_accepted_at`: when the person said that the slot's rule is read and kept; empty where there is no rule.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    claim = models.OneToOneField("registration.Claim", on_delete=models.PROTECT, related_name="visit_booking")
    slot = models.ForeignKey("agenda.VisitSlot", on_delete=models.PROTECT, related_name="bookings")
    registration = models.ForeignKey(
        "registration.Registration", on_delete=models.PROTECT, related_name="visit_bookings"
    )
    state = models.CharField(max_length=30, choices=BookingState.choices, default=BookingState.REQUESTED)
    rule_accepted_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.state} {self.public_id}"
