"""The edition of the forum and what it refers to: regions, organisations, the production calendar."""

import uuid
from datetime import date, timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from forum.enums import ForumRole


class Region(models.Model):
    """A country (ISO 3166-1) or a Russian region (ISO 3166-2), with its place on the tile map."""

    code = models.CharField(max_length=6, unique=True)
    country = models.CharField(max_length=2)
    name = models.CharField(_("name"), max_length=100)
    timezone = models.CharField(max_length=40)
    tile_x = models.PositiveSmallIntegerField()
    tile_y = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(name="region_one_per_tile", fields=["tile_x", "tile_y"])]

    def __str__(self) -> str:
        return self.name

    @property
    def is_country(self) -> bool:
        """A delegation of a whole country, such as Uzbekistan."""
        return self.code == self.country


class Organisation(models.Model):
    """An institution or enterprise; what it is to the forum stands in `ForumOrganisation`."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=250)
    short_name = models.CharField(max_length=80, blank=True)
    region = models.ForeignKey(Region, null=True, blank=True, on_delete=models.PROTECT)

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name


class Forum(models.Model):
    """An edition: days, zone, host and partner regions, delegations expected, and the stage switches.

    One deployment runs several editions; exactly one of them is current.
    """

    slug = models.SlugField(max_length=60, unique=True)
    is_current = models.BooleanField(default=False)
    title = models.CharField(_("title"), max_length=200)
    short_title = models.CharField(max_length=80)
    city = models.CharField(_("city"), max_length=80)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    timezone = models.CharField(_("time zone"), max_length=40)
    host_region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    partner_regions = models.ManyToManyField(Region, related_name="+", blank=True)
    guest_regions = models.ManyToManyField(Region, related_name="+", blank=True)
    organisations = models.ManyToManyField(Organisation, through="ForumOrganisation")
    languages = ArrayField(models.CharField(max_length=5, choices=settings.LANGUAGES), default=list)
    applications_open = models.BooleanField(_("applications are open"), default=False)
    programme_public = models.BooleanField(_("the programme is public"), default=False)
    confirm_by = models.DateTimeField(_("delegates confirm by"))
    badge_desk_opens_at = models.DateTimeField(_("badge desk opens"))
    contact_email = models.EmailField(_("contact email"))
    contact_phone = models.CharField(_("contact phone"), max_length=30, blank=True)
    industrial_tourists = models.PositiveIntegerField(_("tourists at the region's enterprises"), default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="forum_one_current", fields=["is_current"], condition=Q(is_current=True)),
            models.CheckConstraint(name="forum_days_in_order", condition=Q(ends_on__gte=F("starts_on"))),
        ]

    def __str__(self) -> str:
        return self.short_title

    @property
    def days(self) -> list[date]:
        """The days of the forum, first to last."""
        return [self.starts_on + timedelta(days=n) for n in range((self.ends_on - self.starts_on).days + 1)]


class ForumOrganisation(models.Model):
    """What an organisation is to this edition; `position` is the order of logos within a role."""

    forum = models.ForeignKey(Forum, on_delete=models.PROTECT, related_name="roles")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="roles")
    role = models.CharField(max_length=20, choices=ForumRole.choices)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(name="forum_organisation_once", fields=["forum", "organisation", "role"]),
            models.UniqueConstraint(name="forum_organisation_order", fields=["forum", "role", "position"]),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.position}"


class CalendarDay(models.Model):
    """An exception of the production calendar: a holiday on a weekday, or a working Saturday."""

    day = models.DateField(unique=True)
    is_working = models.BooleanField()

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day} {'working' if self.is_working else 'off'}"
