"""Who still has to answer questions of a form that was published after they had applied."""

from collections.abc import Iterator

from django.db.models import QuerySet

from registration.engine.questions.sheet import Item, Sheet
from registration.enums import UNDER_WAY, ClaimState
from registration.models import Category, Claim, Registration
from registration.queries.applications import WITH_ALL
from registration.queries.forms import sheet_of, world_of
from registration.queries.questions import WITH_ANSWERS, before

CHUNK = 1000


def owing(category: Category, sheet: Sheet | None = None) -> Iterator[tuple[Registration, list[Item]]]:
    """People by name, each with the questions they owe: of the form in force, or of any other `sheet`.

    Conditions are judged person by person, so that everybody is read: five queries for each thousand.
    """
    if sheet is None and category.form_id is None:
        return
    sheet = sheet or sheet_of(category.form_id)
    world, held = world_of(sheet), _held(sheet)
    for registration in _sent(category).iterator(chunk_size=CHUNK):
        lost = set(sheet.pools) - held.get(registration.person_id, set())
        if owed := before(registration, sheet, world=world, lost=lost).owed:
            yield registration, owed


def _sent(category: Category) -> QuerySet[Registration]:
    rows = Registration.objects.filter(category=category, state__in=UNDER_WAY, person__processing_stopped_at=None)
    return rows.select_related(*WITH_ALL).prefetch_related(WITH_ANSWERS).order_by("person__sort_key", "pk")


def _held(sheet: Sheet) -> dict[int, set[int]]:
    """Person -> pools of the form in which they have a place."""
    found: dict[int, set[int]] = {}
    claims = Claim.objects.filter(pool__in=sheet.pools, state=ClaimState.HELD)
    for person, pool in claims.values_list("person_id", "pool_id"):
        found.setdefault(person, set()).add(pool)
    return found
