"""What time does to visa cases, and what a lost broker forgot. Each step is safe to repeat."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.timezone import localdate, now

from forum.models import Forum
from registration.actions.letters import draw_missing
from registration.actions.state import lock
from registration.actions.visa_letters import tell_reminder
from registration.actions.visa_state import lock_case
from registration.actions.visas import assess
from registration.engine.visas.deadlines import is_daytime, reminder_due
from registration.engine.visas.rules import Rule
from registration.enums import VisaOutcome, VisaState
from registration.models import Registration, VisaCase
from registration.queries.applications import WITH_ALL
from registration.queries.visas import COMES, WITH_REGISTRATION, document_kinds, due_of, rules_of, verdict_of


def sweep() -> None:
    """Letters first: somebody waits for them."""
    draw_missing()
    for forum in Forum.objects.filter(is_current=True):
        assess_all(forum_id=forum.pk)
        remind(forum)


def assess_all(*, forum_id: int) -> int:
    """Ask the rules about all guests from abroad whose case they may still move. Returns how many cases were opened or
    looked at; people of whom the rules say what they have said before cost nothing.
    """
    forum = Forum.objects.get(pk=forum_id)
    rules = rules_of(forum)
    guests = list(_guests(forum))
    kinds = document_kinds(guests)
    changed = [guest for guest in guests if _says_something_new(guest, rules, kinds.get(guest.pk, ""))]
    for guest in changed:
        _assess(guest, rules)
    return len(changed)


def _guests(forum: Forum) -> Iterable[Registration]:
    rows = Registration.objects.filter(forum=forum, state__in=COMES, category__prints_badge=True)
    rows = rows.exclude(person__citizenship__in=("", "RU")).filter(person__processing_stopped_at=None)
    return rows.select_related(*WITH_ALL, "visa_case").order_by("person_id")


def _says_something_new(guest: Registration, rules: list[Rule], document: str) -> bool:
    case = getattr(guest, "visa_case", None)
    said = verdict_of(guest, rules=rules, document=document, case=case)
    if case is None:
        return said.outcome != VisaOutcome.FREE
    return (case.outcome, case.rule_id) != (said.outcome, said.rule.key if said.rule else None)


@transaction.atomic(durable=True)
def _assess(guest: Registration, rules: list[Rule]) -> None:
    assess(lock(guest), rules=rules)


def remind(forum: Forum) -> int:
    """Write to those who still owe data, in the hours of their own day. Returns how many letters were written."""
    cases = VisaCase.objects.filter(
        state=VisaState.WANTED, registration__forum=forum, registration__state__in=COMES, wanted_at__isnull=False
    )
    cases = cases.exclude(registration__person__email="").filter(registration__person__processing_stopped_at=None)
    rows = cases.select_related(*WITH_REGISTRATION, "registration__person__account").order_by("registration__person_id")
    return sum(_remind(case.registration) for case in rows if _due(case) is not None and _may_write(case))


def _due(case: VisaCase) -> int | None:
    """Which reminder; none on the day on which the data were asked for."""
    if case.state != VisaState.WANTED or case.wanted_at is None or localdate(case.wanted_at) >= localdate():
        return None
    return reminder_due((due_of(case) - localdate()).days, told=case.told_days)


def _may_write(case: VisaCase) -> bool:
    account = case.registration.person.account
    zone = account.timezone if account else case.registration.forum.timezone
    return is_daytime(now().astimezone(ZoneInfo(zone)))


@transaction.atomic(durable=True)
def _remind(registration: Registration) -> bool:
    case = lock_case(lock(registration))
    step = _due(case) if case else None
    if case is None or step is None:
        return False
    case.told_days = step
    case.save(update_fields=["told_days"])
    tell_reminder(case, due=due_of(case), step=step)
    return True
