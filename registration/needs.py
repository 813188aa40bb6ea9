"""Who needs the data of somebody's document, which of them, what for and until when. Each room registers what it needs.

Nothing of a document is asked where nobody needs it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from forum.enums import Role
from forum.registry import Register
from registration.enums import DocumentField
from registration.models import Registration


@dataclass(frozen=True, kw_only=True)
class Need:
    """One reason to ask. `why` and `seen_by` are whole sentences in the reader's language.

    `until`: the day on which what it needed is over; the data go thirty days later. `is_open`: it still asks.
    """

    fields: frozenset[DocumentField]
    why: str
    seen_by: str
    until: date
    is_open: bool = True


@dataclass(frozen=True, kw_only=True)
class NeedSource:
    """A room that needs documents. `find` answers for many applications at once (by primary key), in constant queries.

    `roles`: who besides the accreditation officer may read these fields, with a reason.
    """

    find: Callable[[Sequence[Registration]], Mapping[int, list[Need]]]
    roles: frozenset[Role]


need_sources: Register[NeedSource] = Register()
"""By the name of what needs them."""
