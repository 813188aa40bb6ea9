"""Check-in points, the devices that scan there, and the scans."""

import uuid

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from badges.enums import Direction, PointKind, ScanMethod, ScanOutcome


class Point(models.Model):
    """A place where one scans, with a list of its own. `[opens_at, closes_at)`; none means at any time."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    forum = models.ForeignKey("forum.Forum", on_delete=models.PROTECT, related_name="points")
    slug = models.SlugField(max_length=40)
    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(max_length=20, choices=PointKind.choices)
    zone = models.ForeignKey("registration.Zone", on_delete=models.PROTECT, related_name="points")
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(name="point_slug_once", fields=["forum", "slug"]),
            models.CheckConstraint(
                name="point_closes_after_opening",
                condition=Q(opens_at=None) | Q(closes_at=None) | Q(closes_at__gt=F("opens_at")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Device(models.Model):
    """A phone that may scan at one point. It knows who holds it; its token is a header, never a cookie (CHK-6)."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="devices")
    name = models.CharField(max_length=60)
    holder = models.ForeignKey("forum.Account", on_delete=models.PROTECT, related_name="devices")
    token_hash = models.BinaryField(unique=True)
    enrolled_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_seen_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-enrolled_at"]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def label(self) -> str:
        """What people call it: “Phone 3”, or the name somebody gave it."""
        return gettext("Phone %(number)s") % {"number": self.name} if self.name.isdigit() else self.name


class Scan(models.Model):
    """One physical scan. Append-only by trigger; presence and arrivals are derived from these rows.

    `device_time` is what the phone's clock said, `at` the corrected time. An unknown code leaves only its keyed hash.
    `reason` is finer than the outcome (`badges.engine.decision.Reason`): with it the first answer can be given again.
    `counts`: the scan changed who is inside, boarded or served. Those of one person at one point are numbered as they come
    in (`ordinal`), so two that were decided without knowing of each other cannot both be stored.
    """

    nonce = models.UUIDField(unique=True)
    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="scans", db_index=False)
    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="scans")
    operator = models.ForeignKey("forum.Account", on_delete=models.PROTECT, related_name="+")
    registration = models.ForeignKey(
        "registration.Registration", null=True, on_delete=models.PROTECT, related_name="scans", db_index=False
    )  # the constraint below begins with it
    credential = models.ForeignKey("badges.Credential", null=True, on_delete=models.PROTECT, related_name="scans")
    code_hash = models.BinaryField(null=True)
    method = models.CharField(max_length=10, choices=ScanMethod.choices)
    direction = models.CharField(max_length=5, choices=Direction.choices)
    outcome = models.CharField(max_length=20, choices=ScanOutcome.choices)
    reason = models.CharField(max_length=20)
    counts = models.BooleanField()
    ordinal = models.PositiveIntegerField(null=True)
    first_at = models.DateTimeField(null=True)
    device_time = models.DateTimeField()
    at = models.DateTimeField()
    received_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(
                name="scan_counted_of_person", fields=["point", "registration", "-at"], condition=Q(counts=True)
            ),
            # Days are read whole, and rows lie by time. A usual index on the point, or on its times, would be taken for the last
            # scan of one person as well, through everybody's, before PostgreSQL has counted how many there are.
            BrinIndex(name="scan_by_day", fields=["at"], autosummarize=True),
        ]
        constraints = [
            models.UniqueConstraint(name="scan_ordinal_once", fields=["registration", "point", "ordinal"]),
            models.CheckConstraint(
                name="scan_counted_is_numbered",
                condition=Q(counts=True, registration__isnull=False, ordinal__isnull=False)
                | Q(counts=False, ordinal=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} {self.nonce}"
