"""`Pool` and `Claim`: the only way to take, wait for or give back a place, whatever the place is for."""

import uuid

from django.db import models
from django.db.models import F, Q

from registration.enums import ClaimState, PoolKind


class Pool(models.Model):
    """A number of places: a quota, the seats of a session, the limit of a visit.

    The database refuses more people than places. `excess` is written only by the audited action that shrinks a pool
    below what is taken; nobody is evicted and nobody new is let in until it is worked off.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=20, choices=PoolKind.choices)
    places = models.PositiveIntegerField()
    taken = models.PositiveIntegerField(default=0)
    excess = models.PositiveIntegerField(default=0)
    closes_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="pool_not_oversold", condition=Q(taken__lte=F("places") + F("excess"))),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.taken}/{self.places}"

    @property
    def left(self) -> int:
        """Places that can still be taken; none while there is an excess."""
        return max(self.places - self.taken, 0)


class ClaimQuerySet(models.QuerySet["Claim"]):
    """Claims that still mean something."""

    def live(self) -> "ClaimQuerySet":
        """Waiting, offered or held."""
        return self.exclude(state=ClaimState.RELEASED)

    def in_line(self) -> "ClaimQuerySet":
        """Those who wait, first in line first."""
        return self.filter(state=ClaimState.WAITING).order_by("rank", "pk")


class Claim(models.Model):
    """One person's hold on one pool: `waiting -> offered -> held -> released`. Lower `rank` is served first.

    An offer counts as taken until it is accepted, declined or over. Its link is used once: only the hash is stored, and
    the state of the claim says what the link is still good for.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    pool = models.ForeignKey(Pool, on_delete=models.PROTECT, related_name="claims")
    person = models.ForeignKey("registration.Person", on_delete=models.PROTECT, related_name="claims")
    state = models.CharField(max_length=10, choices=ClaimState.choices)
    rank = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    held_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)
    offer_until = models.DateTimeField(null=True)
    offer_hash = models.BinaryField(null=True, unique=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="claim_one_live_per_person", fields=["pool", "person"], condition=~Q(state=ClaimState.RELEASED)
            ),
            models.CheckConstraint(
                name="claim_offer_has_its_end",
                condition=~Q(state=ClaimState.OFFERED) | Q(offer_until__isnull=False, offer_hash__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="claim_line", fields=["pool", "rank", "id"], condition=Q(state=ClaimState.WAITING)),
            models.Index(name="claim_offers", fields=["offer_until"], condition=Q(state=ClaimState.OFFERED)),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.public_id}"
