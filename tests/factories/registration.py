"""Unsurprising people and applications."""

from itertools import count
from typing import Any

from django.utils.timezone import now

from forum.actions.accounts import account_of
from forum.models import Forum, Organisation
from registration.actions.people import write_names
from registration.actions.quotas import Terms, set_quota
from registration.enums import HOLDS_PLACE, ClaimState, PoolKind, RegistrationState
from registration.models import Category, Claim, ConsentDocument, Delegation, Person, Pool, Quota, Registration, Zone

_numbers = count(1)


def make_zone(forum: Forum, *, code: str = "GEN", letter: str = "A") -> Zone:
    """The business programme's zone, unless named otherwise."""
    return Zone.objects.get_or_create(
        forum=forum,
        code=code,
        defaults={
            "letter": letter,
            "colour": "#2E7D32",
            "name_ru": f"Зона {letter}",
            "name_en": f"Zone {letter}",
            "kind": "area",
        },
    )[0]


def make_category(forum: Forum, *, code: str = "delegate", places: int = 100, **changes: Any) -> Category:
    """A category with its quota and the general zone."""
    if existing := Category.objects.filter(forum=forum, code=code).first():
        return existing
    number = next(_numbers)
    values = {
        "name_ru": "Делегат",
        "name_en": "Delegate",
        "letter": f"{number % 100}",
        "colour": "#1F4E79",
        "seniority": number,
        "pool": Pool.objects.create(kind=PoolKind.CATEGORY, places=places),
        "open_to_applicants": True,
    }
    category = Category.objects.create(forum=forum, code=code, **values | changes)
    category.zones.add(make_zone(forum))
    return category


def make_delegation(forum: Forum, code: str = "RU-TOM") -> Delegation:
    """The group of one region."""
    region = [forum.host_region, *forum.guest_regions.all()]
    return Delegation.objects.get_or_create(forum=forum, region=next(r for r in region if r.code == code))[0]


def make_consent_document(
    forum: Forum, *, purpose: str = "processing", version: int = 1, receiver: Organisation | None = None
) -> ConsentDocument:
    """Version 1 of the consent to processing, or another one."""
    return ConsentDocument.objects.get_or_create(
        forum=forum,
        purpose=purpose,
        version=version,
        receiver=receiver,
        defaults={
            "title_ru": "Согласие",
            "title_en": "Consent",
            "body_ru": "Текст",
            "body_en": "Text",
            "published_at": now(),
        },
    )[0]


def make_person(forum: Forum, **changes: Any) -> Person:
    """Anna Ilinichna Primerova, or whoever `changes` makes of her."""
    number = next(_numbers)
    values = {
        "surname": "Примерова",
        "given_name": "Анна",
        "patronymic": "Ильинична",
        "latin_surname": "PRIMEROVA",
        "latin_given_name": "ANNA",
    }
    names = values | {k: v for k, v in changes.items() if k in {*values, "native_name", "badge_name"}}
    others = {"citizenship": "RU", "languages": ["ru"], "email": f"delegate-{number}@example.org"}
    person = Person(forum=forum, **others | {k: v for k, v in changes.items() if k not in names})
    write_names(person, names)
    person.save()
    return person


def make_registration(
    forum: Forum,
    *,
    state: RegistrationState = RegistrationState.SUBMITTED,
    category: Category | None = None,
    delegation: str = "RU-TOM",
    person: Person | None = None,
    **changes: Any,
) -> Registration:
    """An application in `state`; it holds or waits for a place of its quota as that state demands."""
    category = category or make_category(forum)
    registration = Registration.objects.create(
        forum=forum,
        person=person or make_person(forum),
        category=category,
        delegation=make_delegation(forum, delegation),
        state=state,
        submitted_at=None if state == RegistrationState.DRAFT else now(),
        **{"organisation": "Завод «Образец»", "position": "директор музея", "language": "ru"} | changes,
    )
    if state in HOLDS_PLACE:
        Claim.objects.create(
            pool=category.pool, root=category.pool, person=registration.person, state=ClaimState.HELD, held_at=now()
        )
        Pool.objects.filter(pk=category.pool_id).update(
            taken=category.pool.claims.filter(state=ClaimState.HELD).count()
        )
    if state == RegistrationState.WAITLISTED:
        Claim.objects.create(
            pool=category.pool, root=category.pool, person=registration.person, state=ClaimState.WAITING
        )
    return registration


def make_quota(
    category: Category, *, delegation: str = "RU-TOM", organisation: Organisation | None = None, **terms: Any
) -> Quota:
    """Places of a category kept for a delegation, or for an organisation; by the action, since places move with it."""
    by = account_of("quotas@example.org")
    group = organisation or make_delegation(category.forum, delegation)
    return set_quota(Category.objects.get(pk=category.pk), group=group, terms=Terms(**terms), by=by)
