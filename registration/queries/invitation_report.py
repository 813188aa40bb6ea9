"""What became of invitations and codes, in figures: by category, by list, by code."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from forum.models import Forum
from registration.enums import HOLDS_PLACE, InvitationState
from registration.models import AccessCode, Category, Invitation
from registration.queries.codes import WITH_ALL, shown, with_figures
from registration.queries.invitations import batches_of

_S = InvitationState
STEPS = ("written", "sent", "opened", "used", "approved", "declined", "withdrawn", "expired")
_COUNTED = {
    "written": Count("pk"),
    "sent": Count("pk", filter=Q(sent_at__isnull=False)),
    "opened": Count("pk", filter=Q(opened_at__isnull=False)),
    "used": Count("pk", filter=Q(state=_S.USED)),
    "approved": Count("pk", filter=Q(state=_S.USED, registration__state__in=HOLDS_PLACE)),
    "declined": Count("pk", filter=Q(state=_S.DECLINED)),
    "withdrawn": Count("pk", filter=Q(state=_S.WITHDRAWN)),
    "expired": Count("pk", filter=Q(state=_S.EXPIRED)),
}
"""Each step counts everybody who has come so far; the ends count those who stand there."""


@dataclass(frozen=True)
class Usage:
    """One line of the report, by name."""

    name: str
    written: int
    sent: int
    opened: int
    used: int
    approved: int
    declined: int
    withdrawn: int
    expired: int

    @property
    def figures(self) -> list[int]:
        """In the order of the table."""
        return [getattr(self, step) for step in STEPS]


def usage_by_category(forum: Forum) -> list[Usage]:
    """Categories that anybody was invited to."""
    categories = {one.pk: str(one) for one in Category.objects.filter(forum=forum).order_by("seniority")}
    return _usage(forum, "category", categories)


def usage_by_batch(forum: Forum) -> list[Usage]:
    """Lists, and what was written one by one."""
    names: dict[int | None, str] = {batch.pk: batch.name for batch in batches_of(forum)}
    return _usage(forum, "batch", names | {None: _("One by one")})


def _usage(forum: Forum, group: str, names: Mapping[Any, str]) -> list[Usage]:
    found = Invitation.objects.filter(forum=forum).order_by().values(group).annotate(**_COUNTED)
    counted = {row.pop(group): row for row in found}
    return [Usage(name=name, **counted[key]) for key, name in names.items() if key in counted]


def usage_in_all(rows: Iterable[Usage]) -> Usage:
    """The sums of the report."""
    lines = list(rows)
    return Usage(name=_("In all"), **{step: sum(getattr(line, step) for line in lines) for step in STEPS})


@dataclass(frozen=True)
class CodeUsage:
    """One code in the report."""

    name: str
    code: str
    category: str
    uses: int
    begun: int
    sent: int
    approved: int
    given_back: int

    @property
    def figures(self) -> list[int]:
        """In the order of the table."""
        return [self.uses, self.begun, self.sent, self.approved, self.given_back]


def usage_by_code(forum: Forum) -> list[CodeUsage]:
    """Every code of the edition, the newest first."""
    codes = with_figures(AccessCode.objects.filter(forum=forum).select_related(*WITH_ALL))
    return [_code_usage(code) for code in codes]


def _code_usage(code: Any) -> CodeUsage:
    return CodeUsage(
        name=code.name,
        code=shown(code.code),
        category=str(code.category),
        uses=code.uses,
        begun=code.n_begun,
        sent=code.n_sent,
        approved=code.n_approved,
        given_back=code.n_back,
    )
