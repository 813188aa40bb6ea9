"""One person who applied twice: who is suspected, what a merge takes, ends and passes on, and what undoing brings back."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, InternalError, transaction
from django.utils.timezone import now

from forum.errors import DomainError
from forum.models import Account, AuditEntry, Forum, Message
from registration.actions.answers import Filled
from registration.actions.applications import save_answers, submit
from registration.actions.corrections import correct_facts
from registration.actions.merge_memory import forget_memories
from registration.actions.merge_undo import undo_merge
from registration.actions.merging import merge
from registration.actions.not_same import set_apart, suspect_again
from registration.actions.pools import miscounted
from registration.engine.duplicates import Facts, pairs
from registration.enums import ClaimState, Likeness
from registration.enums import RegistrationState as S
from registration.models import Answer, Merge, MergeMemory, NotSame, Pool, Registration
from registration.queries.duplicates import pairs_of
from registration.queries.own_data import merges_part
from tests.factories.questions import asks, make_form
from tests.factories.registration import make_category, make_person, make_registration

pytestmark = pytest.mark.django_db
L = Likeness


def fresh(row: Registration) -> Registration:
    return Registration.objects.select_related("person", "forum", "category__pool", "delegation").get(pk=row.pk)


def states(*rows: Registration) -> list[str]:
    return [fresh(row).state for row in rows]


def taken(row: Registration) -> int:
    assert miscounted() == []
    return Pool.objects.get(pk=row.category.pool_id).taken


def letters(row: Registration) -> list[str]:
    return list(Message.objects.filter(subject_id=row.ref).order_by("pk").values_list("reason", flat=True))


def one(pk: int, **facts: Any) -> Facts:
    names = frozenset({("примерова", "анна")})
    return Facts(pk, **{"names": names} | facts)


def test_the_likeliest_stand_first_and_namesakes_with_other_patronymics_do_not_stand_at_all() -> None:
    people = [
        one(1, patronymic="ильинична", birth_date=date(1990, 1, 1), email="a@example.org"),
        one(2, birth_date=date(1991, 1, 1)),
        one(3, patronymic="петровна", birth_date=date(1990, 1, 1)),
        one(4, names=frozenset(), document=b"x"),
        one(5, patronymic="олеговна", document=b"x", email="a@example.org"),
    ]
    found = pairs(people, apart={(2, 5)})
    assert [(pair.first, pair.second, pair.same) for pair in found] == [
        (4, 5, (L.DOCUMENT,)),
        (1, 3, (L.BIRTH_DATE, L.NAME)),
        (1, 5, (L.EMAIL, L.NAME)),
        (1, 2, (L.NAME,)),
        (2, 3, (L.NAME,)),
    ]
    assert [pair.born_apart for pair in found] == [False, False, False, True, True]


def test_one_name_in_two_scripts_is_seen_and_what_has_ended_is_not(forum: Forum, officer: Account) -> None:
    latin = {"surname": "", "given_name": "", "patronymic": ""}
    two = [
        make_registration(forum, person=make_person(forum, latin_surname="", latin_given_name="")),
        make_registration(forum, person=make_person(forum, **latin)),
    ]
    make_registration(forum, state=S.CANCELLED)
    make_registration(forum, state=S.DRAFT)
    make_registration(forum, person=make_person(forum, surname="Другая", latin_surname="DRUGAYA"))
    found = pairs_of(officer, forum)
    assert [(pair.first, pair.second) for pair in found] == [(two[0].pk, two[1].pk)]


def test_two_people_are_remembered_once_whichever_comes_first(forum: Forum, officer: Account) -> None:
    first, second = make_registration(forum), make_registration(forum)
    assert set_apart(second, first, by=officer) and not set_apart(first, second, by=officer)
    assert pairs_of(officer, forum) == []
    with pytest.raises(IntegrityError), transaction.atomic():
        NotSame.objects.create(forum=forum, first=second, second=first, by=officer)
    assert suspect_again(first, second, by=officer)
    assert len(pairs_of(officer, forum)) == 1


def test_answers_are_taken_the_other_ends_and_undoing_puts_everything_back(forum: Forum, officer: Account) -> None:
    kept = make_registration(forum, state=S.CONFIRMED)
    other = make_person(forum, given_name="Анна-Мария", birth_date=date(1990, 5, 17), email="new@example.org")
    gone = make_registration(forum, state=S.APPROVED, person=other, organisation="Другой завод", delegation="RU-KEM")
    was = fresh(kept)
    take = ["given_name", "birth_date", "email", "organisation", "delegation"]
    made = merge(kept, gone, take=take, reason="один человек", by=officer, versions=(1, 1))
    now_is = fresh(kept)
    assert states(kept, gone) == [S.CONFIRMED, S.CANCELLED] and taken(kept) == 1
    assert (now_is.person.given_name, now_is.person.birth_date) == ("Анна-Мария", date(1990, 5, 17))
    assert (now_is.organisation, now_is.delegation, now_is.person.email) == (
        "Другой завод", gone.delegation, "new@example.org",
    )  # fmt: skip
    assert letters(gone) == [] and set(made.fields) == set(take)
    logged = AuditEntry.objects.filter(action="registration.merged")
    assert {entry.object_id for entry in logged} == {kept.ref, gone.ref}
    undo_merge(made, by=officer)
    back = fresh(kept)
    assert states(kept, gone) == [S.CONFIRMED, S.APPROVED] and taken(kept) == 2
    assert (back.person.given_name, back.person.birth_date, back.person.email) == (
        was.person.given_name, None, was.person.email,
    )  # fmt: skip
    assert (back.organisation, back.delegation) == (was.organisation, was.delegation)
    assert undo_merge(made, by=officer).merge == made and not MergeMemory.objects.exists()
    assert merge(kept, gone, reason="снова", by=officer)


@pytest.mark.parametrize("was", [S.SUBMITTED, S.WAITLISTED])
def test_the_place_passes_to_whoever_has_none_and_the_letter_waits(forum: Forum, officer: Account, was: S) -> None:
    category = make_category(forum, places=1)
    kept = make_registration(forum, category=category, state=was)
    gone = make_registration(forum, category=category, state=S.CONFIRMED)
    made = merge(kept, gone, reason="дважды", by=officer)
    assert states(kept, gone) == [S.APPROVED, S.CANCELLED] and taken(kept) == 1
    assert fresh(kept).confirm_by is not None
    waiting = Message.objects.get(subject_id=kept.ref, reason="registration.approved")
    assert waiting.due_at > now() + timedelta(minutes=9)
    undo_merge(made, by=officer)
    assert states(kept, gone) == [was, S.CONFIRMED] and taken(kept) == 1
    assert fresh(kept).confirm_by is None and letters(kept) == []
    live = category.pool.claims.filter(state=ClaimState.WAITING, person=kept.person)
    assert live.count() == (1 if was == S.WAITLISTED else 0)


def test_a_place_that_has_gone_on_is_not_taken_back(forum: Forum, officer: Account) -> None:
    category = make_category(forum, places=2)
    kept = make_registration(forum, category=category, state=S.CONFIRMED)
    gone = make_registration(forum, category=category, state=S.APPROVED)
    made = merge(kept, gone, reason="дважды", by=officer)
    make_registration(forum, category=category, state=S.APPROVED)
    with pytest.raises(DomainError) as refusal:
        undo_merge(made, by=officer)
    assert refusal.value.code == "places.full" and states(gone) == [S.CANCELLED]


def test_undoing_is_refused_when_touched_or_late(forum: Forum, officer: Account) -> None:
    kept, gone = make_registration(forum), make_registration(forum)
    made = merge(kept, gone, reason="дважды", by=officer)
    late = now() + timedelta(minutes=11)
    with time_machine.travel(late, tick=False), pytest.raises(DomainError) as refusal:
        undo_merge(made, by=officer)
    assert refusal.value.code == "merge.undo_late"
    row = fresh(kept)
    correct_facts(row, version=row.version, answers={"position": "иная"}, reason="иначе", by=officer)
    with pytest.raises(DomainError) as refusal:
        undo_merge(made, by=officer)
    assert refusal.value.code == "merge.touched"


def test_what_cannot_be_merged_is_refused(forum: Forum, officer: Account) -> None:
    kept, blocked, ended = (make_registration(forum, state=state) for state in (S.CONFIRMED, S.BLOCKED, S.REJECTED))
    for other, code in ((kept, "merge.same"), (blocked, "merge.blocked"), (ended, "merge.over")):
        with pytest.raises(DomainError) as refusal:
            merge(kept, other, reason="почему", by=officer)
        assert refusal.value.code == code
    with pytest.raises(DomainError) as refusal:
        merge(blocked, kept, reason="почему", by=officer, versions=(1, 7))
    assert refusal.value.code == "registration.stale"
    assert merge(blocked, kept, reason="почему", by=officer)


def test_answers_to_questions_fill_gaps_and_go_again(forum: Forum, officer: Account) -> None:
    form = make_form(forum, asks("diet"), asks("tour", "choice", choices=[("m", 1), "k"]), by=officer)
    rows = [make_registration(forum, state=S.DRAFT) for _ in range(2)]
    for row, values in zip(rows, ({"diet": "своё"}, {"diet": "чужое", "tour": "m"}), strict=True):
        save_answers(fresh(row), version=1, answers={}, questions=Filled(form.pk, values))
        submit(fresh(row))
    kept, gone = rows
    pool = Pool.objects.get(choices__code="m")
    made = merge(fresh(kept), fresh(gone), reason="дважды", by=officer)
    assert made.fields == ["answer.tour"]
    assert dict(Answer.objects.filter(registration=kept).values_list("code", "value")) == {"diet": "своё", "tour": "m"}
    assert pool.claims.get(state=ClaimState.HELD).person_id == kept.person_id
    undo_merge(made, by=officer)
    assert list(Answer.objects.filter(registration=kept).values_list("code", flat=True)) == ["diet"]
    assert pool.claims.get(state=ClaimState.HELD).person_id == gone.person_id


def test_the_fact_never_changes_and_the_values_go_with_the_consent(forum: Forum, officer: Account) -> None:
    kept, gone = make_registration(forum), make_registration(forum, organisation="Иное")
    made = merge(kept, gone, take=["organisation"], reason="дважды", by=officer)
    with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
        Merge.objects.filter(pk=made.pk).update(reason="иначе")
    assert forget_memories(fresh(gone)) == 1
    assert Merge.objects.count() == 1


def test_the_persons_data_tell_of_it(forum: Forum, officer: Account) -> None:
    """On both applications, by the reference of the other one, and that it was taken back."""
    kept, gone = make_registration(forum), make_registration(forum)
    done = merge(kept, gone, reason="Подана дважды", by=officer)
    undo_merge(done, by=officer)
    told = [{fact.key: fact.value for fact in merges_part(row).rows[0].facts} for row in (kept, gone)]
    assert [(one["other"], one["reason"]) for one in told] == [(gone.ref, "Подана дважды"), (kept.ref, "Подана дважды")]
    assert told[0]["stays"] != told[1]["stays"]
    assert all(one["undone_at"] for one in told)
