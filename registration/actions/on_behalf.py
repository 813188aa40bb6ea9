"""Handing an application in for somebody who has signed the consent on paper."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from forum.actions.audit import record
from forum.actions.patience import busy_in_words
from forum.errors import DomainError
from forum.models import Account
from registration.actions.answers import Filled, write_answers
from registration.actions.applications import hand_in
from registration.actions.consents import note_consent
from registration.actions.facts import write_own, write_person
from registration.actions.state import lock
from registration.enums import ConsentEvidence
from registration.models import Category, ConsentDocument, Person, Registration


@busy_in_words
@transaction.atomic(durable=True)
def register_on_behalf(
    *,
    category: Category,
    document: ConsentDocument,
    signed_on: date,
    answers: Mapping[str, Any],
    by: Account,
    questions: Filled | None = None,
) -> Registration:
    """Hand in an application for somebody who has signed the consent on paper; `by` has seen the paper.

    Nobody consents for another adult: without the person's own signature the application is theirs to make. They get the
    same letter as everybody, with a login and the way to withdraw. `answers` and `questions` are as in `save_answers`, with
    the language. Raises `DomainError` with one message per missing answer, and for a date before the text existed or after today.
    """
    refuse_bad_date(signed_on, document)
    person = Person.objects.create(forum=category.forum)
    note_consent(
        person,
        document=document,
        language=answers["language"],
        evidence=ConsentEvidence.SIGNED_PAPER,
        signed_on=signed_on,
    )
    registration = Registration.objects.create(
        forum=category.forum, person=person, category=category, language=answers["language"]
    )
    record(
        "registration.entered",
        on=("registration", registration.ref),
        forum=category.forum,
        by=by,
        changed=_write_all(registration, answers, questions),
        consent=f"{document.purpose}:{document.version}",
        evidence=ConsentEvidence.SIGNED_PAPER,
    )
    registration.save()
    hand_in(lock(registration), by=by, as_applicant=False)
    return Registration.objects.select_related("person", "category", "delegation__region").get(pk=registration.pk)


def _write_all(registration: Registration, answers: Mapping[str, Any], questions: Filled | None) -> list[str]:
    changed = write_person(registration, answers) + write_own(registration, answers)
    return changed + (write_answers(registration, questions) if questions else [])


def refuse_bad_date(signed_on: date, document: ConsentDocument, *, field: str = "consent.signed_on") -> None:
    """Raise `DomainError` for a day before the text was published, or after today."""
    if not localdate(document.published_at) <= signed_on <= localdate():
        raise DomainError(
            "consent.date",
            _("The date on the paper does not fit this version of the text."),
            fields={field: _("Give the day between the text's publication and today.")},
            status=400,
        )
