"""What a place is for decides who may get it and what follows. The room that owns a kind of pool registers its policy."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from forum.registry import Register
from registration.models import Claim, Pool


def at_once(claim: Claim) -> datetime | None:
    """A place from the line is given, not offered: whoever waits has asked for nothing else."""
    return None


def always(pool: Pool) -> bool:
    """A line that nobody closes."""
    return True


def nothing_more(claim: Claim, *_facts: object) -> None:
    """Nothing follows."""


@dataclass(frozen=True)
class PoolPolicy:
    """Each function runs under the person's lock, in the transaction that changes the claim.

    `eligible`: may this waiting claim be served now? `offer_until`: how long the place is offered; None gives it at
    once. `held`: the line has given the place. `offered`: tell the person; the text is the secret of the link.
    `lapsed`: the offer was not answered in time and the place has gone on. `moves`: does the line of this pool move at all?
    Where it does not, nothing is given or offered, and offers that stand are over. It is asked without a lock.
    """

    eligible: Callable[[Claim], bool]
    held: Callable[[Claim], None] = nothing_more
    offer_until: Callable[[Claim], datetime | None] = at_once
    offered: Callable[[Claim, str], None] = nothing_more
    lapsed: Callable[[Claim], None] = nothing_more
    moves: Callable[[Pool], bool] = always


pool_policies: Register[PoolPolicy] = Register()
"""By `PoolKind`."""
