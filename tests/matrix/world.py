"""One world for the whole matrix: of each kind of thing one's own, somebody else's, another region's, another edition's.

Things are found by short names (`world.people["anna"]`), the same that stand in `table.txt`. Everything is made through
the actions; what it is called stands in `words.py`.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import Any

import time_machine
from allauth.mfa.models import Authenticator
from django.core.files.base import ContentFile
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.timezone import localdate, now

from agenda.actions.bookings import give_back, take, wait_for
from agenda.actions.proposals import propose_move
from agenda.actions.releases import publish_release
from agenda.models import FilmingWish, PlantList, Proposal, Session, Speaker, VisitSlot
from agenda.queries.bookables import Bookable, bookable_session, of_slot
from agenda.queries.conflicts import Place
from badges.actions.credentials import issue_credential
from badges.actions.printing import start_print_batch
from badges.models import Device
from forum.actions.files import store_file
from forum.actions.papers import issue_paper, keep_drawing, store_drawing
from forum.crypto import keyed_hash
from forum.enums import ForumRole, JobState, MessageState, Role
from forum.models import Account, ApiToken, Forum, ForumOrganisation, Job, Membership, Message, Organisation, Region
from forum.refs import format_ref
from forum.uploads import PHOTO, take_in
from registration.actions.answer_uploads import hand_in_file
from registration.actions.bulk import start_bulk
from registration.actions.changes import ask_for_change
from registration.actions.consents import give_consent
from registration.actions.line import LINK_PURPOSE, serve_line
from registration.actions.members import add_member
from registration.actions.notices import issue_return_link
from registration.actions.paper import Paper, record_paper
from registration.actions.pictures import keep_picture
from registration.actions.quotas import Terms, set_quota
from registration.actions.reasons import add_reason
from registration.actions.review import put_in_line
from registration.actions.vehicle_passes import draw_missing as draw_passes
from registration.enums import (
    ClaimState,
    ConsentPurpose,
    KeyField,
    MassDecision,
    PictureKind,
    ReasonKind,
    RegistrationState,
)
from registration.models import (
    AccessCode,
    Answer,
    AnswerFile,
    BulkDecision,
    Category,
    ChangeRequest,
    Claim,
    ColumnSet,
    Equipment,
    Erasure,
    Form,
    HandedOut,
    ImportRun,
    Invitation,
    Question,
    Quota,
    ReasonTemplate,
    Registration,
    Section,
    Vehicle,
    VisaCase,
    VisaRule,
)
from registration.queries.letters import draw
from registration.queries.visas import LETTER
from tests.factories.agenda import (
    at,
    make_bookable_session,
    make_hall,
    make_programme,
    make_session,
    make_slot,
    make_speaker,
    make_wish,
)
from tests.factories.badges import make_device, make_point, scan
from tests.factories.documents import agree, save
from tests.factories.forum import make_forum, make_staff
from tests.factories.invitations import make_access_code, make_invitation, secret_of
from tests.factories.jobs import make_job
from tests.factories.lists import make_list
from tests.factories.messages import make_message
from tests.factories.plant_lists import agree_to_plant
from tests.factories.plant_lists import make_list as make_plant_list
from tests.factories.questions import asks, make_draft, make_form
from tests.factories.registration import (
    make_category,
    make_consent_document,
    make_delegation,
    make_person,
    make_quota,
    make_registration,
)
from tests.factories.vehicles import make_device as make_equipment
from tests.factories.vehicles import make_organisation, make_vehicle
from tests.matrix.roles import Caller, make_applicant, make_callers, make_past_caller
from tests.matrix.words import ANSWERS, DOCUMENTS, INVITED, PEOPLE, PLANTS, SESSIONS, SPEAKERS, Finder
from tests.pictures import picture

NOBODY = "ERASED0000"
REASON = {f"{part}_{code}": "Слово" for part in ("title", "text") for code in ("ru", "en")}
CONFIRMED, DRAFT = RegistrationState.CONFIRMED, RegistrationState.DRAFT


@dataclass
class World:
    """All things by kind and short name."""

    past: Forum
    forum: Forum = field(init=False)
    key: Authenticator = field(init=False)
    plants: dict[str, Organisation] = field(default_factory=dict)
    slots: dict[str, VisitSlot] = field(default_factory=dict)
    speakers: dict[str, Speaker] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)
    callers: dict[str, Caller] = field(default_factory=dict)
    people: dict[str, Registration] = field(default_factory=dict)
    proposals: dict[str, Proposal] = field(default_factory=dict)
    devices: dict[str, Device] = field(default_factory=dict)
    jobs: dict[str, Job] = field(default_factory=dict)
    sections: dict[str, Section] = field(default_factory=dict)
    questions: dict[str, Question] = field(default_factory=dict)
    files: dict[str, AnswerFile] = field(default_factory=dict)
    plant_list: PlantList = field(init=False)
    lists: dict[str, ImportRun] = field(default_factory=dict)
    visa_rules: dict[str, VisaRule] = field(default_factory=dict)
    vehicles: dict[str, Vehicle] = field(default_factory=dict)
    equipment: dict[str, Equipment] = field(default_factory=dict)
    handed: dict[str, HandedOut] = field(default_factory=dict)
    wishes: dict[str, FilmingWish] = field(default_factory=dict)
    outlet_quotas: dict[str, Quota] = field(default_factory=dict)
    bulks: dict[str, BulkDecision] = field(default_factory=dict)
    changes: dict[str, ChangeRequest] = field(default_factory=dict)
    reasons: dict[str, ReasonTemplate] = field(default_factory=dict)
    column_sets: dict[str, ColumnSet] = field(default_factory=dict)
    letters: dict[str, Message] = field(default_factory=dict)
    grants: dict[str, Membership] = field(default_factory=dict)
    tokens: dict[str, ApiToken] = field(default_factory=dict)
    invitations: dict[str, Invitation] = field(default_factory=dict)
    codes: dict[str, AccessCode] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)

    def account(self, role: str) -> Account:
        """Of the one who plays a role."""
        found = self.callers[role].account
        assert found is not None
        return found

    @cached_property
    def seen_in(self) -> Finder:
        """What of this world stands in a text: `anna` the name, `anna@` the address, `anna#` the number of Anna."""
        kinds = {
            "proposal": self.proposals,
            "slot": self.slots,
            "device": self.devices,
            "job": self.jobs,
            "letter": self.letters,
            "grant": self.grants,
            "token": self.tokens,
        }
        ids = {str(row.public_id): f"{kind} {key}" for kind, rows in kinds.items() for key, row in rows.items()}
        for key, registration in self.people.items():
            ids |= {registration.ref: f"{key}#", format_ref(registration.ref): f"{key}#"}
        return Finder(ids)

    def place(self, key: str) -> Bookable:
        """A run of a visit, or else a released session, as a place."""
        if key in self.slots:
            slot = VisitSlot.objects.get(pk=self.slots[key].pk)
            return of_slot(slot, forum=slot.programme.forum)
        found = bookable_session(self.forum, slug=self.sessions[key].slug)
        assert found is not None
        return found


def build_world() -> World:
    """The past edition first: it was the current one when its things were made."""
    world = World(past=make_forum(slug="past"))
    _past_things(world)
    Forum.objects.filter(pk=world.past.pk).update(is_current=False)
    world.past.refresh_from_db()
    world.forum = make_forum(slug="now")
    _programme(world)
    _visits(world)
    world.callers |= make_callers(world.forum, plants=world.plants, escorted=world.slots["azot"])
    _people(world)
    _released(world)
    _proposals(world)
    _places(world)
    _documents(world)
    _plant_list(world)
    _visa(world)
    _crews(world)
    _handed_out(world)
    _checkin(world)
    _invited(world)
    _works(world)
    _ground(world)
    return world


def _past_things(world: World) -> None:
    past = world.past
    make_consent_document(past)
    world.callers["past"] = make_past_caller(past)
    world.speakers["past"] = _speaker(past, "past")
    world.sessions["past"] = _session(past, "past", make=make_bookable_session, speakers=(world.speakers["past"],))
    world.slots["past"] = _slot(past, "past")
    world.people["past"] = _registration(past, "past", state=CONFIRMED)
    publish_release(past, by=None)
    place = bookable_session(past, slug="past")
    assert place
    take(place, registration=world.people["past"])
    take(world.place("past"), registration=world.people["past"])
    issue_credential(world.people["past"])
    world.devices["past"], world.callers["past"].phone = make_device(
        make_point(past, slug="past"), holder=world.account("past")
    )


def _speaker(forum: Forum, key: str, **changes: Any) -> Speaker:
    surname, latin = SPEAKERS[key]
    return make_speaker(forum, surname=surname, latin_surname=latin, **changes)


def _session(forum: Forum, key: str, *, make: Any = make_session, **changes: Any) -> Session:
    ru, en = SESSIONS[key]
    return make(forum, slug=key, title={"ru": ru, "en": en}, **changes)  # type: ignore[no-any-return]


def _slot(forum: Forum, key: str, **changes: Any) -> VisitSlot:
    ru, en = PLANTS[key]
    return make_slot(make_programme(forum, slug=key, title={"ru": ru, "en": en}, **changes))


def _registration(forum: Forum, key: str, **changes: Any) -> Registration:
    """A person of the world with an address of their own, born in 1990; `account` looks after them."""
    surname, latin = PEOPLE[key]
    person = make_person(
        forum,
        surname=surname,
        latin_surname=latin,
        email=f"{key}@delegates.example",
        birth_date="1990-05-17",
        account=changes.pop("account", None),
    )
    made = make_registration(forum, person=person, **changes)
    return Registration.objects.get(pk=made.pk)


def _programme(world: World) -> None:
    """Sessions of the partner, of the host, of both; nothing is released yet."""
    forum, spb = world.forum, Region.objects.get(code="RU-SPE")
    world.speakers |= {
        "spb": _speaker(forum, "spb", region=spb),
        "guest": _speaker(forum, "guest"),
        "kem": _speaker(forum, "kem"),
        "quiet": _speaker(forum, "quiet", publication_consent=False),
    }
    partner_cast = (world.speakers["spb"], world.speakers["guest"])
    host_cast = (world.speakers["kem"], world.speakers["quiet"])
    world.sessions |= {
        "spb": _session(forum, "spb", make=make_bookable_session, host_region=spb, speakers=partner_cast),
        "shared": _session(forum, "shared", co_hosts=[spb]),
        "kem": _session(forum, "kem", make=make_bookable_session, speakers=host_cast),
    }


def _visits(world: World) -> None:
    """Two plants; of one of them a second run with a single place."""
    for position, key in enumerate(("azot", "kru")):
        world.slots[key] = _slot(world.forum, key, needed_fields=["number", "issued_by"])
        world.plants[key] = world.slots[key].programme.host
        ForumOrganisation.objects.create(
            forum=world.forum, organisation=world.plants[key], role=ForumRole.HOST, position=position
        )
    world.slots["full"] = make_slot(world.slots["azot"].programme, day=world.forum.starts_on, places=1)


def _people(world: World) -> None:
    """Anna and Boris come; the head of their delegation has applied for Galina and Nina, who is offered a place from the
    waiting list; drafts are nobody's business.
    """
    forum = world.forum
    make_category(forum)
    anna, boris, head = (world.account(role) for role in ("anna", "boris", "head"))
    document = make_consent_document(forum)
    world.people |= {
        "anna": _registration(forum, "anna", account=anna, delegation="BY", state=CONFIRMED),
        "anna-draft": _registration(forum, "anna-draft", account=anna, delegation="BY", state=DRAFT),
        "boris": _registration(forum, "boris", account=boris, delegation="UZ", state=CONFIRMED),
        "galina": _registration(forum, "galina", account=head, delegation="BY"),
        "lev-draft": _registration(forum, "lev-draft", state=DRAFT),
        "nina": _registration(forum, "nina", account=head, delegation="BY"),
        "pavel": _registration(forum, "pavel", state=CONFIRMED),
        "vera": _registration(forum, "vera", state=CONFIRMED),
    }
    _offer_a_place(world)
    _written_down(world)
    give_consent(world.people["anna"], document=document, language="ru", by=anna)
    _questions(world)
    # The account that looks after Anna looked after this person last year.
    person = world.people["past"].person
    person.account = anna
    person.save(update_fields=["account"])
    world.callers["app"] = make_applicant(world.people["lev-draft"])
    world.secrets |= {"anna": issue_return_link(world.people["anna"]), "past": issue_return_link(world.people["past"])}


def _offer_a_place(world: World) -> None:
    """Nina waits, and a place is kept for her; the secret of her link is known here."""
    put_in_line(world.people["nina"], by=world.account("off"))
    serve_line(pool_id=world.people["nina"].category.pool_id)
    world.secrets["nina"] = "n" * 32
    offered = Claim.objects.filter(state=ClaimState.OFFERED, person=world.people["nina"].person)
    assert offered.update(offer_hash=keyed_hash(world.secrets["nina"], purpose=LINK_PURPOSE)) == 1


def _written_down(world: World) -> None:
    """By the head: Rita has an address, Zoya has none; Yan has signed on paper. The delegation has places of its own."""
    forum, head, by = world.forum, world.account("head"), make_delegation(world.forum, "BY")
    for key in ("rita", "zoya", "yan"):
        surname, _latin = PEOPLE[key]
        email = f"{key}@delegates.example" if key == "rita" else ""
        texts = {"surname": surname, "email": email, "organisation": "О", "position": "П"}
        made = add_member(by, category=make_category(forum), language="ru", texts=texts, by=head).registration
        world.people[key] = Registration.objects.get(pk=made.pk)
    document = make_consent_document(forum)
    paper = Paper(document=document, language="ru", signed_on=localdate(), witness="w")
    record_paper(world.people["yan"], paper=paper, by=world.account("off"))
    make_quota(make_category(forum), delegation="BY", places=4)


def _questions(world: World) -> None:
    """Anna has answered two questions and handed in two pictures; a newer form asks one of them again, a draft asks all."""
    officer, category = world.account("off"), make_category(world.forum)
    diet = asks("diet", visible_to=[Role.VISIT_COORDINATOR])
    pictures = asks("card", "file"), asks("pass", "photo", visible_to=[Role.VISIT_COORDINATOR])
    form = make_form(world.forum, asks("why"), diet, by=officer)
    for question in form.questions.all():
        value = ANSWERS[question.code][0]
        Answer.objects.create(registration=world.people["anna"], question=question, code=question.code, value=value)
    form = make_form(world.forum, asks("why", asks_again=True), diet, *pictures, by=officer, category=category)
    _answer_pictures(world, form)
    draft = make_draft(category, asks("why"), diet, *pictures, asks("all", required=True), by=officer)
    past = make_draft(make_category(world.past), asks("old"), by=officer)
    for key, one in (("draft", draft), ("asked", form), ("past", past)):
        world.sections[key], world.questions[key] = one.sections.get(), one.questions.all()[0]
    for key in ("anna", "anna-draft", "boris", "galina", "lev-draft", "pavel", "vera"):
        world.people[key] = Registration.objects.get(pk=world.people[key].pk)


def _answer_pictures(world: World, form: Form) -> None:
    """One for the officers, one for the visit coordinators; a third that is not saved yet."""
    anna = Registration.objects.get(pk=world.people["anna"].pk)
    taken = take_in(picture(), name="a.jpg", declared="image/jpeg", rule=PHOTO)
    for key, code in (("card", "card"), ("pass", "pass"), ("loose", "card")):
        kept = world.files[key] = hand_in_file(anna, code=code, picture=taken, by=None)
        if key != "loose":
            question = form.questions.get(code=code)
            kept.answer = Answer.objects.create(
                registration=anna, question=question, code=code, value=str(kept.public_id)
            )
            kept.save(update_fields=["answer"])


def _released(world: World) -> None:
    """The first release, and the drafts that are made after it."""
    forum = world.forum
    publish_release(forum, by=world.account("prog"))
    spb, tom = (Region.objects.get(code=code) for code in ("RU-SPE", "RU-TOM"))
    later = {"starts": "12:00", "ends": "13:00"}
    world.sessions |= {
        "spb-draft": _session(forum, "spb-draft", host_region=spb, **later),
        "kem-draft": _session(forum, "kem-draft", **later),
        "tom-draft": _session(forum, "tom-draft", host_region=tom, **later),
    }


def _proposals(world: World) -> None:
    """Of the partner about its session, of the host about the shared one, of another region about its own."""
    sides = {"spb": ("spb", "RU-SPE"), "kem": ("shared", "RU-KEM"), "tom": ("tom-draft", "RU-TOM")}
    for key, (session, side) in sides.items():
        place = Place(hall=make_hall(world.forum), starts=at(world.forum, "16:00"), ends=at(world.forum, "17:00"))
        world.proposals[key] = propose_move(
            world.sessions[session],
            version=1,
            place=place,
            reason="why",
            answer_by=now() + timedelta(days=1),
            side=Region.objects.get(code=side),
            by=None,
        )


def _places(world: World) -> None:
    """Anna sits with the partner and goes to one plant, Boris with the host and to the other; Vera has an offer."""
    for who, where in (("anna", "spb"), ("boris", "kem"), ("anna", "azot"), ("boris", "kru"), ("pavel", "full")):
        take(world.place(where), registration=world.people[who])
    full = world.place("full")
    wait_for(full, registration=world.people["vera"])
    give_back(full, registration=world.people["pavel"])
    serve_line(pool_id=full.pool.pk)
    world.secrets["vera"] = "v" * 32
    offered = Claim.objects.filter(state=ClaimState.OFFERED, person=world.people["vera"].person)
    assert offered.update(offer_hash=keyed_hash(world.secrets["vera"], purpose=LINK_PURPOSE)) == 1


def _documents(world: World) -> None:
    """Anna has entered her document for the plant and handed in a photo; something was erased once."""
    forum, anna = world.forum, Registration.objects.get(pk=world.people["anna"].pk)
    agree(anna, ConsentPurpose.DOCUMENT, ConsentPurpose.PHOTO)
    Category.objects.filter(forum=forum).update(takes_photos=True)
    anna.category.refresh_from_db()
    save(anna, values={"issued_by": DOCUMENTS["anna"]})
    photo = take_in(picture(), name="a.jpg", declared="image/jpeg", rule=PHOTO)
    keep_picture(anna, kind=PictureKind.PHOTO, picture=photo, by=None)
    with time_machine.travel("2020-01-02T05:00:00Z", tick=False):
        Erasure.objects.create(forum=forum, ref=NOBODY, fields=["number"], basis="term")


def _plant_list(world: World) -> None:
    """Anna has agreed that Azot gets her data, and Azot has got its list."""
    place = world.place("azot")
    agree_to_plant(Registration.objects.get(pk=world.people["anna"].pk), place)
    world.plant_list = make_plant_list(place, by=world.account("vis"))


def _visa(world: World) -> None:
    """Of each edition a rule; Anna has got an invitation letter by the decision of an officer."""
    for key, edition in (("now", world.forum), ("past", world.past)):
        world.visa_rules[key] = VisaRule.objects.create(
            forum=edition, citizenship="IN", during=DateRange(None, None), outcome="visa", lead_days=30
        )
    anna = world.people["anna"]
    case = VisaCase.objects.create(
        registration=anna, state="issued", outcome="visa", erase_after=world.forum.ends_on, entry_place="Омск"
    )
    paper = issue_paper(LETTER, forum=world.forum, about=("registration", anna.ref), by=world.account("off"))
    assert keep_drawing(paper, store_drawing(paper, draw(case, paper)))
    world.secrets["letter"] = paper.code


def _crews(world: World) -> None:
    """Vehicles and equipment of both editions; Anna's category brings devices."""
    officer = world.account("off")
    world.vehicles = {
        "asked": make_vehicle(world.forum, by=officer, driver="Шоферкин Олег"),
        "valid": make_vehicle(world.forum, by=officer, driver="Шоферкин Олег", plate="О777ОО42", approved=True),
        "past": make_vehicle(world.past, by=officer, driver="Ямщикова Вера", approved=True),
    }
    assert draw_passes() == 2
    for key, edition in (("anna", world.forum), ("past", world.past)):
        Category.objects.filter(forum=edition).update(lists_equipment=True)
        registration = world.people[key]
        registration.category.lists_equipment = True
        world.equipment[key] = make_equipment(registration)
        world.wishes[key] = make_wish(registration, world.slots["azot" if key == "anna" else key], put_by=officer)
        world.outlet_quotas["now" if key == "anna" else key] = set_quota(
            registration.category, group=make_organisation("Выпуск"), terms=Terms(places=1), by=officer
        )
    world.wishes["asked"] = make_wish(world.people["anna"], world.slots["kru"])


