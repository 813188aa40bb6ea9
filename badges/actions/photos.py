"""Photos at the desk: one for each scan."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from badges.actions.scans import answer_of
from badges.engine.photo import for_screen
from badges.models import Device
from badges.queries.photos import photo_of
from registration.actions.pictures import look_at_picture

SHOWN_FOR = timedelta(minutes=10)
"""So long after a scan its photo may be asked for: the person stands at the desk."""


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
