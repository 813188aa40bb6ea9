"""One person with everything that a person can have here, in words that stand nowhere else."""

import json
from typing import Any

from django.utils.timezone import localdate

from agenda.actions.bookings import take
from agenda.actions.releases import publish_release
from agenda.queries.bookables import bookable_session, of_slot
from badges.actions.issuing import issue_badge
from badges.actions.printing import start_print_batch
from badges.models import Credential
from forum.actions.api_answers import claim_key, keep_answer
from forum.actions.jobs import run as run_job
from forum.enums import MessageState, Role
from forum.models import Account, Forum, Message
from forum.uploads import PHOTO, take_in
from registration.actions.answer_uploads import hand_in_file
from registration.actions.changes import ask_for_change
from registration.actions.consents import note_consent
from registration.actions.corrections import correct_facts
from registration.actions.delegations import name_collector
from registration.actions.documents import look_at_document
from registration.actions.email_change import ask_for_new_email
from registration.actions.exports import start_export
from registration.actions.hand_over import begin_hand_over
from registration.actions.imports import receive
from registration.actions.letters import draw_letter, issue_letter
from registration.actions.merging import merge
from registration.actions.notices import issue_return_link
from registration.actions.pictures import keep_picture
from registration.actions.self_deletion import ask_for_deletion_code
from registration.actions.vehicle_passes import draw_missing
from registration.enums import ConsentPurpose, KeyField, PictureKind
from registration.models import (
    Answer,
    Category,
    ImportedPerson,
    ImportRow,
    Registration,
    VisaCase,
)
from tests.api import make_token
from tests.factories.agenda import make_bookable_session, make_programme, make_slot, make_speaker
from tests.factories.badges import make_device as make_phone
from tests.factories.badges import make_point, scan
from tests.factories.documents import agree
from tests.factories.forum import make_account, make_staff
from tests.factories.invitations import make_invitation
from tests.factories.questions import asks, make_form
from tests.factories.registration import make_consent_document, make_delegation, make_person, make_registration
from tests.factories.vehicles import make_device, make_vehicle
from tests.factories.visas import make_ready
from tests.pictures import picture
from tests.registration.lists import HEADS, as_text

EMAIL, OTHER_EMAIL, NEW_EMAIL = "zy@zyabl.example", "second@zyabl.example", "third@zyabl.example"
NAMES = {
    "surname": "Зябликова", "given_name": "Агафья", "patronymic": "Мокеевна", "latin_surname": "ZYABLIKOVA",
    "latin_given_name": "AGAFYA", "native_name": "Zyablikowna Agafiya", "badge_name": "Агаша З.",
}  # fmt: skip
WORK = {"organisation": "Яснополянский музей", "position": "хранительница самоваров"}
NOTE = "Агафья Зябликова просила"
"""What officers have typed where they give a reason."""
WORDS = (
    "зябликов", "агаф", "агаш", "мокеевн", "zyablik", "agafy", "agafi", "zyabl.example", "яснополян", "самовар",
    "1990-05-17", "выдуманск", "шереметьевск", "бенгалурск", "жаворонкин", "орлятник", "zz-агаф-7", "79005550177",
    "192.0.2.77", "соколятин",
)  # fmt: skip


def make_whole(forum: Forum, by: Account) -> Registration:
    """Confirmed, from abroad, with a badge in hand and everything else."""
    account = make_account(EMAIL)
    person = NAMES | {"email": EMAIL, "account": account}
    made = make_ready(forum, person=person, delegation="BY", position_short="хранит самовары", **WORK)
    _consents(made)
    _from_a_list(made, by)
    _letters(made)
    _visa(made, by)
    _pictures_and_answers(fresh(made), by)
    _merged(made, by)
    _crew(fresh(made), by)
    _badge(fresh(made), by)
    _programme(fresh(made))
    _wishes(fresh(made), account, by)
    send_everything()
    return fresh(made)


def fresh(registration: Registration) -> Registration:
    """As it stands now."""
    found = Registration.objects.select_related("person", "forum", "category__pool", "delegation__region")
    return found.get(pk=registration.pk)


def send_everything() -> None:
    """As the mail server leaves it: what a letter said is forgotten, to whom it went is kept."""
    for letter in Message.objects.filter(state=MessageState.QUEUED):
        letter.state, letter.context = MessageState.SENT, None
        letter.save()


def _consents(made: Registration) -> None:
    agree(made, ConsentPurpose.DOCUMENT, ConsentPurpose.PHOTO)
    document = make_consent_document(made.forum, purpose="processing", version=2)
    note_consent(made.person, document=document, language="ru", evidence="own_tick", ip="192.0.2.77")


def _from_a_list(made: Registration, by: Account) -> None:
    """The file is kept for a week, and a row of an earlier one had changed something."""
    row = (NAMES["surname"], NAMES["given_name"], NAMES["patronymic"], EMAIL, "Индия", "Беларусь", *WORK.values(), "ru")
    content = as_text([HEADS, row])
    run = receive(forum=made.forum, name="l.csv", content=content, category=made.category, language="ru", by=by)
    before = json.dumps({"answers": {"surname": "Зябликова"}})
    ImportRow.objects.create(run=run, number=2, outcome="changed", registration=made, before=before)
    ImportedPerson.objects.create(forum=made.forum, registration=made, key=b"k" * 32)


