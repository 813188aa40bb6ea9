"""Quotas: how many people of a category a delegation or an organisation may send."""

import uuid

from django.db import models
from django.db.models import Q

from registration.models.places import Pool


class Quota(models.Model):
    """The places of one category that are kept for a delegation, or for an organisation.

    They are a pool of their own, carved out of the category's (`pool.parent`): everybody holds one claim, and the sums
    stay exact. `pool.overflows`: whoever finds the quota full may have a place of the category's. `pool.release_at`: from
    then on what is unused goes back. An organisation's people are those with it in `Registration.sent_by`; a name that
    somebody types opens no quota.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    forum = models.ForeignKey("forum.Forum", on_delete=models.PROTECT, related_name="quotas")
    category = models.ForeignKey("registration.Category", on_delete=models.PROTECT, related_name="quotas")
    delegation = models.ForeignKey(
        "registration.Delegation", null=True, on_delete=models.PROTECT, related_name="quotas"
    )
    organisation = models.ForeignKey("forum.Organisation", null=True, on_delete=models.PROTECT, related_name="quotas")
    pool = models.OneToOneField(Pool, on_delete=models.PROTECT, related_name="quota")
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="quota_is_of_one_group",
                condition=Q(delegation__isnull=False, organisation=None)
                | Q(delegation=None, organisation__isnull=False),
            ),
            models.UniqueConstraint(
                name="quota_once", fields=["category", "delegation", "organisation"], nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