def _handed_out(world: World) -> None:
    """Anna stands on a list of a plant, Boris on one for an organisation abroad; both are to be struck off."""
    abroad = Organisation.objects.create(slug="namuna", name="Namuna", region=Region.objects.get(code="UZ"))
    make_consent_document(world.forum, purpose="abroad", receiver=abroad)
    rows = {
        "plant": (world.people["anna"], world.plants["azot"], "plant_access"),
        "abroad": (world.people["boris"], abroad, "abroad"),
        "past": (world.people["past"], abroad, "abroad"),
    }
    for key, (registration, receiver, purpose) in rows.items():
        world.handed[key], _created = HandedOut.objects.update_or_create(
            registration=registration,
            receiver=receiver,
            purpose=purpose,
            defaults={"handed_at": now(), "recalled_at": now()},
        )


def _checkin(world: World) -> None:
    """A point with three phones, Anna let in by one of them; the expired grant had a phone, too."""
    point = make_point(world.forum, slug="main")
    for role in ("chk", "sup", "org", "exp"):
        world.devices[role], world.callers[role].phone = make_device(point, holder=world.account(role))
    anna = issue_credential(world.people["anna"])
    assert anna
    issue_credential(world.people["boris"])
    scan(anna, device=world.devices["chk"])
    Device.objects.update(last_seen_at=now())


