"""To whom outside the forum data of people go, and under which consent. Each room registers what it hands out.

Whoever is concerned is asked for the consent of that receiver, and nobody else is.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from forum.models import Forum, Organisation
from forum.registry import Register
from registration.enums import ConsentPurpose
from registration.models import Registration


@dataclass(frozen=True, kw_only=True)
class Disclosure:
    """One way out. `find` gives for many applications at once (by primary key) the keys of the organisations that get
    their data, in constant queries; `receivers` those for which a text may be published.
    """

    purpose: ConsentPurpose
    find: Callable[[Sequence[Registration]], Mapping[int, set[int]]]
    receivers: Callable[[Forum], QuerySet[Organisation]]


disclosures: Register[Disclosure] = Register()
"""By purpose."""
