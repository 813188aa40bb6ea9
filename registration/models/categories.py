"""Kinds of participants, the zones they may enter, and the delegations they come with."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from registration.enums import ReviewStages, ZoneKind
from registration.models.places import Pool

is_colour = RegexValidator(r"^#[0-9A-F]{6}$")


class Zone(models.Model):
    """An area of the forum. The letter is printed beside the colour: never colour alone."""

    forum = models.ForeignKey("forum.Forum", on_delete=models.PROTECT, related_name="zones")
    code = models.CharField(max_length=10)
    letter = models.CharField(max_length=1)
    colour = models.CharField(max_length=7, validators=[is_colour])
    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(max_length=10, choices=ZoneKind.choices)

    class Meta:
        ordering = ["letter"]
        constraints = [
            models.UniqueConstraint(name="zone_code_once", fields=["forum", "code"]),
            models.UniqueConstraint(name="zone_letter_once", fields=["forum", "letter"]),
        ]

    def __str__(self) -> str:
        return self.name


class Category(models.Model):
    """What somebody is at the forum: delegate, speaker, media, driver. `pool` is the quota of the category, `form` the
    version in force of what it asks beside the usual answers; none asks nothing more.
    """

    forum = models.ForeignKey("forum.Forum", on_delete=models.PROTECT, related_name="categories")
    code = models.SlugField(max_length=20)
    name = models.CharField(_("name"), max_length=80)
    summary = models.CharField(_("summary"), max_length=200, blank=True)
    letter = models.CharField(max_length=2)
    colour = models.CharField(max_length=7, validators=[is_colour])
    seniority = models.PositiveSmallIntegerField()
    zones = models.ManyToManyField(Zone, related_name="categories", blank=True)
    pool = models.OneToOneField(Pool, on_delete=models.PROTECT, related_name="category")
    needs_approval = models.BooleanField(default=True)
    open_to_applicants = models.BooleanField(default=False)
    prints_badge = models.BooleanField(default=True)
    review = models.CharField(
        _("review"), max_length=10, choices=ReviewStages.choices, default=ReviewStages.ONE, db_default=ReviewStages.ONE
    )
    confirm_days = models.PositiveSmallIntegerField(_("days to confirm"), default=7, db_default=7)
    """How long an approved person has for “I am coming”."""
    lists_equipment = models.BooleanField(default=False, db_default=False)
    """Whether its people list what they bring through the gate."""
    takes_photos = models.BooleanField(_("people may hand in a photo"), default=False, db_default=False)
    takes_scans = models.BooleanField(
        _("people may hand in a picture of the document"), default=False, db_default=False
    )
    form = models.OneToOneField("registration.Form", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["seniority"]
        constraints = [
            models.UniqueConstraint(name="category_code_once", fields=["forum", "code"]),
            models.UniqueConstraint(name="category_letter_once", fields=["forum", "letter"]),
            models.CheckConstraint(name="category_confirm_days", condition=models.Q(confirm_days__range=(1, 180))),
        ]

    def __str__(self) -> str:
        return self.name


class Delegation(models.Model):
    """The group of one country or Russian region. Statistics follow the delegation, clearance the document.

    Its heads hold the role `delegation_head` for its region (`forum.Membership`). `collector` is who fetches the badges of all.
    """

    forum = models.ForeignKey("forum.Forum", on_delete=models.PROTECT, related_name="delegations")
    region = models.ForeignKey("forum.Region", on_delete=models.PROTECT, related_name="delegations")
    collector = models.CharField(_("who collects the badges"), max_length=200, blank=True)

    class Meta:
        ordering = ["region__code"]
        constraints = [models.UniqueConstraint(name="delegation_once", fields=["forum", "region"])]

    def __str__(self) -> str:
        return self.region.name
