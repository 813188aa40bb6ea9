"""The proof's figures for those on duty: of the current edition, one query each."""

from collections.abc import Iterator

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.timezone import now

from badges.enums import CredentialState
from badges.models import BadgeFile, Device, Scan
from badges.queries.devices import is_silent
from forum.registry import Figure
from registration.enums import RegistrationState
from registration.models import Registration


def badges() -> Iterator[Figure]:
    """Of the confirmed people who get a badge: drawn, flagged (the print desk must look), or missing (a worker must)."""
    files = BadgeFile.objects.filter(
        credential__registration=OuterRef("pk"), credential__state=CredentialState.LIVE, erased_at=None
    ).order_by()
    holders = Registration.objects.filter(
        forum__is_current=True, state=RegistrationState.CONFIRMED, category__prints_badge=True
    )
    marked = holders.order_by().annotate(has_file=Exists(files.filter(file__isnull=False)), has_any=Exists(files))
    found = marked.aggregate(
        drawn=Count("pk", filter=Q(has_file=True)),
        flagged=Count("pk", filter=Q(has_file=False, has_any=True)),
        missing=Count("pk", filter=Q(has_file=False, has_any=False)),
    )
    yield Figure(
        "forum_badges", "Badges of confirmed people.", ("state",), [((k,), float(n)) for k, n in found.items()]
    )


def phones() -> Iterator[Figure]:
    """Phones that may scan, and those of them that fell silent though their point is open."""
    able = Device.objects.filter(point__forum__is_current=True, revoked_at=None, expires_at__gt=now())
    found = able.order_by().aggregate(able=Count("pk"), silent=Count("pk", filter=is_silent()))
    rows = [((state,), float(number)) for state, number in found.items()]
    yield Figure("forum_phones", "Phones at the doors.", ("state",), rows)


def scans() -> Iterator[Figure]:
    """Scans by verdict."""
    rows = Scan.objects.filter(point__forum__is_current=True).order_by().values_list("outcome").annotate(Count("pk"))
    found = [((outcome,), float(number)) for outcome, number in rows]
    yield Figure("forum_scans", "Scans by verdict.", ("outcome",), found, counts=True)
