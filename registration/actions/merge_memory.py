"""Erasing what merges had written over: the fact of a merge stays, the values go."""

from django.utils.timezone import localdate

from registration.models import MergeMemory, Registration
from registration.queries.documents import KEPT_FOR


def forget_memories(registration: Registration) -> int:
    """A withdrawn consent: what a merge had written over, or taken from this application, is kept no more."""
    mine = MergeMemory.objects.filter(merge__kept=registration) | MergeMemory.objects.filter(merge__gone=registration)
    return MergeMemory.objects.filter(pk__in=mine.values("pk")).delete()[0]


def forget_late_memories() -> int:
    """The same by date. Returns how many went."""
    return MergeMemory.objects.filter(merge__forum__ends_on__lt=localdate() - KEPT_FOR).delete()[0]
