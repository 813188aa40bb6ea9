"""Lists with data of documents, as they were made for a plant."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from agenda.enums import ListKind
from registration.enums import DocumentField


class PlantList(models.Model):
    """One list of one run: which fields, how many people, what for, by whom. Numbers of a run have no gaps.

    `file` is sealed. It goes at `erase_after`, and at once when somebody on it takes back what allowed it; the row stays, as
    proof of what the plant has got.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slot = models.ForeignKey("agenda.VisitSlot", on_delete=models.PROTECT, related_name="plant_lists")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=4, choices=ListKind.choices)
    fields = ArrayField(models.CharField(max_length=30, choices=DocumentField.choices))
    people = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=300)
    made_by = models.ForeignKey("forum.Account", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    file = models.OneToOneField("forum.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    erase_after = models.DateField()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(name="plant_list_number_once", fields=["slot", "number"])]
        indexes = [models.Index(name="plant_list_erasure", fields=["erase_after"], condition=Q(file__isnull=False))]

    def __str__(self) -> str:
        return f"{self.slot_id} {self.number}"


class PlantListEntry(models.Model):
    """That one person stands on a list, with which version of the document. Who has to be told when they take something back
    stands in `registration.HandedOut`.
    """

    list = models.ForeignKey(PlantList, on_delete=models.PROTECT, related_name="entries")
    registration = models.ForeignKey(
        "registration.Registration", on_delete=models.PROTECT, related_name="plant_list_entries"
    )
    document_version = models.PositiveIntegerField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(name="plant_list_person_once", fields=["list", "registration"])]

    def __str__(self) -> str:
        return f"{self.list_id} {self.registration_id}"
