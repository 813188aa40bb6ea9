"""Applications: who may see which, the officers' queue, and how many stand where."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import CharField, Count, OuterRef, Q, QuerySet, Subquery

from forum.enums import Role
from forum.models import Account, Forum
from forum.queries.access import User, has_role
from forum.queries.compiled import Compiled, Slot
from registration.enums import CHECKED_FIRST, RegistrationState
from registration.models import PreCheck, Registration
from registration.queries.searching import matching

WITH_ALL = ("forum", "person", "category", "delegation__region")


def registrations_visible_to(user: User) -> QuerySet[Registration]:
    """For the team. Drafts belong to their applicants alone: nothing has been handed in yet."""
    rows = Registration.objects.select_related(*WITH_ALL).exclude(state=RegistrationState.DRAFT)
    return rows if has_role(user, Role.ACCREDITATION_OFFICER) else rows.none()


def registrations_for(user: User, refs: list[str]) -> QuerySet[Registration]:
    """For the applicant: what their account looks after, and what this browser started (`registration.sessions`)."""
    own = Q(ref__in=refs)
    if isinstance(user, Account):
        own |= Q(person__account=user)
    return (
        Registration.objects.select_related(*WITH_ALL)
        .filter(own, forum__is_current=True, erased_at=None)
        .order_by("-pk")
    )


def own_registration(user: User, *, ref: str, known: Callable[[Registration], bool]) -> Registration | None:
    """That one of `registrations_for` with this reference: every step of the form asks for it. `known` tells whether the
    browser may open it (`registration.sessions`).
    """
    found = _BY_REF.first(ref=ref)
    if found is None:
        return None
    looked_after = isinstance(user, Account) and found.person.account_id == user.pk
    return found if looked_after or known(found) else None


_BY_REF: Compiled[Registration] = Compiled(
    lambda: Registration.objects.select_related(*WITH_ALL).filter(
        ref=Slot("ref", CharField()), forum__is_current=True, erased_at=None
    )
)


@dataclass(frozen=True)
class QueueFilter:
    """How the officers' queue is narrowed; every value may be empty."""

    state: str = ""
    category: str = ""
    delegation: str = ""
    query: str = ""
    stage: str = ""


TO_CHECK, TO_DECIDE = "check", "decide"
"""How far a review of two glances has come."""
_CHECKED_BY = Subquery(PreCheck.objects.filter(registration=OuterRef("pk"), ended_at=None).values("checked_by"))


def queue(user: User, *, forum: Forum, narrowed_by: QueueFilter) -> QuerySet[Registration]:
    """The officers' list: oldest waiting first while under review, else sorted by name. `checked` is who has looked at it
    first, by key.
    """
    rows = registrations_visible_to(user).filter(forum=forum).annotate(checked=_CHECKED_BY)
    if narrowed_by.state:
        rows = rows.filter(state=narrowed_by.state)
    if narrowed_by.category:
        rows = rows.filter(category__code=narrowed_by.category)
    if narrowed_by.delegation:
        rows = rows.filter(delegation__region__code=narrowed_by.delegation)
    if narrowed_by.stage:
        rows = rows.filter(category__review__in=CHECKED_FIRST, checked__isnull=narrowed_by.stage == TO_CHECK)
    if narrowed_by.query.strip():
        rows = matching(rows, narrowed_by.query)
    order = ("submitted_at", "pk") if narrowed_by.state == RegistrationState.SUBMITTED else ("person__sort_key", "pk")
    return rows.order_by(*order)


def counts_by_state(forum: Forum) -> dict[str, int]:
    """How many applications stand where; every state is there, drafts are left out."""
    counted = dict(Registration.objects.filter(forum=forum).order_by().values_list("state").annotate(Count("pk")))
    return {s.value: counted.get(s.value, 0) for s in RegistrationState if s != RegistrationState.DRAFT}


def possible_duplicates(registration: Registration) -> QuerySet[Registration]:
    """Other live applications of the same forum with the same Latin name or the same folded name.

    A warning for the officer, never a refusal: namesakes exist, and ten people may share one email.
    """
    person = registration.person
    same = Q(person__sort_key=person.sort_key)
    if person.latin_surname:
        same |= Q(person__latin_surname=person.latin_surname, person__latin_given_name=person.latin_given_name)
    if person.erased_at is not None:
        return Registration.objects.none()
    rows = Registration.objects.filter(same, forum_id=registration.forum_id).exclude(pk=registration.pk)
    dead = [RegistrationState.CANCELLED, RegistrationState.REPLACED, RegistrationState.DRAFT]
    return rows.exclude(state__in=dead).select_related(*WITH_ALL)
