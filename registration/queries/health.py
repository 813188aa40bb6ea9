"""Registration's figures for those on duty."""

from collections.abc import Iterator

from django.db.models import Count

from forum.registry import Figure
from registration.models import Registration


def applications() -> Iterator[Figure]:
    """How many applications of the current edition stand in each state."""
    rows = Registration.objects.filter(forum__is_current=True).order_by().values_list("state").annotate(Count("pk"))
    yield Figure("forum_applications", "Applications.", ("state",), [((state,), float(n)) for state, n in rows])
