"""What a session needs to work by itself, whatever else happens at that time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from agenda.models import Hall


@dataclass(frozen=True)
class Unfit:
    """Something that cannot be: a stable code, the field it is about, a sentence with the remedy."""

    code: str
    field: str
    message: str


def unfit(
    *,
    hall: Hall,
    linked: Sequence[Hall],
    starts: datetime,
    ends: datetime,
    interpretation: Sequence[str],
    has_remote: bool,
    places: int | None = None,
) -> Iterator[Unfit]:
    """Time, link, booths, remote speakers, places: everything that is wrong, the gravest first."""
    if ends <= starts:
        yield Unfit("session.period", "ends", _("A session ends after it starts. Correct one of the two times."))
    if hall in linked:
        message = _("A hall cannot be linked with itself. Choose another one.")
        yield Unfit("session.linked_hall", "linked_halls", message)
    if len(interpretation) > hall.booths:
        message = _("The hall has fewer interpretation booths than languages. Choose another hall or fewer languages.")
        yield Unfit("session.booths", "interpretation", message)
    if not hall.hybrid and (linked or has_remote):
        message = _("This hall has no link to other places. Choose one that has, or speakers who come in person.")
        yield Unfit("session.not_hybrid", "hall", message)
    if places is not None and places > hall.capacity:
        message = _("The hall has fewer seats. Choose a larger hall or fewer places.")
        yield Unfit("session.places", "places", message)
