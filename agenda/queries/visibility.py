"""Which rows of the programme a person may see and edit. Pages, exports and the API all start here; what is not in these
querysets is a 404 everywhere (COM-1, COM-2).

The host team sees and edits everything of the current edition. A partner team edits the sessions its region hosts; it also
sees those that need its agreement: co-hosted ones, and ones held or linked in its own venue. Drafts of other sessions are
shown to nobody else; of them a partner learns only that a hall is occupied (`queries/team_programme.py`).
"""

from django.db.models import Q, QuerySet

from agenda.models import Proposal, Session, Speaker
from agenda.queries.keys import partner_keys
from forum.enums import Role, ScopeKind
from forum.models import Forum, Organisation, Region
from forum.queries.access import User, has_role, scopes_of


def is_host_team(user: User) -> bool:
    """Whether `user` places sessions and publishes: programme editors and organisers."""
    return has_role(user, Role.PROGRAMME_EDITOR)


def regions_of(user: User) -> set[str]:
    """Codes of the regions for which `user` edits sessions as a partner; empty means nothing, never everything."""
    return scopes_of(user, Role.PARTNER_EDITOR, ScopeKind.REGION)


def sessions_visible_to(user: User) -> QuerySet[Session]:
    """Sessions whose draft `user` may read."""
    return _limited(user, _shared_with(regions_of(user)))


def sessions_editable_by(user: User) -> QuerySet[Session]:
    """Sessions whose content `user` may change."""
    return _limited(user, Q(host_region__code__in=regions_of(user)))


def speakers_visible_to(user: User) -> QuerySet[Speaker]:
    """Speakers whose whole entry `user` may read: the region's own, and whoever is on stage in its sessions."""
    found = Speaker.objects.filter(forum__is_current=True)
    if is_host_team(user):
        return found
    on_stage = sessions_editable_by(user).values("speakers")
    return found.filter(_own(regions_of(user)) | Q(pk__in=on_stage))


def speakers_editable_by(user: User) -> QuerySet[Speaker]:
    """Speakers whose entry `user` may change: those who come from the region, or whom its team looks after."""
    found = Speaker.objects.filter(forum__is_current=True)
    return found if is_host_team(user) else found.filter(_own(regions_of(user)))


def proposals_visible_to(user: User) -> QuerySet[Proposal]:
    """Proposals about the sessions that `user` may read."""
    return Proposal.objects.filter(session__in=sessions_visible_to(user))


def proposals_answerable_by(user: User) -> QuerySet[Proposal]:
    """Proposals that wait, or waited, for the side of `user`."""
    return proposals_visible_to(user).filter(answered_by__code__in=sides_of(user))


def organisations_visible_to(user: User) -> QuerySet[Organisation]:
    """Organisations that a speaker's entry may name: those of the forum's protocol, and of the region."""
    found = Organisation.objects.all()
    if is_host_team(user):
        return found
    of_forum = Q(roles__forum__is_current=True) | Q(region__code__in=regions_of(user))
    mine = Q(pk__in=speakers_visible_to(user).values("organisation"))
    return found.filter(pk__in=found.filter(of_forum | mine).values("pk"))


def sides_of(user: User) -> set[str]:
    """Codes of the regions on whose behalf `user` proposes and answers."""
    if not is_host_team(user):
        return regions_of(user)
    return set(Forum.objects.filter(is_current=True).values_list("host_region__code", flat=True))


def acts_for(user: User, session: Session) -> Region:
    """The region on whose behalf `user` speaks about a session they may see."""
    if is_host_team(user):
        return session.forum.host_region
    mine = regions_of(user)
    involved = [session.host_region, *partner_keys(session)]
    return next((region for region in involved if region.code in mine), None) or Region.objects.get(code=min(mine))


def _limited(user: User, mine: Q) -> QuerySet[Session]:
    found = Session.objects.filter(forum__is_current=True)
    # A subquery, because the joins of co-hosts and linked halls would give a session several times.
    return found if is_host_team(user) else found.filter(pk__in=found.filter(mine).order_by().values("pk"))


def _shared_with(regions: set[str]) -> Q:
    venue = Q(hall__venue__region__code__in=regions) | Q(linked_halls__venue__region__code__in=regions)
    return Q(host_region__code__in=regions) | Q(co_hosts__code__in=regions) | venue


def _own(regions: set[str]) -> Q:
    return Q(region__code__in=regions) | Q(kept_by__code__in=regions)
