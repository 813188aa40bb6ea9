"""Where people of the media want to film, and what the plants say to it."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from agenda.enums import FILMING_LIVE, FilmingMeans, FilmingState

LIVE = Q(state__in=sorted(FILMING_LIVE))


class FilmingWish(models.Model):
    """What somebody wants to film in one plant on one day. Purpose: the plant's permission; goes with the person's data.

    `slot` is the run they go with; empty for a day on their own. `devices` are lines of their list of equipment as they were
    when the wish was stated: the plant answers about these. `tell_plant`: withdrawn after the plant knew of it, and nobody
    has told it yet. The rows go with the list of equipment.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    registration = models.ForeignKey(
        "registration.Registration", on_delete=models.PROTECT, related_name="filming_wishes"
    )
    programme = models.ForeignKey("agenda.VisitProgramme", on_delete=models.PROTECT, related_name="filming_wishes")
    slot = models.ForeignKey("agenda.VisitSlot", null=True, on_delete=models.PROTECT, related_name="filming_wishes")
    day = models.DateField()
    hours = models.CharField(max_length=100, blank=True)
    subject = models.TextField(max_length=600)
    means = ArrayField(models.CharField(max_length=10, choices=FilmingMeans.choices))
    devices = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=FilmingState.choices, default=FilmingState.ASKED)
    answer = models.TextField(max_length=600, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    put_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("forum.Account", null=True, on_delete=models.PROTECT, related_name="+")
    tell_plant = models.BooleanField(default=False)

    class Meta:
        ordering = ["day", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="filming_asked_once",
                fields=["registration", "programme", "day", "slot", "means"],
                condition=LIVE,
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="filming_drone_alone",
                condition=Q(means=[FilmingMeans.DRONE]) | ~Q(means__contains=[FilmingMeans.DRONE]),
            ),
            models.CheckConstraint(name="filming_by_some_means", condition=~Q(means=[])),
            models.CheckConstraint(
                name="filming_conditions_said", condition=~Q(state=FilmingState.ALLOWED_IF) | ~Q(answer="")
            ),
            models.CheckConstraint(
                name="filming_told_of_withdrawn", condition=Q(tell_plant=False) | Q(state=FilmingState.WITHDRAWN)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.public_id}"
