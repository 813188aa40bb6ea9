"""Quotas of the demo: places kept for delegations, one of them full, and somebody of its waiting list with an offer."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from django.utils.timezone import now

from forum.demo import DELEGATE_ACCOUNT, DemoContext
from forum.models import Account
from registration.actions.applications import save_answers, start_application, submit, withdraw
from registration.actions.line import serve_line
from registration.actions.quotas import Terms, set_quota
from registration.actions.review import put_in_line
from registration.enums import HOLDS_PLACE, RegistrationState
from registration.models import Category, ConsentDocument, Delegation, Registration
from registration.queries.quotas import members_of

SPARE = [("delegate_intl", "UZ", 0), ("delegate_intl", "BY", 0), ("delegate", "RU-SPE", 6), ("delegate", "RU-NVS", 4)]
"""Category, delegation, and how many places more than its people have."""
CLOSED = ("delegate", "RU-TOM")
"""Full, and not let over into the category: here somebody waits and is offered a place."""
OFFERED = "offered@example.org"
ANSWERS = {
    "surname": "Ожидаева",
    "given_name": "Марина",
    "patronymic": "Олеговна",
    "latin_surname": "OZHIDAEVA",
    "latin_given_name": "MARINA",
    "citizenship": "RU",
    "languages": ["ru"],
    "organisation": "Музей истории комбината «Макет»",
    "position": "научный сотрудник",
    "email": OFFERED,
}


def build_quotas(
    context: DemoContext,
    *,
    officer: Account,
    document: ConsentDocument,
    categories: dict[str, Category],
    delegations: dict[str, Delegation],
) -> None:
    """After everybody has applied: whoever has a place already is counted in the quota."""
    with context.at(context.moment(-16, time(10))):
        for category, code, spare in SPARE:
            _keep(context, categories[category], delegations[code], spare=spare)
        code = CLOSED[1]
        holders = _keep(context, categories[CLOSED[0]], delegations[code], spare=0, overflows=False)
    _offer(context, categories[CLOSED[0]], delegations[code], holders, officer=officer, document=document)


def _keep(
    context: DemoContext, category: Category, delegation: Delegation, *, spare: int, overflows: bool = True
) -> Sequence[Registration]:
    """As many places as the delegation has, and `spare` more where the category has them. Gives who has one."""
    category = Category.objects.select_related("pool", "forum").get(pk=category.pk)
    has = Registration.objects.filter(category=category, delegation=delegation, state__in=HOLDS_PLACE)
    places = has.count() + min(spare, category.pool.left)
    release_at = context.moment(-10, time(18)) if overflows else None
    terms = Terms(places=places, overflows=overflows, release_at=release_at if _ahead(release_at) else None)
    quota = set_quota(category, group=delegation, terms=terms, by=context.by)
    return list(members_of(quota).filter(state=RegistrationState.CONFIRMED).select_related("person"))


def _ahead(moment: datetime | None) -> bool:
    return moment is not None and moment > now()


def _offer(
    context: DemoContext,
    category: Category,
    delegation: Delegation,
    holders: Sequence[Registration],
    *,
    officer: Account,
    document: ConsentDocument,
) -> None:
    """Marina waits; a colleague gives a place back, and it is kept for her."""
    lately = min(now(), context.moment(-1, time(12)))
    with context.at(lately - timedelta(days=3)):
        draft = start_application(forum=context.forum, category=category, document=document, language="ru")
        answers = ANSWERS | {"delegation": delegation}
        waiting = submit(save_answers(draft, version=draft.version, answers=answers))
        put_in_line(waiting, by=officer)
    with context.at(lately - timedelta(hours=2)):
        if leaving := next((one for one in holders if one.person.email != DELEGATE_ACCOUNT), None):
            withdraw(leaving)
        for quota in delegation.quotas.filter(category=category):
            serve_line(pool_id=quota.pool_id)
