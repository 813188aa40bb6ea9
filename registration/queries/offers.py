"""What the application form offers: kinds of participation, the consent in force, the delegations."""

from django.db.models import BigIntegerField, CharField, DateTimeField, QuerySet
from django.utils.timezone import now

from forum.models import Forum
from forum.queries.compiled import Compiled, Slot
from registration.enums import ConsentPurpose
from registration.models import Category, ConsentDocument, Delegation

LONGEST_KEY = 18
"""Digits of what may be a key; longer numbers do not fit into one."""


def open_categories(forum: Forum) -> QuerySet[Category]:
    """Kinds of participation people may apply for by themselves."""
    return _open_categories(forum)


def open_category(forum: Forum, *, code: str) -> Category | None:
    """That one of them with this code: everybody who applies asks for it twice."""
    return _CATEGORY.first(forum=forum.pk, code=code)


def _open_categories(forum: "Forum | Slot") -> QuerySet[Category]:
    return Category.objects.filter(forum=forum, open_to_applicants=True)


def consent_in_force(forum: Forum, *, purpose: ConsentPurpose = ConsentPurpose.PROCESSING) -> ConsentDocument | None:
    """The newest published version; None before the first one is."""
    return _CONSENT.first(forum=forum.pk, purpose=purpose.value, at=now())


def _consent() -> QuerySet[ConsentDocument]:
    published = ConsentDocument.objects.filter(forum=_FORUM, published_at__lte=Slot("at", DateTimeField()))
    return published.filter(purpose=Slot("purpose", CharField())).order_by("-version")[:1]


def delegations_of(forum: "Forum | Slot") -> QuerySet[Delegation]:
    """Every delegation of the edition, the host's included."""
    return Delegation.objects.filter(forum=forum).select_related("region")


def all_delegations(forum: Forum) -> list[Delegation]:
    """The same as rows, for a choice."""
    return _DELEGATIONS.rows(forum=forum.pk)


def delegation_of_key(forum: Forum, key: str) -> Delegation | None:
    """The one that a choice names."""
    return _DELEGATION.first(forum=forum.pk, pk=int(key)) if key.isdecimal() and len(key) <= LONGEST_KEY else None


_FORUM = Slot("forum", BigIntegerField())
_CATEGORY: Compiled[Category] = Compiled(lambda: _open_categories(_FORUM).filter(code=Slot("code", CharField()))[:1])
_CONSENT: Compiled[ConsentDocument] = Compiled(_consent)
_DELEGATIONS: Compiled[Delegation] = Compiled(lambda: delegations_of(_FORUM))
_DELEGATION: Compiled[Delegation] = Compiled(
    lambda: delegations_of(_FORUM).filter(pk=Slot("pk", BigIntegerField())).order_by()
)
