"""Codes that open a kind of participation to whoever has them, so many times."""

import uuid

from django.db import models
from django.db.models import F, Q

from forum.refs import random_code

CODE_LENGTH = 8


def new_code() -> str:
    """Forty random bits: short enough to be typed, too many to be tried, with the limit on wrong ones."""
    return random_code(CODE_LENGTH)


class AccessCode(models.Model):
    """A code belongs to nobody: it may stand on a slide. `uses` is how many applications may be sent with it.

    It opens `category`, also one that is by invitation only. With `quota` the applications come under that quota: of the
    delegation, or of the organisation that sends them. `used` is changed by compare-and-set in the transaction that
    sends an application or ends it; the database refuses one too many.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    forum = models.ForeignKey("forum.Forum", on_delete=models.PROTECT, related_name="codes")
    code = models.CharField(max_length=CODE_LENGTH, default=new_code)
    name = models.CharField(max_length=80)
    """For whom it was made, in the officers' words: “Partners of the exhibition”."""
    category = models.ForeignKey("registration.Category", on_delete=models.PROTECT, related_name="codes")
    quota = models.ForeignKey("registration.Quota", null=True, on_delete=models.PROTECT, related_name="codes")
    uses = models.PositiveIntegerField()
    used = models.PositiveIntegerField(default=0)
    skips_review = models.BooleanField(default=False)
    valid_until = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    by = models.ForeignKey("forum.Account", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(name="code_once", fields=["forum", "code"]),
            models.CheckConstraint(name="code_not_overused", condition=Q(used__lte=F("uses"))),
            models.CheckConstraint(name="code_has_uses", condition=Q(uses__gt=0)),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class CodeUse(models.Model):
    """An application that was begun with a code. A use is taken when it is sent, and given back when it ends."""

    code = models.ForeignKey(AccessCode, on_delete=models.PROTECT, related_name="applications")
    registration = models.OneToOneField("registration.Registration", on_delete=models.CASCADE, related_name="code_use")
    is_taken = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    taken_at = models.DateTimeField(null=True)
    given_back_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="code_use_has_its_time", condition=Q(is_taken=False) | Q(taken_at__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return f"{self.code_id}:{self.registration_id}"
