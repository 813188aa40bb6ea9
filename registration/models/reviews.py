"""What officers note while they review: who has looked first, and the texts they start from."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registration.enums import ReasonKind


class PreCheck(models.Model):
    """Somebody has looked at an application and found it complete; the decision is still to come.

    It holds until the application goes back to its author or ends (`ended_at`); then the next version is looked at anew.
    `decided_by` is whoever decided last on the strength of it. Where the category asked for two people at that moment,
    the database refuses one person for both.
    """

    registration = models.ForeignKey("registration.Registration", on_delete=models.PROTECT, related_name="checks")
    checked_by = models.ForeignKey("forum.Account", on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(auto_now_add=True)
    two_people = models.BooleanField(default=False)
    decided_by = models.ForeignKey("forum.Account", null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="pre_check_one_holds", fields=["registration"], condition=Q(ended_at=None)),
            models.CheckConstraint(
                name="pre_check_two_people",
                condition=Q(two_people=False) | Q(decided_by=None) | ~Q(decided_by=F("checked_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"pre-check {self.pk}"


class ReasonTemplate(models.Model):
    """A ready-made text of a letter: the officer chooses it, the person reads it in their own language.

    Put away, it is offered no more; letters that carried it keep their text.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    forum = models.ForeignKey("forum.Forum", on_delete=models.PROTECT, related_name="reason_templates")
    kind = models.CharField(_("goes with"), max_length=10, choices=ReasonKind.choices)
    title = models.CharField(_("what it is about"), max_length=80)
    text = models.TextField(_("text of the letter"), max_length=2000)
    put_away_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["kind", "pk"]

    def __str__(self) -> str:
        return self.title
