"""Do the claims on quotas say what the applications say? One line for each thing that does not fit, public ids only."""

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Coalesce

from registration.enums import HOLDS_PLACE, PARTICIPATION, ClaimState, RegistrationState
from registration.models import Claim, Registration

IN_LINE = (ClaimState.WAITING, ClaimState.OFFERED)


def applications_without_claim() -> Iterator[str]:
    """Whoever is approved or confirmed holds one place of the category, whoever waits stands in one line."""
    own = Claim.objects.filter(person=OuterRef("person"), root=OuterRef("category__pool"))
    held = Registration.objects.filter(~Exists(own.filter(state=ClaimState.HELD)), state__in=HOLDS_PLACE)
    waits = Registration.objects.filter(~Exists(own.filter(state__in=IN_LINE)), state=RegistrationState.WAITLISTED)
    for ref, state in (held | waits).order_by("pk").values_list("ref", "state"):
        yield f"application {ref}: {state} without a claim"


def claims_without_application() -> Iterator[str]:
    """Every live claim on a category or a quota belongs to an application that holds a place or waits for one."""
    claims = Claim.objects.live().filter(pool__kind__in=PARTICIPATION)
    for claim in claims.filter(~Exists(_reasons())).order_by("pk"):
        yield f"claim {claim.public_id}: {claim.state} without an application"


def _reasons() -> QuerySet[Registration]:
    states = [*HOLDS_PLACE, RegistrationState.WAITLISTED]
    return Registration.objects.filter(person=OuterRef("person"), category__pool=OuterRef("root"), state__in=states)


def claims_elsewhere() -> Iterator[str]:
    """A claim's root is its pool, or the one its pool was carved out of."""
    claims = Claim.objects.annotate(whole=Coalesce("pool__parent", "pool")).exclude(root=F("whole"))
    for claim in claims.order_by("pk"):
        yield f"claim {claim.public_id}: counted under another pool"