def _letters(made: Registration) -> None:
    issue_return_link(made)
    ask_for_new_email(made, email=NEW_EMAIL, by=None)
    ask_for_deletion_code(made, by=None)


def _visa(made: Registration, by: Account) -> None:
    stay = {"entry_place": "Шереметьевск", "consulate": "Бенгалурск", "note": NOTE}
    VisaCase.objects.filter(registration=made).update(**stay)
    assert draw_letter(paper_id=issue_letter(made, by=by).pk)
    look_at_document(made, reason=NOTE, by=by)


def _pictures_and_answers(made: Registration, by: Account) -> None:
    """A photo, a picture as an answer and one that was never saved, an answer in plain words and a sealed one."""
    Category.objects.filter(pk=made.category_id).update(takes_photos=True)
    made.category.refresh_from_db()
    photo = take_in(picture(), name="a.jpg", declared="image/jpeg", rule=PHOTO)
    keep_picture(made, kind=PictureKind.PHOTO, picture=photo, by=None)
    questions = asks("why"), asks("diet", is_sensitive=True), asks("card", "file"), asks("owed", required=True)
    form = make_form(made.forum, *questions, by=by, category=made.category)
    made = fresh(made)
    for code in ("why", "diet"):
        answer = Answer(registration=made, question=form.questions.get(code=code))
        answer.write("Жаворонкин сын", item=answer.question)  # type: ignore[arg-type]
        answer.save()
    for is_saved in (True, False):
        kept = hand_in_file(made, code="card", picture=photo, by=None)
        if is_saved:
            question = form.questions.get(code="card")
            kept.answer = Answer.objects.create(
                registration=made, question=question, code="card", value=str(kept.public_id)
            )
            kept.save()


def _merged(made: Registration, by: Account) -> None:
    """They had applied twice, the second time with another address."""
    person = make_person(made.forum, **NAMES | {"email": OTHER_EMAIL, "citizenship": "IN"})
    twin = make_registration(made.forum, person=person, delegation="BY", position="орлятник", organisation="Соколятин")
    merge(made, twin, take=["position"], reason=NOTE, by=by)
    kept = fresh(made)
    correct_facts(kept, version=kept.version, answers={"position": WORK["position"]}, reason=NOTE, by=by)


def _crew(made: Registration, by: Account) -> None:
    """They drive for the delegation, fetch its badges and bring a camera."""
    group = make_delegation(made.forum, "BY")
    named = {"driver": "Агафья Мокеевна Зябликова", "driver_phone": "+79005550177"}
    make_vehicle(made.forum, by=by, approved=True, organisation=None, delegation=group, **named)
    draw_missing()
    name_collector(group, name="Зябликова Агафья", by=by)
    Category.objects.filter(pk=made.category_id).update(lists_equipment=True)
    made.category.lists_equipment = True
    make_device(made, serial="ZZ-АГАФ-7")


def _badge(made: Registration, by: Account) -> None:
    """Drawn, printed with others, shown at the entrance, and in a table that somebody took."""
    issue_badge(registration_id=made.pk)
    badge = Credential.objects.get(registration=made)
    batch = start_print_batch(forum=made.forum, credentials=[badge.pk], sheet="a4", sides=2, by=by)
    run_job(job_id=batch.job_id)
    scan(badge, device=make_phone(make_point(made.forum))[0])
    table = start_export(forum=made.forum, refs=[made.ref], columns=["surname"], kind="csv", reason=NOTE, by=by)
    run_job(job_id=table.pk)


def _programme(made: Registration) -> None:
    """On stage, in a hall and at a plant."""
    stage = {name: NAMES[name] for name in ("surname", "given_name", "patronymic", "latin_surname", "latin_given_name")}
    words = {"ru": WORK["position"], "en": "ZYABLIK keeper"}
    speaker = make_speaker(made.forum, person=made.person, position=words, **stage)
    session = make_bookable_session(made.forum, speakers=(speaker,))
    slot = make_slot(make_programme(made.forum))
    publish_release(made.forum, by=None)
    for place in (bookable_session(made.forum, slug=session.slug), of_slot(slot, forum=made.forum)):
        assert place
        take(place, registration=made)


def _wishes(made: Registration, account: Account, by: Account) -> None:
    """A change that was asked for, a substitute who was named, one more invitation, and what a program remembers."""
    ask_for_change(made, field=KeyField.SURNAME, value="Зябликова-Орлятник", why=NOTE, by=account)
    substitute = {"surname": "Сменщикова", "given_name": "Вера"}
    begin_hand_over(made, names=substitute, email="vera@example.org", by=account)
    wanted: dict[str, Any] = {name: NAMES[name] for name in ("surname", "given_name", "patronymic")}
    make_invitation(made.forum, email=EMAIL, note=NOTE, organisation=WORK["organisation"], **wanted)
    made.moves.create(was="submitted", to="needs_changes", note=NOTE, by=by)
    token, _secret = make_token(made.forum, Role.ACCREDITATION_OFFICER)
    answer, _is_new = claim_key(token, key="k", request="r")
    keep_answer(answer, status=201, body=json.dumps(NAMES), location=f"/api/v1/applications/{made.ref}")


def an_officer(forum: Forum) -> Account:
    """Whoever types."""
    return make_staff(forum, Role.ORGANISER, email=f"officer-{localdate():%Y}@team.example")
