"""What the application form offers: kinds of participation, the consent in force, the delegations."""

from django.db.models import QuerySet
from django.utils.timezone import now

from forum.models import Forum
from registration.enums import ConsentPurpose
from registration.models import Category, ConsentDocument, Delegation


def open_categories(forum: Forum) -> QuerySet[Category]:
    """Kinds of participation people may apply for by themselves."""
    return Category.objects.filter(forum=forum, open_to_applicants=True)


def consent_in_force(forum: Forum, *, purpose: ConsentPurpose = ConsentPurpose.PROCESSING) -> ConsentDocument | None:
    """The newest published version; None before the first one is."""
    published = ConsentDocument.objects.filter(forum=forum, purpose=purpose, published_at__lte=now())
    return published.order_by("-version").first()


def delegations_of(forum: Forum) -> QuerySet[Delegation]:
    """Every delegation of the edition, the host's included."""
    return Delegation.objects.filter(forum=forum).select_related("region")