def _invited(world: World) -> None:
    """Olga has her link; one more is written and not sent; the past edition had invitations, too."""
    for key, forum in (("olga", world.forum), ("past", world.past)):
        name, email = INVITED["olga" if key == "olga" else "olga-past"]
        invitation = make_invitation(forum, category=make_category(forum), surname=name, email=email)
        Invitation.objects.filter(pk=invitation.pk).update(sent_at=now() - timedelta(days=2))
        world.invitations[key] = invitation
        world.secrets["olga" if key == "olga" else "olga-past"] = secret_of(invitation)
    world.invitations["later"] = make_invitation(world.forum, category=make_category(world.forum), sent=False)
    world.codes = {
        "partners": make_access_code(world.forum, category=make_category(world.forum), uses=5),
        "past": make_access_code(world.past, category=make_category(world.past), uses=5),
    }


def _works(world: World) -> None:
    """The officer's print job is done and has a file; the organiser's waits; one is of the past edition."""
    officer = world.account("off")
    badge = world.people["anna"].credentials.get()
    batch = start_print_batch(forum=world.forum, credentials=[badge.pk], sheet="a4", sides=2, by=officer)
    paper = store_file(
        ContentFile("Аннушкина".encode(), name="x.txt"),
        purpose="print_batch",
        name="badges.txt",
        content_type="text/plain; charset=utf-8",
        owner=officer,
    )
    done = {"state": JobState.DONE, "done": 1, "finished_at": now(), "result": paper}
    Job.objects.filter(pk=batch.job.pk).update(**done)
    world.column_sets = {
        role: ColumnSet.objects.create(forum=edition, owner=world.account(role), name="Набор", columns=["surname"])
        for role, edition in (("off", world.forum), ("org", world.forum), ("past", world.past))
    }
    world.lists = {
        "waiting": make_list(world.forum, by=officer),
        "taken": make_list(world.forum, by=officer, taken_over=True),
        "by": make_list(world.forum, by=world.account("head"), delegation=make_delegation(world.forum, "BY")),
        "past": make_list(world.past, by=officer),
    }
    approves, refs = MassDecision.APPROVE, [world.people["galina"].ref]
    world.bulks = {
        "waiting": start_bulk(forum=world.forum, decision=approves, refs=refs, by=world.account("org")),
        "past": start_bulk(forum=world.past, decision=approves, refs=[], by=officer),
    }
    world.changes = {
        key: ask_for_change(world.people[key], field=KeyField.ORGANISATION, value="Слово", why="Слово", by=None)
        for key in ("anna", "past")
    }
    world.reasons = {
        key: add_reason(forum=edition, kind=ReasonKind.ASK, texts=REASON, by=officer)
        for key, edition in (("ask", world.forum), ("past", world.past))
    }
    world.jobs = {
        "off": batch.job,
        "org": world.bulks["waiting"].job,
        "past": make_job(world.past, officer, kind="badges.print_batch", **done),
    }


def _ground(world: World) -> None:
    """Letters, grants, tokens, security keys."""
    failed = {"state": MessageState.FAILED}
    world.letters = {
        "anna": make_message(
            world.forum, about=("registration", world.people["anna"].ref), to="anna@delegates.example", **failed
        ),
        "account": make_message(to=world.account("view").email, **failed),
        "past": make_message(world.past, to="past@delegates.example", **failed),
    }
    ended = make_staff(world.forum, Role.VIEWER, email="ended@team.example")
    Membership.objects.filter(account=ended).update(ended_at=now())
    held = {"view": world.account("view"), "ended": ended, "past": world.account("past")}
    held |= {"head": world.account("head"), "uz": world.account("uz")}
    world.grants = {key: Membership.objects.get(account=account) for key, account in held.items()}
    world.tokens = {role: world.callers[role].api_token for role in ("off", "org", "past")}  # type: ignore[misc]
    world.key = Authenticator.objects.create(user=ended, type=Authenticator.Type.WEBAUTHN, data={"name": "key"})
