"""The two glances of the demo: ready-made texts, two categories that ask for a pre-check, and what is checked already."""

from datetime import timedelta

from django.utils.timezone import now

from forum.actions import jobs
from forum.demo import DELEGATE_ACCOUNT, DemoContext
from forum.models import Account
from registration.actions.bulk import start_bulk
from registration.actions.changes import ask_for_change
from registration.actions.checks import check, set_rules
from registration.actions.reasons import add_usual_reasons
from registration.enums import KeyField, MassDecision, ReasonKind, RegistrationState, ReviewStages
from registration.models import Category, ReasonTemplate, Registration

ASKS = {
    "school": ReviewStages.TWO_STEPS,
    "official": ReviewStages.TWO_PEOPLE,
    "delegate_intl": ReviewStages.TWO_PEOPLE,
}
CHECKED = 3
"""Of each category at most; one always waits for the first glance."""
ASKED = 4
DAYS = 10
WISHES = (
    (KeyField.ORGANISATION, "Музей промышленной истории «Образец»", "С октября работаю здесь"),
    (KeyField.ORGANISATION, "Центр промышленного туризма «Макет»", "Организацию переименовали"),
    (KeyField.CATEGORY, "media", "Приеду от редакции, с камерой"),
)
"""What is asked for; the first one by the delegate of the demo."""


def build_review(context: DemoContext, *, officer: Account, categories: dict[str, Category]) -> None:
    """After everybody has been decided on: the rules hold for what is still open."""
    add_usual_reasons(forum=context.forum, by=context.by)
    for code, review in ASKS.items():
        set_rules(categories[code], review=review, confirm_days=DAYS, by=context.by)
        waiting = Registration.objects.filter(category=categories[code], state=RegistrationState.SUBMITTED)
        first = waiting.order_by("submitted_at")[: min(CHECKED, max(waiting.count() - 1, 0))]
        with context.at(now() - timedelta(hours=5)):
            for number, registration in enumerate(first):
                check(registration, by=context.by if number % 2 else officer)
    _ask_many(context, officer=officer)
    _ask_for_changes(context)


def _ask_many(context: DemoContext, *, officer: Account) -> None:
    """Yesterday the same correction was asked of several at once; the letters have left since."""
    waiting = Registration.objects.filter(forum=context.forum, state=RegistrationState.SUBMITTED)
    waiting = waiting.exclude(category__code__in=ASKS)
    refs = list(waiting.order_by("-submitted_at").values_list("ref", flat=True)[:ASKED])
    reason = ReasonTemplate.objects.filter(forum=context.forum, kind=ReasonKind.ASK).first()
    with context.at(now() - timedelta(days=1)):
        bulk = start_bulk(forum=context.forum, decision=MassDecision.ASK, refs=refs, by=officer, reason=reason)
        if bulk.job is not None:
            jobs.run(job_id=bulk.job.pk)


def _ask_for_changes(context: DemoContext) -> None:
    """Some who are coming have seen a mistake."""
    coming = Registration.objects.filter(forum=context.forum, state=RegistrationState.CONFIRMED)
    others = coming.exclude(person__email=DELEGATE_ACCOUNT).exclude(category__code="media").order_by("pk")
    mine = coming.filter(person__email=DELEGATE_ACCOUNT)
    for registration, (field, value, why) in zip([*mine[:1], *others[: len(WISHES) - 1]], WISHES, strict=False):
        with context.at(now() - timedelta(hours=3)):
            ask_for_change(registration, field=field, value=value, why=why, by=None)
