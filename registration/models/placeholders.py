"""Places of a delegation whose people are not named yet: “three more come, names follow by 12 April”."""

import uuid

from django.db import models
from django.db.models import Q

from registration.models.quotas import Quota


class PlaceHolderQuerySet(models.QuerySet["PlaceHolder"]):
    """Places that are still kept."""

    def live(self) -> "PlaceHolderQuerySet":
        """Kept, for somebody or for nobody yet."""
        return self.filter(ended_at=None)

    def nameless(self) -> "PlaceHolderQuerySet":
        """Kept for nobody yet; whose name is due first comes first."""
        return self.live().filter(registration=None).order_by("names_by", "pk")


class PlaceHolder(models.Model):
    """One place of a quota that is kept without a name. It counts in `Pool.taken` like a claim, so nobody else gets it.

    A person who is written down gets it put by (`registration`), and takes it when they are approved; until `names_by` an
    application must have been sent for it, or the place goes back by itself. A place holder is on no list of a plant or a gate.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    quota = models.ForeignKey(Quota, on_delete=models.PROTECT, related_name="place_holders")
    registration = models.ForeignKey(
        "registration.Registration", null=True, on_delete=models.SET_NULL, related_name="place_holders"
    )
    names_by = models.DateTimeField()
    by = models.ForeignKey("forum.Account", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    objects = PlaceHolderQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="place_holder_one_for_each", fields=["registration"], condition=Q(ended_at=None)
            ),
        ]
        indexes = [models.Index(name="place_holder_due", fields=["names_by"], condition=Q(ended_at=None))]

    def __str__(self) -> str:
        return str(self.public_id)
