"""Sessions and speakers, as their editors see them. The public sees releases only (`releases.py`)."""

import uuid

from django.contrib.postgres.fields import ArrayField, DateTimeRangeField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agenda.enums import Admission, SessionKind, SpeakerRole


class Track(models.Model):
    """A theme of the programme."""

    forum = models.ForeignKey("forum.Forum", on_delete=models.PROTECT, related_name="tracks")
    code = models.CharField(max_length=10)
    name = models.CharField(_("name"), max_length=120)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(name="track_code_once", fields=["forum", "code"])]

    def __str__(self) -> str:
        return self.name


class Speaker(models.Model):
    """Somebody on stage. Without consent to publication the public page says “speaker to be announced”.

    `kept_by` is the partner region whose team looks after the entry, besides the region they come from. `person` is who
    applied to the forum, where the two are known to be one: then their own consent decides whether they are named.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    forum = models.ForeignKey("forum.Forum", on_delete=models.PROTECT, related_name="speakers")
    surname = models.CharField(max_length=100)
    given_name = models.CharField(max_length=100, blank=True)
    patronymic = models.CharField(max_length=100, blank=True)
    latin_surname = models.CharField(max_length=100)
    latin_given_name = models.CharField(max_length=100, blank=True)
    native_name = models.CharField(max_length=200, blank=True)
    position = models.CharField(_("position"), max_length=250)
    organisation = models.ForeignKey("forum.Organisation", on_delete=models.PROTECT, related_name="+")
    region = models.ForeignKey("forum.Region", on_delete=models.PROTECT, related_name="+")
    languages = ArrayField(models.CharField(max_length=5))
    remote = models.BooleanField(default=False)
    publication_consent = models.BooleanField(default=False)
    person = models.ForeignKey("registration.Person", null=True, on_delete=models.PROTECT, related_name="speakers")
    kept_by = models.ForeignKey("forum.Region", null=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.public_id)


class Session(models.Model):
    """An item of the programme, owned by its host region. `version` is the optimistic lock of its editors.

    A cancelled session stays, because releases speak of it; the next release leaves it out.
    """

    forum = models.ForeignKey("forum.Forum", on_delete=models.PROTECT, related_name="sessions")
    slug = models.SlugField(max_length=40)
    title = models.CharField(_("title"), max_length=250)
    description = models.TextField(_("description"), max_length=2000, blank=True)
    track = models.ForeignKey(Track, on_delete=models.PROTECT, related_name="sessions")
    kind = models.CharField(max_length=20, choices=SessionKind.choices)
    admission = models.CharField(max_length=20, choices=Admission.choices)
    host_region = models.ForeignKey("forum.Region", on_delete=models.PROTECT, related_name="hosted_sessions")
    co_hosts = models.ManyToManyField("forum.Region", related_name="co_hosted_sessions", blank=True)
    managed_by = models.ManyToManyField("forum.Organisation", related_name="managed_sessions", blank=True)
    hall = models.ForeignKey("agenda.Hall", on_delete=models.PROTECT, related_name="sessions")
    linked_halls = models.ManyToManyField("agenda.Hall", related_name="linked_sessions", blank=True)
    period = DateTimeRangeField(default_bounds="[)")
    languages = ArrayField(models.CharField(max_length=5))
    interpretation = ArrayField(models.CharField(max_length=5), default=list)
    pool = models.OneToOneField("registration.Pool", null=True, on_delete=models.PROTECT, related_name="session")
    speakers = models.ManyToManyField(Speaker, through="SessionSpeaker", related_name="sessions")
    cancelled_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["period", "hall__position"]
        constraints = [
            models.UniqueConstraint(name="session_slug_once", fields=["forum", "slug"]),
            models.CheckConstraint(name="session_period_bounded", condition=Q(period__isempty=False)),
        ]

    def __str__(self) -> str:
        return self.slug


class SessionSpeaker(models.Model):
    """Who speaks or moderates, in order."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="cast")
    speaker = models.ForeignKey(Speaker, on_delete=models.PROTECT, related_name="cast")
    role = models.CharField(max_length=20, choices=SpeakerRole.choices)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(name="session_speaker_once", fields=["session", "speaker"])]

    def __str__(self) -> str:
        return f"{self.role} {self.position}"
