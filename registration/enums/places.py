"""Places, their pools, and the zones a category opens."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ClaimState(TextChoices):
    """`offered` counts as taken."""

    WAITING = "waiting", _("waiting")
    OFFERED = "offered", _("offered")
    HELD = "held", _("held")
    RELEASED = "released", _("released")


class PoolKind(TextChoices):
    """What a number of places belongs to; the room that owns a kind registers its policy."""

    CATEGORY = "category", _("category quota")
    QUOTA = "quota", _("quota of a delegation or an organisation")
    SEATS = "seats", _("session seats")
    VISIT = "visit", _("plant visit")
    CHOICE = "choice", _("answer with places")


PARTICIPATION = frozenset({PoolKind.CATEGORY, PoolKind.QUOTA})
"""Pools whose places let somebody take part."""


class ZoneKind(TextChoices):
    """A visit is not an area: it is granted per visit slot."""

    AREA = "area", _("area")
    PER_SLOT = "per_slot", _("granted per visit")
