"""What a session needs to work by itself, whatever else happens at that time."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from agenda.actions.cast import Part
from agenda.models import Hall
from forum.errors import DomainError


def check_session(
    *,
    hall: Hall,
    linked: Sequence[Hall],
    starts: datetime,
    ends: datetime,
    interpretation: Sequence[str],
    cast: Sequence[Part],
    places: int | None = None,
) -> None:
    """Raise `DomainError` for the first thing that cannot be: time, link, booths, remote speaker, places."""
    if ends <= starts:
        _refuse("session.period", "ends", _("A session ends after it starts. Correct one of the two times."))
    if hall in linked:
        _refuse("session.linked_hall", "linked_halls", _("A hall cannot be linked with itself. Choose another one."))
    if len(interpretation) > hall.booths:
        message = _("The hall has fewer interpretation booths than languages. Choose another hall or fewer languages.")
        _refuse("session.booths", "interpretation", message)
    if not hall.hybrid and (linked or any(part.speaker.remote for part in cast)):
        message = _("This hall has no link to other places. Choose one that has, or speakers who come in person.")
        _refuse("session.not_hybrid", "hall", message)
    if places is not None and places > hall.capacity:
        _refuse("session.places", "places", _("The hall has fewer seats. Choose a larger hall or fewer places."))


def _refuse(code: str, field: str, message: str) -> None:
    raise DomainError(code, message, fields={field: message})
