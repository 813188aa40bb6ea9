"""Numbered papers that we issue and that others may check: invitation letters now, certificates later."""

import uuid

from django.db import models
from django.db.models import Q

from forum.refs import random_code

CODE_LENGTH = 12


def new_paper_code() -> str:
    """Sixty random bits: nobody comes to another paper by counting."""
    return random_code(CODE_LENGTH)


class PaperCounter(models.Model):
    """The last number of a kind of paper in an edition. Its row is locked while a number is taken."""

    forum = models.ForeignKey("forum.Forum", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(name="paper_counter_once", fields=["forum", "kind"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.last}"


class Paper(models.Model):
    """A paper with a number without gaps in its edition and kind, about one thing (`subject_kind`, `subject_id`).

    `code` is printed on it: whoever types it learns the number, the day and whether the paper is valid, nothing else.
    `layout` is the version of the drawing. `file` comes from a worker, sealed, and goes when the paper is void or the term
    of its data is over; the row stays. A trigger keeps number, code and day as they are, and a void paper void.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    forum = models.ForeignKey("forum.Forum", on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=30)
    layout = models.PositiveSmallIntegerField(default=1)
    number = models.PositiveIntegerField()
    code = models.CharField(max_length=CODE_LENGTH, unique=True, default=new_paper_code, editable=False)
    subject_kind = models.CharField(max_length=30)
    subject_id = models.CharField(max_length=40)
    issued_at = models.DateTimeField(auto_now_add=True)
    issued_by = models.ForeignKey("forum.Account", null=True, on_delete=models.PROTECT, related_name="+")
    valid_until = models.DateField(null=True)
    voided_at = models.DateTimeField(null=True)
    file = models.OneToOneField("forum.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(name="paper_number_once", fields=["forum", "kind", "number"]),
            models.UniqueConstraint(
                name="paper_one_valid", fields=["kind", "subject_kind", "subject_id"], condition=Q(voided_at=None)
            ),
            models.CheckConstraint(name="paper_void_keeps_no_file", condition=Q(voided_at=None) | Q(file=None)),
        ]
        indexes = [
            models.Index(name="paper_of_subject", fields=["subject_kind", "subject_id"]),
            models.Index(name="paper_undrawn", fields=["kind"], condition=Q(voided_at=None, drawn_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"
