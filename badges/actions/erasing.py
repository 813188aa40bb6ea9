"""Drawings of badges go: with the person, with the photo on them, and all of them a month after the forum."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import now

from badges.models import BadgeFile, Credential, PrintRecord
from forum.actions.files import give_up_file
from forum.actions.job_results import drop_result
from forum.models import Forum, Job
from registration.models import Registration

KEEP_DAYS = 30
"""Days after the forum during which badges are kept."""


def erase_after(forum: Forum) -> datetime:
    """Badges hold names: they go a month after the last day."""
    return datetime.combine(forum.ends_on + timedelta(days=KEEP_DAYS), time(), ZoneInfo(forum.timezone))


def erase_badges(registration: Registration) -> int:
    """Drop every drawing of the person's badges, and the sheets with one of them. The caller holds the locks and owns the
    transaction. Returns how many badges.
    """
    # Held against a print run that is about to write down that it has printed one of them.
    list(Credential.objects.select_for_update().filter(registration=registration).order_by("pk"))
    drawn = list(BadgeFile.objects.filter(credential__registration=registration).select_related("file"))
    for one in drawn:
        one.delete()
        if one.file is not None:
            give_up_file(one.file)
    _drop_sheets(PrintRecord.objects.filter(credential__registration=registration))
    return len(drawn)


def forget_photo(registration: Registration, *, key: int) -> None:
    """Drop every drawing that shows the picture `key`: badges, and whole batches with one of them.

    Part of the transaction that erases the picture, whose row is locked. What is on paper stays known as stale.
    """
    for drawn in BadgeFile.objects.filter(credential__registration=registration, photo=key).select_related("file"):
        _drop_file(drawn)
    _drop_sheets(PrintRecord.objects.filter(credential__registration=registration, photo=key))


def erase_late_badges() -> int:
    """Drawings whose day has come. Returns how many."""
    late = BadgeFile.objects.filter(file__erase_after__lte=now()).order_by("pk")
    return sum(_erase_late(pk) for pk in late.values_list("pk", flat=True))


@transaction.atomic
def _erase_late(pk: int) -> bool:
    drawn = BadgeFile.objects.select_for_update(of=("self",)).select_related("file").filter(pk=pk).first()
    return drawn is not None and _drop_file(drawn)


def _drop_file(drawn: BadgeFile) -> bool:
    """The row stays, since the paper made of it may be in somebody's hand."""
    stored = drawn.file
    if stored is None:
        return False
    BadgeFile.objects.filter(pk=drawn.pk).update(file=None, erased_at=now())
    give_up_file(stored)
    return True


def _drop_sheets(records: "QuerySet[PrintRecord]") -> None:
    jobs = Job.objects.filter(print_batch__records__in=records, result__isnull=False).distinct()
    for job in jobs.select_related("forum", "result"):
        drop_result(job)
