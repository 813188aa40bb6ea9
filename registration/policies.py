"""What a place is for decides who may get it and what follows. The room that owns a kind of pool registers its policy."""

from collections.abc import Callable
from dataclasses import dataclass

from forum.registry import Register
from registration.models import Claim


@dataclass(frozen=True)
class PoolPolicy:
    """`eligible` is asked under the person's lock before a waiting claim is served; `held` runs right after, in the
    same transaction.
    """

    eligible: Callable[[Claim], bool]
    held: Callable[[Claim], None]


pool_policies: Register[PoolPolicy] = Register()
"""By `PoolKind`."""
