"""Somebody with everything that one can have here is erased; then their words are looked for in every column and file."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import now

from forum.actions.files import UNKNOWN_FOR, erase_given_up
from forum.models import Forum, StoredFile
from registration.actions.person_erasing import erase_person
from registration.actions.retention import forget_last_addresses
from registration.enums import ErasureBasis
from registration.models import Erasure, Registration
from tests.registration.everywhere import where
from tests.registration.whole_person import WORDS, an_officer, make_whole, send_everything

pytestmark = pytest.mark.django_db
TYPED = "append-only by trigger: the words of an officer about a decision are the proof of it"
STAYS = {
    "forum_auditentry.reason": TYPED,
    "registration_registrationmove.note": TYPED,
    "registration_merge.reason": TYPED,
    "registration_consent.ip": "append-only: proves who agreed, and from where",
    "file:people_list": "a list as it was handed in, sealed; erased as a whole after a week",
    "file:people_export": "a table that an officer has taken; erased as a whole after a week",
}
"""Where words may stand after the erasure, and why."""
PLACES = {
    "registration_person.surname", "registration_person.search_text", "registration_registration.organisation",
    "registration_identitydocument.birth_place", "registration_visacase.entry_place", "registration_answer.value",
    "registration_answer.sealed", "registration_equipment.serial", "registration_vehicle.driver",
    "registration_delegation.collector", "registration_invitation.email", "registration_changerequest.value",
    "registration_mergememory.before", "registration_emailchange.new_email", "registration_importrow.before",
    "agenda_speaker.surname", "forum_apianswer.body", "forum_account.email", "forum_message.recipient",
}  # fmt: skip
"""Where they stand before, among other places: else the search would find nothing because nothing was there."""
FILES = {"people_list", "people_export", "paper"}
"""What may be kept of files: passes of vehicles name nobody."""

KINDS = {
    "names", "contacts", "work", "answers", "letters", "lists", "login", "badge", "stage", "equipment", "changes",
    "number", "photo", "stay",
}  # fmt: skip
"""What the proofs say was there."""


def test_nothing_is_found_but_what_has_a_reason(forum: Forum, django_capture_on_commit_callbacks: Any) -> None:
    registration = make_whole(forum, an_officer(forum))
    before = where(WORDS)
    assert set(before) >= PLACES | set(STAYS), "somebody has everything"
    assert {word for words in before.values() for word in words} == set(WORDS)
    with django_capture_on_commit_callbacks(execute=True):
        assert erase_person(registration, basis=ErasureBasis.ASKED, by=None, as_applicant=True)
    send_everything()
    forget_last_addresses()
    left = where(WORDS)
    assert {place: words for place, words in left.items() if place not in STAYS} == {}
    assert set(left) == set(STAYS), "an exception that nothing needs is none"
    assert set(StoredFile.objects.values_list("purpose", flat=True)) <= FILES
    assert told_by_proofs(registration) >= KINDS


def test_the_sweep_of_files_takes_none_that_is_in_use(forum: Forum) -> None:
    """Of every kind that is kept, however old: what refers to a file is read from the models."""
    make_whole(forum, an_officer(forum))
    kept = dict(StoredFile.objects.filter(given_up_at=None).values_list("pk", "purpose"))
    assert set(kept.values()) >= FILES | {"badge", "person_picture", "answer_file", "print_batch"}
    StoredFile.objects.update(created_at=now() - UNKNOWN_FOR - timedelta(days=1))
    erase_given_up()
    assert dict(StoredFile.objects.values_list("pk", "purpose")) == kept


def told_by_proofs(registration: Registration) -> set[str]:
    proofs = Erasure.objects.filter(ref=registration.ref)
    return {kind for one in proofs for kind in [*one.data, *one.fields, *one.pictures, *one.visa]}
