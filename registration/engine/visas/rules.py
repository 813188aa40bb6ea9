"""Which dated rule speaks of somebody: a pure choice by citizenship, document and days of the stay.

A rule is never a reason to refuse anybody: what no rule knows is checked by an officer.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from registration.enums import RUSSIAN_KINDS, DocumentKind, VisaOutcome

NO_ENTRY = frozenset({*RUSSIAN_KINDS, DocumentKind.RESIDENCE_PERMIT})
"""Documents with which nobody crosses the border as a guest: their holders live here (115-FZ art. 2, 24)."""
USUAL = DocumentKind.FOREIGN_PASSPORT
"""The document of whoever has not said yet which one it will be."""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What holds for a citizenship from `starts` until the day before `ends`; None is open. `document`: empty for any of
    them. `most_days`: the longest stay without a visa; None where the length does not matter. `key` names the row.
    """

    citizenship: str
    document: str
    starts: date | None
    ends: date | None
    outcome: VisaOutcome
    most_days: int | None = None
    lead_days: int = 0
    key: int = 0

    def covers(self, first: date, last: date) -> bool:
        """Whether it holds on every day of the stay."""
        return (self.starts is None or self.starts <= first) and (self.ends is None or last < self.ends)


@dataclass(frozen=True)
class Verdict:
    """What is needed, and the rule that says so; no rule where nothing is known, or nothing is asked."""

    outcome: VisaOutcome
    rule: Rule | None = None


def verdict(rules: Iterable[Rule], *, citizenship: str, document: str, first: date, last: date) -> Verdict:
    """What somebody needs for the stay from `first` to `last`, both included.

    A rule for the very document goes before one for any. A stay longer than the rule lets pass needs a visa. A rule that
    does not hold on every day of the stay says nothing: an officer looks.
    """
    if not citizenship:
        return Verdict(VisaOutcome.UNKNOWN)
    if citizenship == "RU" or document in NO_ENTRY:
        return Verdict(VisaOutcome.FREE)
    wanted = document or USUAL
    fitting = [rule for rule in rules if rule.citizenship == citizenship and rule.document in ("", wanted)]
    rule = max((one for one in fitting if one.covers(first, last)), key=lambda one: bool(one.document), default=None)
    if rule is None:
        return Verdict(VisaOutcome.UNKNOWN)
    too_long = rule.most_days is not None and (last - first).days + 1 > rule.most_days
    return Verdict(VisaOutcome.VISA if too_long else rule.outcome, rule)
