"""Refusing a session that cannot work by itself (`agenda.queries.fitness`)."""

from collections.abc import Sequence
from datetime import datetime

from agenda.actions.cast import Part
from agenda.models import Hall
from agenda.queries.fitness import unfit
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
    found = unfit(
        hall=hall,
        linked=linked,
        starts=starts,
        ends=ends,
        interpretation=interpretation,
        has_remote=any(part.speaker.remote for part in cast),
        places=places,
    )
    for problem in found:
        raise DomainError(problem.code, problem.message, fields={problem.field: problem.message})
