"""Two applications that may be one person: found not to be, or merged, and the way back."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from forum.crypto.fields import EncryptedTextField


class NotSame(models.Model):
    """An officer has compared two applications: these are two people. The pair has no order, so the lower key is `first`."""

    forum = models.ForeignKey("forum.Forum", on_delete=models.PROTECT, related_name="+")
    first = models.ForeignKey("registration.Registration", on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey("registration.Registration", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("forum.Account", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="not_same_once", fields=["first", "second"]),
            models.CheckConstraint(name="not_same_has_no_order", condition=Q(first__lt=F("second"))),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} {self.second_id}"


class Merge(models.Model):
    """That one application was merged into another: which stays, who did it, why, what was written over. Never changed.

    `step` is the move that ended `gone`, `approval` the one by which `kept` got its place, where it passed on. `fields` are
    the names of answers taken over; `versions` (kept, gone) is what undoing has to find.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    forum = models.ForeignKey("forum.Forum", on_delete=models.PROTECT, related_name="+")
    kept = models.ForeignKey("registration.Registration", on_delete=models.PROTECT, related_name="merges")
    gone = models.ForeignKey("registration.Registration", on_delete=models.PROTECT, related_name="merged_into")
    by = models.ForeignKey("forum.Account", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    fields = ArrayField(models.CharField(max_length=100), default=list)
    step = models.OneToOneField("registration.RegistrationMove", on_delete=models.PROTECT, related_name="+")
    approval = models.OneToOneField(
        "registration.RegistrationMove", null=True, on_delete=models.PROTECT, related_name="+"
    )
    versions = ArrayField(models.PositiveIntegerField(), size=2)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="merge_of_two", condition=~Q(kept=F("gone"))),
            models.CheckConstraint(name="merge_says_why", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class MergeMemory(models.Model):
    """What stood in the kept application before, as sealed JSON: names of answers and their values.

    Kept for undoing and for questions that come later; erased with a withdrawn consent and 30 days after the forum.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    merge = models.OneToOneField(Merge, on_delete=models.PROTECT, related_name="memory")
    before = EncryptedTextField(aad_from="public_id")

    def __str__(self) -> str:
        return str(self.public_id)


class MergeUndo(models.Model):
    """That a merge was taken back. Never changed; a merge is taken back once."""

    merge = models.OneToOneField(Merge, on_delete=models.PROTECT, related_name="undo")
    by = models.ForeignKey("forum.Account", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"undo {self.merge_id}"
