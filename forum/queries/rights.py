"""Who may do what until when, and who gave it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from forum.enums import ROLE_SCOPES, Role, ScopeKind
from forum.models import AuditEntry, Forum, Membership
from forum.registry import scopes


@dataclass(frozen=True)
class RightsEvent:
    """One line of the history: the audit entry and the grant it is about."""

    entry: AuditEntry
    grant: Membership | None
    scope: str


def scope_choices(kind: str, *, forum: Forum) -> list[tuple[str, str]]:
    """What a grant of this kind may be limited to; nothing where no room offers that kind."""
    return scopes[kind](forum) if kind in scopes else []


def scope_names(forum: Forum) -> dict[tuple[str, str], str]:
    """(kind, id) -> name, for every scope there is."""
    return {(kind, key): name for kind in ScopeKind.values for key, name in scope_choices(kind, forum=forum)}


def region_scopes(forum: Forum) -> list[tuple[str, str]]:
    """Partner regions first, then the other delegations."""
    partners = {region.code: region.name for region in forum.partner_regions.all()}
    guests = {region.code: region.name for region in forum.guest_regions.all()}
    rest = sorted((item for item in guests.items() if item[0] not in partners), key=lambda item: item[1])
    return [*partners.items(), *rest]


def host_scopes(forum: Forum) -> list[tuple[str, str]]:
    """The plants that receive visitors, in their protocol order."""
    hosts = forum.roles.filter(role="host").select_related("organisation").order_by("position")
    return [(str(row.organisation.public_id), row.organisation.short_name or row.organisation.name) for row in hosts]


def roles_to_grant(forum: Forum) -> list[Role]:
    """Roles that can be given now; a role bound to a scope needs one that exists."""
    return [role for role in Role if role not in ROLE_SCOPES or scope_choices(ROLE_SCOPES[role], forum=forum)]


def live_grants(forum: Forum) -> QuerySet[Membership]:
    """Grants that hold now, by address."""
    return (
        Membership.objects.active()
        .filter(forum=forum)
        .select_related("account", "granted_by")
        .order_by("account__email")
    )


def past_grants(forum: Forum) -> QuerySet[Membership]:
    """Ended by a person or by the calendar, the latest first."""
    past = Membership.objects.filter(forum=forum).exclude(pk__in=Membership.objects.active())
    return past.select_related("account").order_by("-ended_at", "-valid_until")


def rights_history(forum: Forum, *, names: dict[tuple[str, str], str], last: int = 20) -> Sequence[RightsEvent]:
    """The latest grants and endings, two queries."""
    entries = list(
        AuditEntry.objects.filter(forum=forum, object_kind="membership").select_related("actor").order_by("-pk")[:last]
    )
    ids = [entry.object_id for entry in entries]
    grants = {str(g.public_id): g for g in Membership.objects.filter(public_id__in=ids).select_related("account")}
    return [_event(entry, grants.get(entry.object_id), names) for entry in entries]


def _event(entry: AuditEntry, grant: Membership | None, names: dict[tuple[str, str], str]) -> RightsEvent:
    scope = names.get((grant.scope_kind, grant.scope_id), grant.scope_id) if grant else ""
    return RightsEvent(entry=entry, grant=grant, scope=scope)
