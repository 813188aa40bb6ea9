"""Places: each venue has its own time zone."""

from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agenda.enums import VenueMode


class Venue(models.Model):
    """A building, a remote studio or an online room."""

    forum = models.ForeignKey("forum.Forum", on_delete=models.PROTECT, related_name="venues")
    slug = models.SlugField(max_length=40)
    name = models.CharField(_("name"), max_length=120)
    city = models.CharField(_("city"), max_length=80, blank=True)
    region = models.ForeignKey("forum.Region", null=True, on_delete=models.PROTECT, related_name="+")
    timezone = models.CharField(max_length=40)
    mode = models.CharField(max_length=20, choices=VenueMode.choices)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(name="venue_slug_once", fields=["forum", "slug"])]

    def __str__(self) -> str:
        return self.name


class Hall(models.Model):
    """A room of a venue. `position` is its column in the programme."""

    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="halls")
    slug = models.SlugField(max_length=40)
    name = models.CharField(_("name"), max_length=80)
    capacity = models.PositiveIntegerField()
    booths = models.PositiveSmallIntegerField()
    hybrid = models.BooleanField()
    step_free = models.BooleanField()
    zone = models.ForeignKey("registration.Zone", on_delete=models.PROTECT, related_name="halls")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(name="hall_slug_once", fields=["venue", "slug"])]

    def __str__(self) -> str:
        return self.name


class HallClosure(models.Model):
    """A period in which a hall cannot be used: cleaning, another event, repairs. `reason` is for the team."""

    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="closures")
    period = DateTimeRangeField(default_bounds="[)")
    reason = models.CharField(max_length=200)

    class Meta:
        ordering = ["period"]
        constraints = [models.CheckConstraint(name="hall_closure_bounded", condition=Q(period__isempty=False))]

    def __str__(self) -> str:
        return f"{self.hall_id} {self.period}"


class TravelTime(models.Model):
    """How long it takes from one venue to another, both ways. Where nothing is written down, nothing is needed."""

    one = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="+")
    minutes = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="travel_time_once", fields=["one", "other"]),
            models.CheckConstraint(name="travel_time_in_one_order", condition=Q(one__lt=F("other"))),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} - {self.other_id}: {self.minutes} min"
