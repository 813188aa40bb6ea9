"""Delegations: who may see which, how they stand, and what is missing of whom."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet
from django.utils.timezone import localdate

from forum.enums import Role, ScopeKind
from forum.models import Forum, Membership, Message
from forum.queries.access import User, has_role, scopes_of
from registration.enums import EDITABLE, RegistrationState
from registration.models import Category, Delegation, IdentityDocument, PlaceHolder, Quota, Registration
from registration.queries.applications import WITH_ALL
from registration.queries.documents import OVER, missing_columns, needs_of
from registration.queries.questions import gather, owes_answers

_S = RegistrationState
REMINDER = "registration.reminder"
OF_THE_TEAM = ~Q(state=_S.DRAFT) | Q(imported__isnull=False)
"""Drafts belong to their applicants alone, but for those that a list or the head has made."""


def delegations_visible_to(user: User) -> QuerySet[Delegation]:
    """All of the current edition for officers, their own for a head; sorted by code."""
    rows = Delegation.objects.filter(forum__is_current=True).select_related("region", "forum").order_by("region__code")
    if has_role(user, Role.ACCREDITATION_OFFICER):
        return rows
    return rows.filter(region__code__in=scopes_of(user, Role.DELEGATION_HEAD, ScopeKind.REGION))


def members_of_delegation(delegation: Delegation) -> QuerySet[Registration]:
    """Who comes with it or was written down for it, by name. Whoever may see the delegation may see them."""
    rows = Registration.objects.filter(OF_THE_TEAM, delegation=delegation).select_related(*WITH_ALL)
    return rows.order_by("person__sort_key", "pk")


def heads_of(delegation: Delegation) -> QuerySet[Membership]:
    """Who leads it now; ends by itself with the grant."""
    mine = Membership.objects.active().filter(forum=delegation.forum_id, role=Role.DELEGATION_HEAD)
    return mine.filter(scope_id=delegation.region.code).select_related("account").order_by("account__email")


@dataclass
class Standing:
    """One delegation in figures. `awaited`: people of whom the next step is expected: a consent, the application itself, a
    correction, the word that they come. What else is missing is told on the delegation's own page.
    """

    delegation: Delegation
    quotas: list[Quota] = field(default_factory=list)
    drafts: int = 0
    applied: int = 0
    approved: int = 0
    confirmed: int = 0
    awaited: int = 0

    @property
    def places(self) -> int:
        """Of all its quotas."""
        return sum(quota.pool.places for quota in self.quotas)

    @property
    def taken(self) -> int:
        """Of all its quotas, nameless places among them."""
        return sum(quota.pool.taken for quota in self.quotas)

    @property
    def excess(self) -> int:
        """People beyond the places."""
        return sum(quota.pool.excess for quota in self.quotas)


def standings(delegations: Sequence[Delegation]) -> list[Standing]:
    """Two queries, however many there are. `applied` are those who have sent and not left, whatever was decided since."""
    found = {delegation.pk: Standing(delegation) for delegation in delegations}
    for quota in Quota.objects.filter(delegation__in=found).select_related("category", "pool").order_by("category"):
        found[quota.delegation_id or 0].quotas.append(quota)
    rows = Registration.objects.filter(OF_THE_TEAM, delegation__in=found).exclude(state__in=OVER).order_by()
    for key, state, number in rows.values_list("delegation", "state").annotate(Count("pk")):
        _count(found[key], RegistrationState(state), number)
    return list(found.values())


def _count(one: Standing, state: RegistrationState, number: int) -> None:
    one.drafts += number if state == _S.DRAFT else 0
    one.applied += number if state != _S.DRAFT else 0
    one.approved += number if state == _S.APPROVED else 0
    one.confirmed += number if state == _S.CONFIRMED else 0
    one.awaited += number if state in (*EDITABLE, _S.APPROVED) else 0


@dataclass(frozen=True)
class OfCategory:
    """Places of one category for a delegation; `nameless` of them are kept for people without a name."""

    quota: Quota
    nameless: list[PlaceHolder]

    @property
    def used(self) -> int:
        """Taken by people."""
        return self.quota.pool.taken - len(self.nameless)


def quotas_of_delegation(delegation: Delegation) -> list[OfCategory]:
    """By seniority of the category; two queries."""
    quotas = list(delegation.quotas.select_related("category__pool", "pool", "forum", "delegation__region"))
    kept: dict[int, list[PlaceHolder]] = defaultdict(list)
    for holder in PlaceHolder.objects.live().filter(quota__in=quotas).order_by("names_by", "pk"):
        kept[holder.quota_id].append(holder)
    quotas.sort(key=lambda quota: quota.category.seniority)
    return [OfCategory(quota, kept[quota.pk]) for quota in quotas]


def quota_in(delegation: Delegation, category: Category) -> Quota | None:
    """What is kept of this category."""
    return delegation.quotas.filter(category=category).select_related("pool", "category", "forum").first()


def awaited_of(registrations: Sequence[Registration]) -> dict[int, list[str]]:
    """Primary key -> what is missing, the first thing first: `consent`, `sending`, `changes`, `confirmation`, `answers`,
    `document`. Never a value. A constant number of queries.
    """
    alive = [one for one in registrations if one.state not in OVER]
    gather(alive)
    needs = needs_of(alive)
    asked = [one for one in alive if needs[one.pk].fields]
    documents = {row.registration_id: row for row in _documents(asked)}
    found = {one.pk: _step_of(one) for one in registrations}
    for one in alive:
        if owes_answers(one):
            found[one.pk].append("answers")
    for one in asked:
        if missing_columns(one, documents.get(one.pk), needs[one.pk]):
            found[one.pk].append("document")
    return found


def _documents(asked: Sequence[Registration]) -> QuerySet[IdentityDocument]:
    return IdentityDocument.objects.filter(registration__in=asked, erased_at=None)


_STEPS = {_S.DRAFT: "sending", _S.NEEDS_CHANGES: "changes", _S.APPROVED: "confirmation"}


def _step_of(registration: Registration) -> list[str]:
    if registration.awaits_consent and registration.state == _S.DRAFT:
        return ["consent"]
    step = _STEPS.get(RegistrationState(registration.state))
    return [step] if step else []


def today() -> str:
    """The occasion of a reminder: one to a person on a day of the forum's calendar."""
    return f"day:{localdate().isoformat()}"


def reminded_today(registrations: Sequence[Registration]) -> set[str]:
    """References of those to whom a reminder was written today."""
    letters = Message.objects.filter(reason=REMINDER, subject_kind="registration", occasion=today())
    return set(letters.filter(subject_id__in=[one.ref for one in registrations]).values_list("subject_id", flat=True))


def papers_visible_to(user: User, forum: Forum) -> QuerySet[Registration]:
    """Drafts of people who cannot be written to and have not consented yet: they sign on paper."""
    rows = Registration.objects.filter(forum=forum, state=_S.DRAFT, awaits_consent=True, person__email="")
    rows = rows.select_related(*WITH_ALL).order_by("person__sort_key", "pk")
    return rows if has_role(user, Role.ACCREDITATION_OFFICER, Role.CHECKIN_SUPERVISOR) else rows.none()


def signed_on_paper(forum: Forum) -> QuerySet[Registration]:
    """Drafts whose people have signed on paper and cannot be written to: the officer completes and sends them."""
    rows = Registration.objects.filter(forum=forum, state=_S.DRAFT, awaits_consent=False, imported__isnull=False)
    signed = rows.filter(person__consents__evidence="signed_paper", person__consents__withdrawal=None)
    return signed.select_related(*WITH_ALL).distinct().order_by("person__sort_key", "pk")
