"""Released programmes: immutable, numbered, and the database keeps one hall for one session at a time."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Deferrable
from django.utils.translation import gettext_lazy as _


class Release(models.Model):
    """A snapshot of the whole programme. `changes` lists in codes what differs from the one before."""

    forum = models.ForeignKey("forum.Forum", on_delete=models.PROTECT, related_name="releases")
    number = models.PositiveIntegerField()
    note = models.CharField(_("note"), max_length=200, blank=True)
    snapshot = models.JSONField()
    changes = models.JSONField(default=list)
    published_at = models.DateTimeField(auto_now_add=True)
    published_by = models.ForeignKey("forum.Account", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(name="release_number_once", fields=["forum", "number"])]

    def __str__(self) -> str:
        return f"release {self.number}"


class HallUse(models.Model):
    """One row per session and hall of a release (a telebridge has two). Drafts may conflict, releases may not."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="hall_uses")
    session = models.ForeignKey("agenda.Session", on_delete=models.PROTECT, related_name="hall_uses")
    hall = models.ForeignKey("agenda.Hall", on_delete=models.PROTECT, related_name="uses")
    period = DateTimeRangeField(default_bounds="[)")

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="hall_holds_one_session",
                expressions=[
                    ("release", RangeOperators.EQUAL),
                    ("hall", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                deferrable=Deferrable.IMMEDIATE,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.release_id} {self.hall_id} {self.period}"
