"""Which columns somebody likes to see in a table of people."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class ColumnSet(models.Model):
    """A choice of columns under a name, for one's own use or, `shared`, for everybody who exports people here."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    forum = models.ForeignKey("forum.Forum", on_delete=models.PROTECT, related_name="column_sets")
    owner = models.ForeignKey("forum.Account", on_delete=models.CASCADE, related_name="column_sets")
    name = models.CharField(_("name"), max_length=60)
    columns = ArrayField(models.CharField(max_length=40))
    shared = models.BooleanField(_("for everybody who exports people"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(name="column_set_name_once", fields=["forum", "owner", "name"])]

    def __str__(self) -> str:
        return self.name
