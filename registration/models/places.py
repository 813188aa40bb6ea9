"""`Pool` and `Claim`: the only way to take, wait for or give back a place, whatever the place is for."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import Combinable

from registration.enums import ClaimState, PoolKind

Key = int | Combinable
"""The key of a pool, or where it comes in (`forum.queries.compiled.Slot`)."""


class Pool(models.Model):
    """A number of places: a quota, the seats of a session, the limit of a visit.

    The database refuses more people than places. `excess` is written only by the audited action that shrinks a pool
    below what is taken; nobody is evicted and nobody new is let in until it is worked off.

    `taken` counts claims that are held or offered, and places of a quota that are kept without a name (`PlaceHolder`).

    A pool with a `parent` has been carved out of it: its places were taken from there, and go back there when it shrinks or
    at `release_at`. With `overflows`, whoever finds it full may have a place of the parent, and stands in its line too.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=20, choices=PoolKind.choices)
    places = models.PositiveIntegerField()
    taken = models.PositiveIntegerField(default=0)
    excess = models.PositiveIntegerField(default=0)
    closes_at = models.DateTimeField(null=True)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="parts")
    overflows = models.BooleanField(default=False)
    release_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="pool_not_oversold", condition=Q(taken__lte=F("places") + F("excess"))),
            models.CheckConstraint(
                name="pool_gives_back_to_parent",
                condition=Q(parent__isnull=False) | Q(overflows=False, release_at=None),
            ),
            models.CheckConstraint(name="pool_is_no_part_of_itself", condition=~Q(parent=F("id"))),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.taken}/{self.places}"

    @property
    def left(self) -> int:
        """Places that can still be taken; none while there is an excess."""
        return max(self.places - self.taken, 0)

    @property
    def root_id(self) -> int:
        """The pool that this one was carved out of, or itself."""
        return self.parent_id or self.pk


class ClaimQuerySet(models.QuerySet["Claim"]):
    """Claims that still mean something."""

    def live(self) -> "ClaimQuerySet":
        """Waiting, offered or held."""
        return self.exclude(state=ClaimState.RELEASED)

    def in_line(self) -> "ClaimQuerySet":
        """Those who wait, first in line first."""
        return self.filter(state=ClaimState.WAITING).order_by("rank", "pk")

    def in_line_of(self, pool: Pool) -> "ClaimQuerySet":
        """Those who wait for a place of `pool`: its own people, and those of its parts that may have one of its places."""
        return self.in_line_of_part(pool.parent_id, pool.pk) if pool.parent_id else self.in_line_of_root(pool.pk)

    def in_line_of_part(self, root: Key, part: Key) -> "ClaimQuerySet":
        """The line of a pool that was carved out of `root`."""
        return self.in_line().filter(root=root, pool=part)

    def in_line_of_root(self, root: Key) -> "ClaimQuerySet":
        """The line of a pool that nothing was carved from, or that others were carved out of."""
        return self.in_line().filter(Q(pool=root) | Q(pool__overflows=True), root=root)


class Claim(models.Model):
    """One person's hold on one pool: `waiting -> offered -> held -> released`. Lower `rank` is served first.

    `root` is the pool itself, or the one it was carved out of: of all of those together a person has one live claim.

    An offer counts as taken until it is accepted, declined or over. Its link is used once: only the hash is stored, and
    the state of the claim says what the link is still good for.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    pool = models.ForeignKey(Pool, on_delete=models.PROTECT, related_name="claims")
    root = models.ForeignKey(Pool, on_delete=models.PROTECT, related_name="family_claims")
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
                name="claim_one_live_per_person", fields=["root", "person"], condition=~Q(state=ClaimState.RELEASED)
            ),
            models.CheckConstraint(
                name="claim_offer_has_its_end",
                condition=~Q(state=ClaimState.OFFERED) | Q(offer_until__isnull=False, offer_hash__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="claim_line", fields=["root", "rank", "id"], condition=Q(state=ClaimState.WAITING)),
            models.Index(name="claim_offers", fields=["offer_until"], condition=Q(state=ClaimState.OFFERED)),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.public_id}"
