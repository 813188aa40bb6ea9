"""Plant visits: a programme is the plant's rule set, a slot is a dated run with its legs and places."""

import uuid

from django.contrib.postgres.fields import ArrayField, DateTimeRangeField
from django.db import models
from django.utils.translation import gettext_lazy as _

from agenda.enums import LegKind, Outfit, PhotoPolicy, UnionStatePolicy
from registration.enums import DocumentField


class VisitProgramme(models.Model):
    """What one plant shows and demands. Lead times: working days for Russian documents, calendar days for foreign ones."""

    forum = models.ForeignKey("forum.Forum", on_delete=models.PROTECT, related_name="visit_programmes")
    slug = models.SlugField(max_length=40)
    host = models.ForeignKey("forum.Organisation", on_delete=models.PROTECT, related_name="visit_programmes")
    title = models.CharField(_("title"), max_length=200)
    city = models.CharField(_("city"), max_length=80)
    drawing = models.CharField(max_length=20)
    min_age = models.PositiveSmallIntegerField()
    russian_working_days = models.PositiveSmallIntegerField()
    foreign_calendar_days = models.PositiveSmallIntegerField()
    union_state_policy = models.CharField(max_length=20, choices=UnionStatePolicy.choices)
    dress_code = ArrayField(models.CharField(max_length=30, choices=Outfit.choices), default=list)
    lent_by_host = ArrayField(models.CharField(max_length=30, choices=Outfit.choices), default=list)
    photo_policy = models.CharField(max_length=30, choices=PhotoPolicy.choices)
    needed_fields = ArrayField(
        models.CharField(max_length=30, choices=DocumentField.choices), default=list, db_default=[]
    )
    """What the plant's list needs of a visitor's document, besides name, citizenship, organisation and position."""
    step_free = models.BooleanField()
    may_be_cancelled = models.BooleanField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(name="visit_programme_slug_once", fields=["forum", "slug"])]

    def __str__(self) -> str:
        return self.title


class VisitSlot(models.Model):
    """One dated run. Deadlines are computed from the programme's lead times and the production calendar.

    `rule`: the one plain rule a visitor accepts with a tick when booking; empty for none.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(VisitProgramme, on_delete=models.PROTECT, related_name="slots")
    slug = models.SlugField(max_length=40)
    day = models.DateField()
    rule = models.CharField(_("rule of the visit"), max_length=300, blank=True)
    pool = models.OneToOneField("registration.Pool", on_delete=models.PROTECT, related_name="visit_slot")

    class Meta:
        ordering = ["day", "pk"]
        constraints = [models.UniqueConstraint(name="visit_slot_slug_once", fields=["programme", "slug"])]

    def __str__(self) -> str:
        return self.slug


class SlotLeg(models.Model):
    """A step of the run with its time: bus, gate, induction, tour, bus back.

    `starts_at` and `ends_at` are venues of the forum where the step begins or ends; empty on the way and at the plant.
    """

    slot = models.ForeignKey(VisitSlot, on_delete=models.PROTECT, related_name="legs")
    kind = models.CharField(max_length=20, choices=LegKind.choices)
    title = models.CharField(_("title"), max_length=200)
    period = DateTimeRangeField(default_bounds="[)")
    starts_at = models.ForeignKey("agenda.Venue", null=True, on_delete=models.PROTECT, related_name="+")
    ends_at = models.ForeignKey("agenda.Venue", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["period"]

    def __str__(self) -> str:
        return f"{self.kind} {self.period}"
