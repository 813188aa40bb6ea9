"""Who works on the programme, by side."""

from django.db.models import QuerySet

from forum.enums import Role, ScopeKind
from forum.models import Account, Forum, Membership, Region


def editors_of(region: Region, *, forum: Forum) -> QuerySet[Account]:
    """Who is told what concerns a side: its editors; the organisers where the host team has no editor of its own."""
    grants = Membership.objects.active().filter(forum=forum)
    if region.pk != forum.host_region_id:
        chosen = grants.filter(role=Role.PARTNER_EDITOR, scope_kind=ScopeKind.REGION, scope_id=region.code)
    else:
        editors = grants.filter(role=Role.PROGRAMME_EDITOR)
        chosen = editors if editors.exists() else grants.filter(role=Role.ORGANISER)
    return Account.objects.filter(pk__in=chosen.values("account"), is_active=True).order_by("pk")
