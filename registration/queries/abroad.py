"""Organisations abroad that get data of people: whom they concern, and who stands on their list.

An organisation is abroad when its region lies in another country than the host. It concerns the people of the
delegation of that country, and those whom it sends itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from forum.enums import Role
from forum.models import Forum, Organisation
from forum.queries.access import User, has_role
from registration.disclosures import Disclosure
from registration.enums import HOLDS_PLACE, ConsentPurpose
from registration.models import ConsentDocument, Registration
from registration.queries.consents import documents_in_force, who_agreed

ABROAD = ConsentPurpose.ABROAD


def organisations_abroad(forum: Forum) -> QuerySet[Organisation]:
    """By name."""
    rows = Organisation.objects.exclude(region=None).exclude(region__country=forum.host_region.country)
    return rows.select_related("region").order_by("name")


def receivers_abroad(registrations: Sequence[Registration]) -> Mapping[int, set[int]]:
    """By application; one query."""
    rows = Registration.objects.filter(pk__in=[one.pk for one in registrations])
    of_country = rows.filter(~Q(delegation__region__country=F("forum__host_region__country")))
    countries = dict(of_country.values_list("pk", "delegation__region__country"))
    senders = dict(
        rows.filter(sent_by__isnull=False)
        .exclude(sent_by__region__country=F("forum__host_region__country"))
        .values_list("pk", "sent_by")
    )
    by_country: dict[str, set[int]] = {}
    found = Organisation.objects.filter(region__country__in=set(countries.values()))
    for key, country in found.values_list("pk", "region__country"):
        by_country.setdefault(country, set()).add(key)
    return {
        one.pk: by_country.get(countries.get(one.pk, ""), set()) | ({senders[one.pk]} if one.pk in senders else set())
        for one in registrations
    }


DISCLOSURE = Disclosure(purpose=ABROAD, find=receivers_abroad, receivers=organisations_abroad)


@dataclass(frozen=True, kw_only=True)
class Abroad:
    """One organisation abroad with a text in force: whom it concerns and who has agreed."""

    document: ConsentDocument
    concerned: int
    agreed: int


def organisations_with_texts(user: User, *, forum: Forum) -> list[Abroad]:
    """Constant queries for each; there are a handful."""
    documents = [one for one in documents_in_force(forum.pk) if one.purpose == ABROAD and one.receiver]
    return [_counted(user, document, forum=forum) for document in documents]


def _counted(user: User, document: ConsentDocument, *, forum: Forum) -> Abroad:
    rows = _concerned(user, document.receiver, forum=forum)  # type: ignore[arg-type]
    agreed = on_the_list(user, document.receiver, forum=forum)  # type: ignore[arg-type]
    return Abroad(document=document, concerned=rows.count(), agreed=agreed.count())


def _concerned(user: User, receiver: Organisation, *, forum: Forum) -> QuerySet[Registration]:
    of_country = Q(sent_by=receiver)
    if receiver.region:
        of_country |= Q(delegation__region__country=receiver.region.country)
    rows = Registration.objects.filter(of_country, forum=forum, state__in=HOLDS_PLACE)
    rows = rows.filter(person__processing_stopped_at=None).select_related("person", "forum")
    return rows if has_role(user, Role.ACCREDITATION_OFFICER) else rows.none()


def on_the_list(user: User, receiver: Organisation, *, forum: Forum) -> QuerySet[Registration]:
    """Who has a place, is concerned and has agreed to this very receiver; nobody where there is no text."""
    agreed = who_agreed(forum, ABROAD, receiver)
    rows = _concerned(user, receiver, forum=forum).filter(person__in=agreed or ())
    return rows.order_by("person__sort_key", "pk")
