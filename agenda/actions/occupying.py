"""Writing down when a person is taken up. Every booking path comes through here; the exclusion constraint decides."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext as _

from agenda.engine.eligibility import Stretch
from agenda.models import OccupiedTime
from agenda.queries.bookables import Bookable
from forum.errors import DomainError
from registration.models import Claim

CONSTRAINT = "person_is_in_one_place"


def occupy_time(place: Bookable, claim: Claim, *, overridden: bool = False) -> None:
    """The person of `claim` is taken up by `place` from now on. The caller holds the person's row lock.

    Raises `DomainError("places.clash")` when the database knows of a clash that the reasons did not.
    """
    if place.takes_time:
        with clash_in_words():
            OccupiedTime.objects.bulk_create(rows_of(place.stretches, claim, overridden=overridden))


def rows_of(stretches: Sequence[Stretch], claim: Claim, *, overridden: bool = False) -> list[OccupiedTime]:
    """A row for each stretch, not saved."""
    return [
        OccupiedTime(
            person_id=claim.person_id,
            claim=claim,
            during=DateTimeTZRange(stretch.starts, stretch.ends),
            starts_at_id=stretch.starts_at,
            ends_at_id=stretch.ends_at,
            overridden=overridden,
        )
        for stretch in stretches
    ]


def free_time(claim: Claim) -> None:
    """The person is free again."""
    OccupiedTime.objects.filter(claim=claim).delete()


@contextmanager
def clash_in_words() -> Iterator[None]:
    """The constraint's refusal as ours; every other fault stays a fault."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") != CONSTRAINT:
            raise
        message = _("Another place at the same time has just been booked. Look at the agenda, then choose again.")
        raise DomainError("places.clash", message) from error
