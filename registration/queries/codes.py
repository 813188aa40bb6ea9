"""Codes: which there are, what a typed one opens, and who came by it."""

from django.db.models import Count, Q, QuerySet
from django.utils.timezone import now

from forum.enums import Role
from forum.models import Forum
from forum.queries.access import User, has_role
from forum.refs import read_code
from registration.enums import HOLDS_PLACE, RegistrationState
from registration.models import AccessCode, CodeUse
from registration.models.codes import CODE_LENGTH

WITH_ALL = ("forum", "category__pool", "quota__delegation__region", "quota__organisation")


def codes_visible_to(user: User) -> QuerySet[AccessCode]:
    """Of the current edition, for accreditation officers and organisers."""
    rows = AccessCode.objects.filter(forum__is_current=True).select_related(*WITH_ALL)
    return rows if has_role(user, Role.ACCREDITATION_OFFICER) else rows.none()


def with_figures(codes: QuerySet[AccessCode]) -> QuerySet[AccessCode]:
    """Codes with `n_begun`, `n_sent`, `n_approved` and `n_back` of their applications."""
    sent = Q(applications__taken_at__isnull=False)
    approved = Q(applications__registration__state__in=HOLDS_PLACE)
    return codes.annotate(
        n_begun=Count("applications"),
        n_sent=Count("applications", filter=sent),
        n_approved=Count("applications", filter=approved & sent),
        n_back=Count("applications", filter=sent & Q(applications__is_taken=False)),
    ).order_by("-pk")


def code_of(forum: Forum, typed: str) -> AccessCode | None:
    """What somebody has typed or opened, dead codes too: the page says why. None for what is no code of ours."""
    try:
        code = read_code(typed, length=CODE_LENGTH, code="code.malformed")
    except ValueError:
        return None
    return AccessCode.objects.select_related(*WITH_ALL).filter(forum=forum, code=code).first()


def is_open(code: AccessCode) -> bool:
    """It may begin an application now. Whether a use is left is decided when the application is sent."""
    late = code.valid_until is not None and code.valid_until <= now()
    return code.stopped_at is None and not late and code.used < code.uses and code.forum.applications_open


def applications_of(code: AccessCode) -> QuerySet[CodeUse]:
    """Who came by it, sent ones alone: drafts belong to their applicants."""
    rows = CodeUse.objects.filter(code=code).exclude(registration__state=RegistrationState.DRAFT)
    return rows.exclude(taken_at=None).select_related("registration__person", "registration__category")


def shown(code: str) -> str:
    """Two groups of four, as printed and spoken."""
    return f"{code[:4]}-{code[4:]}"


def miscounted() -> list[str]:
    """Codes whose number of uses is not that of their applications; public ids only."""
    counted = AccessCode.objects.annotate(counted=Count("applications", filter=Q(applications__is_taken=True)))
    return [
        f"code {one.public_id}: {one.used} uses counted, {one.counted} applications"
        for one in counted.order_by("pk")
        if one.used != one.counted
    ]
