"""Setting an edition up: categories, zones, delegations, consent texts."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.timezone import now

from forum.actions.audit import record
from forum.models import Account, Forum, Organisation, Region
from registration.actions.consent_letters import tell_of_text
from registration.enums import PoolKind
from registration.models import Category, ConsentDocument, Delegation, Pool, Zone
from registration.queries.consents import matter_key


@transaction.atomic
def create_zone(*, forum: Forum, by: Account, code: str, **values: str) -> Zone:
    """An area of the forum, or the entitlement of a plant visit."""
    zone = Zone.objects.create(forum=forum, code=code, **values)
    record("zone.created", on=("zone", code), forum=forum, by=by)
    return zone


@transaction.atomic
def create_category(
    *, forum: Forum, by: Account, code: str, places: int, zones: Sequence[Zone], **values: str | int | bool
) -> Category:
    """A kind of participation with its quota of `places` and the zones it opens."""
    pool = Pool.objects.create(kind=PoolKind.CATEGORY, places=places)
    category = Category.objects.create(forum=forum, code=code, pool=pool, **values)
    category.zones.set(zones)
    record("category.created", on=("category", code), forum=forum, by=by, places=places)
    return category


@transaction.atomic
def create_delegation(*, forum: Forum, by: Account, region: Region) -> Delegation:
    """The group of one country or region."""
    delegation = Delegation.objects.create(forum=forum, region=region)
    record("delegation.created", on=("delegation", region.code), forum=forum, by=by)
    return delegation


@transaction.atomic
def publish_consent(
    *, forum: Forum, by: Account, purpose: str, texts: Mapping[str, str], receiver: Organisation | None = None
) -> ConsentDocument:
    """The next version of a consent. `texts` maps translated columns (`title_ru`, `body_ru`, ...) to text.

    Consents to earlier versions stay what they are; whoever has to read the new one gets a letter. The forum's row is
    locked: two officers make two versions.
    """
    Forum.objects.select_for_update(no_key=True).get(pk=forum.pk)
    known = ConsentDocument.objects.filter(forum=forum, purpose=purpose, receiver=receiver)
    latest = known.order_by("-version").first()
    document = ConsentDocument.objects.create(
        forum=forum,
        purpose=purpose,
        receiver=receiver,
        version=latest.version + 1 if latest else 1,
        published_at=now(),
        **texts,
    )
    record(
        "consent.published",
        on=("consent_document", matter_key(purpose, receiver)),
        forum=forum,
        by=by,
        version=document.version,
    )
    tell_of_text(document, by=by)
    return document
