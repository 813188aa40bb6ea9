"""What people of the media and technical staff bring through the gate."""

import uuid

from django.db import models
from django.db.models import Q

from registration.enums import EquipmentKind

MOST = 99
"""Of one kind in one line."""


class Equipment(models.Model):
    """A line of somebody's list of equipment. Purpose: the list at the gate, by which it is let in and out.

    Whoever has a serial number has it once in a list. The lines go with the answers of the person.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    registration = models.ForeignKey("registration.Registration", on_delete=models.PROTECT, related_name="equipment")
    kind = models.CharField(max_length=10, choices=EquipmentKind.choices)
    model = models.CharField(max_length=80)
    serial = models.CharField(max_length=60, blank=True)
    count = models.PositiveSmallIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="equipment_serial_once", fields=["registration", "serial"], condition=~Q(serial="")
            ),
            models.CheckConstraint(name="equipment_counted", condition=Q(count__gte=1, count__lte=MOST)),
            models.CheckConstraint(name="equipment_with_serial_is_one", condition=Q(serial="") | Q(count=1)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
