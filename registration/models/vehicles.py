"""Vehicles that may drive onto the grounds: whose, on which days, into which zones, and who drives."""

import uuid

from django.db import models
from django.db.models import Q

from forum.crypto.fields import EncryptedTextField
from registration.enums import VehicleState


class Vehicle(models.Model):
    """A vehicle for which a pass is asked. The pass is a paper (`forum.models.Paper`) about this row.

    `plate` is what is printed, `plate_key` what makes it one plate (`registration.engine.plates`). It comes for an
    organisation or for a delegation. Purpose of the driver's data: the list at the gate; sealed, and erased after
    `erase_after`. `answer`: why it was refused or withdrawn.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    forum = models.ForeignKey("forum.Forum", on_delete=models.PROTECT, related_name="vehicles")
    state = models.CharField(max_length=10, choices=VehicleState.choices, default=VehicleState.ASKED)
    plate = models.CharField(max_length=20)
    plate_key = models.CharField(max_length=12)
    make = models.CharField(max_length=80)
    driver = EncryptedTextField(aad_from="public_id", null=True)
    driver_phone = EncryptedTextField(aad_from="public_id", null=True)
    organisation = models.ForeignKey("forum.Organisation", null=True, on_delete=models.PROTECT, related_name="vehicles")
    delegation = models.ForeignKey(
        "registration.Delegation", null=True, on_delete=models.PROTECT, related_name="vehicles"
    )
    zones = models.ManyToManyField("registration.Zone", related_name="+")
    purpose = models.CharField(max_length=200)
    answer = models.CharField(max_length=300, blank=True)
    asked_by = models.ForeignKey("forum.Account", on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey("forum.Account", null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    erase_after = models.DateField()
    erased_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="vehicle_is_of_one_group",
                condition=Q(organisation__isnull=False, delegation=None)
                | Q(organisation=None, delegation__isnull=False),
            ),
            models.CheckConstraint(
                name="vehicle_erased_has_no_driver",
                condition=Q(erased_at=None) | Q(driver__isnull=True, driver_phone__isnull=True),
            ),
        ]
        indexes = [models.Index(name="vehicle_erasure", fields=["erase_after"], condition=Q(erased_at=None))]

    def __str__(self) -> str:
        return str(self.public_id)


class VehicleDay(models.Model):
    """A day on which a vehicle comes. `is_live`: its pass is asked for or valid; then the plate stands once on that day."""

    vehicle = models.ForeignKey(Vehicle, on_delete=models.CASCADE, related_name="days")
    forum = models.ForeignKey("forum.Forum", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    plate_key = models.CharField(max_length=12)
    is_live = models.BooleanField(default=True)

    class Meta:
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(
                name="plate_once_a_day", fields=["forum", "plate_key", "day"], condition=Q(is_live=True)
            ),
            models.UniqueConstraint(name="vehicle_day_once", fields=["vehicle", "day"]),
        ]

    def __str__(self) -> str:
        return f"{self.vehicle_id} {self.day}"
