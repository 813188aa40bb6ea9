"""What is kept until when: the days, who is due to be reminded or erased, and the plan that the privacy officer reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, DateTimeField, Exists, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.utils.timezone import localdate, now

from forum.models import AuditEntry, Forum, Job, Message
from registration.enums import RegistrationState
from registration.models import Answer, IdentityDocument, ImportRun, Person, PersonPicture, Registration
from registration.queries.documents import KEPT_FOR

PROOF_DAYS = 3 * 365
"""Proofs of consent: the time within which claims can be made."""
UNSENT_DAYS = 30
"""After the last sign of life of an application that was never sent."""
REMINDED_DAYS = 7
"""So many days before that, and never later than so many days after it, its person is reminded."""
REMINDER = "registration.unsent"


def kept_until(forum: Forum) -> date:
    """The last day of what taking part needed."""
    return forum.ends_on + KEPT_FOR


def proofs_until(forum: Forum) -> date:
    """The last day of what proves a consent."""
    return forum.ends_on + timedelta(days=PROOF_DAYS)


def unsent() -> QuerySet[Registration]:
    """Applications that were begun or listed and never sent, discarded ones too, with `seen_at`, the last sign of life, and
    `reminded_at`.
    """
    states = (RegistrationState.DRAFT, RegistrationState.CANCELLED)
    about = {"object_kind": "registration", "object_id": OuterRef("ref")}
    acts = AuditEntry.objects.filter(**about).order_by().values("object_id").annotate(last=Max("at")).values("last")
    letters = Message.objects.filter(reason=REMINDER, subject_kind="registration", subject_id=OuterRef("ref"))
    return Registration.objects.filter(state__in=states, submitted_at=None, erased_at=None).annotate(
        seen_at=Greatest("created_at", Coalesce(Subquery(acts), "created_at"), output_field=DateTimeField()),
        reminded_at=Subquery(letters.order_by("pk").values("created_at")[:1]),
    )


def _can_be_reminded() -> Q:
    return Q(state=RegistrationState.DRAFT, person__processing_stopped_at=None) & ~Q(person__email="")


def to_remind(at: datetime) -> QuerySet[Registration]:
    """Who has not touched it for long; once in the life of an application."""
    late = Q(seen_at__lt=at - timedelta(days=UNSENT_DAYS - REMINDED_DAYS))
    untold = Q(reminded_at__isnull=True)
    return unsent().filter(late & untold & _can_be_reminded(), forum__ends_on__gte=localdate(at))


def unsent_to_erase(at: datetime) -> QuerySet[Registration]:
    """Thirty days after the last sign of life, a week after the reminder at the earliest; all of them once the forum is over."""
    was_told = ~_can_be_reminded() | Q(reminded_at__lt=at - timedelta(days=REMINDED_DAYS))
    late = Q(seen_at__lt=at - timedelta(days=UNSENT_DAYS)) & was_told
    return unsent().filter(late | Q(forum__ends_on__lt=localdate(at)))


def _documents_kept() -> Exists:
    return Exists(IdentityDocument.objects.filter(registration__person=OuterRef("pk"), erased_at=None))


def birth_dates_due(today: date) -> QuerySet[Person]:
    """Purpose reached with the forum's last day; with a document that a later visit needs it goes with the document."""
    people = Person.objects.filter(birth_date__isnull=False, forum__ends_on__lt=today)
    return people.exclude(_documents_kept())


def people_due(today: date) -> QuerySet[Person]:
    """Everybody thirty days after the forum, but those whose document is still needed."""
    people = Person.objects.filter(erased_at=None, forum__ends_on__lt=today - KEPT_FOR)
    return people.exclude(_documents_kept())


@dataclass(frozen=True)
class Planned:
    """One line of the plan: what goes, how many of it there are now, and the day on which the first of it goes.

    `days` after the forum, where lines of one kind differ in them.
    """

    kind: str
    number: int
    on: date | None
    days: int = 0


def plan(forum: Forum) -> Sequence[Planned]:
    """In the order of time. Kinds without anything to erase are left out."""
    lines = [_unsent(forum), _lists(forum), _results(forum), *_documents(forum), *_people(forum), *_answers(forum)]
    return sorted((line for line in lines if line.number), key=lambda line: line.on or date.max)


def _unsent(forum: Forum) -> Planned:
    found = unsent().filter(forum=forum).aggregate(number=Count("pk"), first=Min("seen_at"))
    over = forum.ends_on + timedelta(days=1)
    first = localdate(found["first"]) + timedelta(days=UNSENT_DAYS + 1) if found["first"] else over
    return Planned("unsent", found["number"], max(min(first, over), localdate(now())))


def _lists(forum: Forum) -> Planned:
    files = ImportRun.objects.filter(forum=forum, file__isnull=False)
    found = files.order_by().aggregate(number=Count("pk"), first=Min("file__erase_after"))
    return Planned("lists", found["number"], localdate(found["first"]) if found["first"] else None)


def _results(forum: Forum) -> Planned:
    """Tables and sheets that were asked for."""
    jobs = Job.objects.filter(forum=forum, result__erase_after__isnull=False)
    found = jobs.order_by().aggregate(number=Count("pk"), first=Min("result__erase_after"))
    return Planned("results", found["number"], localdate(found["first"]) if found["first"] else None)


def _documents(forum: Forum) -> list[Planned]:
    documents = IdentityDocument.objects.filter(forum=forum, erased_at=None)
    pictures = PersonPicture.objects.filter(registration__forum=forum)
    lines = []
    for kind, rows in (("documents", documents), ("pictures", pictures)):
        found = rows.order_by().aggregate(number=Count("pk"), first=Min("erase_after"))
        lines.append(Planned(kind, found["number"], found["first"] and found["first"] + timedelta(days=1)))
    return lines


def _people(forum: Forum) -> list[Planned]:
    people = Person.objects.filter(forum=forum, erased_at=None)
    found = people.aggregate(number=Count("pk"), born=Count("birth_date"))
    return [
        Planned("birth_dates", found["born"], forum.ends_on + timedelta(days=1)),
        Planned("people", found["number"], kept_until(forum) + timedelta(days=1)),
    ]


def _answers(forum: Forum) -> list[Planned]:
    """Each term of a question is a line."""
    rows = Answer.objects.filter(registration__forum=forum).order_by().values_list("question__kept_days")
    return [
        Planned("answers", number, forum.ends_on + timedelta(days=days + 1), days)
        for days, number in rows.annotate(number=Count("pk"))
    ]
