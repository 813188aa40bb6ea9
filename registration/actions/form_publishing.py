"""Publishing a form: from then on it never changes, and whoever has to answer something new is asked by letter."""

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from forum.actions.audit import record
from forum.actions.bell import hurry_lane
from forum.actions.jobs import Progress, start_job
from forum.actions.messages import queue_message
from forum.enums import Lane
from forum.errors import DomainError
from forum.models import Account, Job
from registration.actions.form_drafts import lock_draft
from registration.actions.notices import letter_context
from registration.actions.pools import resize_pool
from registration.actions.state import lock
from registration.engine.questions.checking import problems
from registration.engine.questions.judging import follow
from registration.engine.questions.sheet import Sheet
from registration.enums import PoolKind
from registration.models import Choice, Form, Pool, Registration
from registration.queries.forms import build_sheet, sheet_of
from registration.queries.owing import owing
from registration.queries.questions import owes_answers

LETTER = "registration.questions"
ASK_AGAIN = "registration.ask_again"


@transaction.atomic(durable=True)
def publish_form(draft: Form, *, version: int, by: Account, writes: bool = True) -> Form:
    """Put a draft in force. Raises `DomainError`: `form.stale`, `form.published`, and `form.problems` for a form that
    cannot be published (what is wrong: `registration.engine.questions.checking`).

    Those who owe answers now get a letter, each their own; unless `writes` is false.
    """
    draft = lock_draft(draft, version)
    category = draft.category
    sheet = build_sheet(draft)
    if problems(sheet):
        raise DomainError(
            "form.problems", _("This form cannot be published yet. What is wrong stands above it."), status=422
        )
    before = sheet_of(category.form_id) if category.form_id else None
    sheet = follow(sheet, before)
    asked = sum(1 for _person in owing(category, sheet))
    _settle(draft, sheet, by)
    draft.published_at, draft.published_by = now(), by
    draft.save(update_fields=["published_at", "published_by"])
    category.form = draft if sheet.by_code else None
    category.save(update_fields=["form"])
    record("form.published", on=("form", f"{category.code}:{draft.number}"), forum=category.forum, by=by, asked=asked)
    if asked and writes:
        start_job(ASK_AGAIN, forum=category.forum, owner=by, total=asked, form=draft.pk)
    return draft


def _settle(draft: Form, sheet: Sheet, by: Account) -> None:
    """What a published form says of earlier answers and of places, in its rows."""
    for item in sheet:
        draft.questions.filter(code=item.code).update(good_from=item.good_from)
    choices = Choice.objects.filter(question__form=draft).select_related("pool").order_by("pool_id", "pk")
    for choice in choices.exclude(places=None):
        _open_places(choice, draft, by)


def _open_places(choice: Choice, draft: Form, by: Account) -> None:
    if choice.places is None:
        return
    if choice.pool is None:
        choice.pool = Pool.objects.create(kind=PoolKind.CHOICE, places=choice.places)
        choice.save(update_fields=["pool"])
    elif choice.pool.places != choice.places:
        resize_pool(choice.pool, places=choice.places, forum=draft.category.forum, by=by)


def run_ask_again(job: Job, progress: Progress) -> None:
    """The work: a letter to everybody who owes answers to this version. Safe to run again: one letter for one version."""
    form = Form.objects.select_related("category__forum").get(pk=job.params["form"])
    if form.category.form_id != form.pk:
        return  # a newer one has come; its own work asks
    for registration, _owed in owing(form.category):
        if registration.person.email:
            _ask(registration, form)
        progress.step()
    hurry_lane(Lane.BULK)


@transaction.atomic
def _ask(registration: Registration, form: Form) -> None:
    """Looked at once more under the lock: the person may have answered, or left, meanwhile."""
    registration = lock(registration)
    if registration.person.processing_stopped_at is not None or not owes_answers(registration):
        return
    queue_message(
        LETTER,
        about=("registration", registration.ref),
        occasion=f"form:{form.pk}",
        to=registration.person.email,
        language=registration.language,
        forum=registration.forum,
        context=letter_context(registration),
        lane=Lane.BULK,
        hurry=False,
    )
