"""Photos on badges: what was drawn with one goes with it, and the desk sees it once for each scan."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from badges.actions.scans import answer_of
from badges.engine.photo import for_screen
from badges.models import BadgeFile, Device, PrintRecord
from badges.queries.photos import photo_of
from forum.actions.files import give_up_file
from forum.models import Job
from registration.actions.pictures import look_at_picture
from registration.models import Registration

SHOWN_FOR = timedelta(minutes=10)
"""So long after a scan its photo may be asked for: the person stands at the desk."""


def forget_photo(registration: Registration, *, key: int) -> None:
    """Drop every drawing that shows the picture `key`: badges, and whole batches with one of them.

    Part of the transaction that erases the picture, whose row is locked. What is on paper stays known as stale.
    """
    for drawn in BadgeFile.objects.filter(credential__registration=registration, photo=key).select_related("file"):
        stored = drawn.file
        BadgeFile.objects.filter(pk=drawn.pk).update(file=None, erased_at=now())
        if stored is not None:
            give_up_file(stored)
    records = PrintRecord.objects.filter(credential__registration=registration, photo=key)
    for job in Job.objects.filter(print_batch__records__in=records, result__isnull=False).select_related("result"):
        stored = job.result
        Job.objects.filter(pk=job.pk).update(result=None)
        if stored is not None:
            give_up_file(stored)


@transaction.atomic
def photo_of_scan(nonce: UUID, *, device: Device) -> bytes | None:
    """The photo of whom this phone has just scanned, small; the look stands in the log. None where none is to be seen:
    another phone's scan, one long ago, nobody named in its answer, no photo.
    """
    answer = answer_of(nonce, device=device)
    if answer is None or answer.person is None or answer.scan.received_at < now() - SHOWN_FOR:
        return None
    picture = photo_of(answer.person)
    if picture is None:
        return None
    reason = _("Check-in: %(point)s") % {"point": answer.scan.point.name}
    try:
        return for_screen(look_at_picture(picture, by=device.holder, reason=reason))
    except FileNotFoundError:
        return None
