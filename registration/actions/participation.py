"""A participant's place: of the quota under which they come, else of the category. What the pool is, is decided here alone.

The caller holds the locks of the person and the registration (`registration.actions.state.lock`) and owns the transaction.
"""

from django.utils.translation import gettext as _

from forum.errors import DomainError
from registration.actions.placeholders import let_go, take_kept_place
from registration.actions.places import join_line, live_claim, lock_pools, move_claim, pass_place, release, take_place
from registration.enums import ClaimState
from registration.models import Category, Claim, Registration
from registration.queries.quotas import limits_of, name_of_pool, pools_of


def take_participation(registration: Registration) -> Claim:
    """Give the person the place that their head has put by for them, else one of the first pool that has one. Taking
    twice is taking once.

    Raises `DomainError("places.full")`, which names each limit that is reached.
    """
    pools = pools_of(registration)
    if pools[0].parent_id and (claim := take_kept_place(registration, pools[0])):
        return claim
    # Twice: a place may be moved from one to the other between two looks.
    for pool in pools * 2:
        try:
            return take_place(pool, person=registration.person)
        except DomainError as refusal:
            if refusal.code != "places.full":
                raise
    raise full(registration, remedy=_("Put the person in line, or raise the number of places."))


def full(registration: Registration, *, remedy: str) -> DomainError:
    """The refusal, with the limits that stand in the way and what helps."""
    found = limits_of(registration)
    limits = ", ".join(
        _("%(name)s: %(taken)s of %(places)s") % {"name": one.name, "taken": one.pool.taken, "places": one.pool.places}
        for one in found
    )
    kept = any(one.pool.left for one in found)
    reason = _("The free places are kept for those who wait in line.") if kept else _("All places are taken.")
    return DomainError("places.full", f"{reason} {limits}. {remedy}", pool=str(found[0].pool.public_id))


def join_participation(registration: Registration) -> Claim:
    """Put the person at the end of the line of the quota, or of the category where there is no quota."""
    return join_line(pools_of(registration)[0], person=registration.person)


def pass_participation(registration: Registration, *, to: Registration) -> Claim:
    """The place of one person goes to another of the same group, as it is."""
    claim = live_claim(registration.category.pool, person=registration.person)
    if claim is None or claim.state != ClaimState.HELD:
        return take_participation(to)
    let_go(to)
    return pass_place(claim, to=to.person)


def refuse_other_group(registration: Registration, substitute: Registration) -> None:
    """Raise `DomainError("registration.other_quota")` when the place is one of a quota that is not the substitute's."""
    claim = live_claim(registration.category.pool, person=registration.person)
    if claim and claim.pool not in pools_of(substitute):
        refusal = _("This place belongs to the quota of %(name)s. Choose an application of the same group.") % {
            "name": name_of_pool(claim.pool, category=registration.category)
        }
        raise DomainError("registration.other_quota", refusal, fields={"substitute": refusal})


def follow_group(registration: Registration) -> None:
    """The delegation, or the organisation that sends the person, has changed: the claim goes to the pool that fits now.

    Raises `DomainError("places.full")` when the new group has no place for somebody who has one already.
    """
    claim = live_claim(registration.category.pool, person=registration.person)
    if claim is None:
        return
    for pool in pools_of(registration):
        if claim.pool_id == pool.pk or move_claim(claim, to=pool):
            return
    raise full(registration, remedy=_("Raise the number of places first, or leave the group as it is."))


def change_root(registration: Registration, *, was: Category) -> None:
    """The person comes in another category: a place of the new one is taken, then that of the old one given back. Whoever
    waits goes to the end of the new line.

    Raises `DomainError("places.full")` for somebody who has a place already.
    """
    claim = live_claim(was.pool, person=registration.person)
    if claim is None:
        return
    pools = pools_of(registration)
    lock_pools(claim.pool, *pools)
    if claim.state == ClaimState.HELD:
        take_participation(registration)
    else:
        join_participation(registration)
    release(claim)
