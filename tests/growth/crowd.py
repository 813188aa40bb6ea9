"""A forum that grows: one of everything made through the actions, then copies of these rows, three hundred in a second."""

import secrets
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, TypeVar
from uuid import uuid4

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import F, Model
from django.utils.timezone import localdate, now

from agenda.actions.bookings import take
from agenda.actions.proposals import propose_move
from agenda.actions.releases import publish_release
from agenda.models import (
    FilmingWish,
    Proposal,
    ProposalStep,
    Session,
    SessionSpeaker,
    Speaker,
    VisitSlot,
)
from agenda.queries.bookables import bookable_session, of_slot
from agenda.queries.conflicts import Place
from badges.actions.credentials import issue_credential
from badges.actions.printing import PRINT_BATCH
from badges.engine.token import TOKEN_LOOKUP, new_token
from badges.models import Credential, Device, Point, Scan
from forum.actions.audit import record
from forum.actions.papers import issue_paper, void_paper
from forum.crypto import keyed_hash
from forum.enums import Role
from forum.models import AuditEntry, Forum, Membership, Message, Organisation, Paper, Region
from forum.refs import new_ref, random_code
from forum.uploads import PHOTO, take_in
from registration.actions.bulk import start_bulk
from registration.actions.changes import ask_for_change
from registration.actions.consents import give_consent
from registration.actions.documents import look_at_document
from registration.actions.members import add_member
from registration.actions.paper import Paper as Signed
from registration.actions.paper import record_paper
from registration.actions.pictures import keep_picture
from registration.actions.placeholders import Kept, keep_places
from registration.actions.quotas import Terms as QuotaTerms
from registration.actions.quotas import set_quota
from registration.actions.reasons import add_reason
from registration.engine.documents.answers import SEALED
from registration.enums import KeyField, MassDecision, PictureKind, ReasonKind, RegistrationState
from registration.models import (
    Answer,
    Category,
    ChangeRequest,
    Claim,
    CodeUse,
    Consent,
    Equipment,
    Erasure,
    HandedOut,
    IdentityDocument,
    ImportedPerson,
    Invitation,
    Person,
    PlaceHolder,
    Pool,
    ReasonTemplate,
    Registration,
    RegistrationMove,
    Vehicle,
    VisaCase,
    VisaRule,
)
from registration.models.codes import new_code
from registration.queries.vehicles import PASS
from registration.queries.visas import LETTER
from tests.api import make_token
from tests.factories.agenda import (
    at,
    make_bookable_session,
    make_delegate,
    make_hall,
    make_programme,
    make_session,
    make_slot,
    make_speaker,
    make_wish,
    partner,
)
from tests.factories.badges import make_device, make_point, scan
from tests.factories.documents import save
from tests.factories.forum import make_account, make_staff
from tests.factories.invitations import make_access_code, make_invitation
from tests.factories.jobs import make_job
from tests.factories.lists import make_invitation_list, make_list
from tests.factories.messages import make_message
from tests.factories.questions import asks, make_draft, make_form
from tests.factories.registration import (
    make_category,
    make_consent_document,
    make_delegation,
    make_quota,
    make_registration,
)
from tests.factories.vehicles import make_device as make_equipment
from tests.factories.vehicles import make_organisation, make_vehicle
from tests.factories.visas import make_rule
from tests.pictures import picture as drawn

Row = TypeVar("Row", bound=Model)


def copies(row: Row, number: int, *changes: Callable[[Row, int], None]) -> list[Row]:
    """`number` rows like this one, with identifiers of their own and whatever `changes` does to each."""
    made = []
    for place in range(number):
        one = copy(row)
        one._state = copy(row._state)
        one._state.fields_cache = {}
        one.pk, one._state.adding = None, True
        for column in row._meta.concrete_fields:
            if column.name in ("public_id", "nonce"):
                setattr(one, column.attname, uuid4())
            elif column.name in ("token_hash", "slug", "ref", "short_code"):
                setattr(one, column.attname, fresh(column.name))
        for change in changes:
            change(one, place)
        made.append(one)
    return type(row)._default_manager.bulk_create(made)  # type: ignore[no-any-return]


def without_file(run: Any, place: int) -> None:
    """A file belongs to one list."""
    run.file = None


def sealed_anew(change: Any, place: int) -> None:
    """A sealed value belongs to its row."""
    change.value = "Другая"


def sealed_driver(vehicle: Any, place: int) -> None:
    """Sealed values belong to their row."""
    vehicle.driver, vehicle.driver_phone = "Рулёва Ирина", "+79000000001"


def another_plate(day: Any, place: int) -> None:
    """A plate stands once on a day."""
    day.plate_key = secrets.token_hex(5).upper()


def called_in(name: str) -> Callable[[Any, int], None]:
    """Each copy has a short text of its own here."""
    return lambda one, place: setattr(one, name, secrets.token_hex(6))


def without_job(bulk: Any, place: int) -> None:
    """A work belongs to one decision."""
    bulk.job = None


def numbered(row: Any, place: int) -> None:
    """Rows of one list have numbers of their own."""
    row.number += place + 1 + row.run.rows.count()


def fresh(column: str) -> Any:
    """An identifier of the kind that this column holds."""
    made: dict[str, Callable[[], Any]] = {
        "token_hash": lambda: secrets.token_bytes(32), "slug": lambda: f"copy-{secrets.token_hex(5)}", "ref": new_ref,
        "short_code": lambda: secrets.token_hex(4).upper(),
    }  # fmt: skip
    return made[column]()


def among(name: str, rows: Sequence[Model]) -> Callable[[Any, int], None]:
    """Each copy belongs to one of `rows`, in order."""
    return lambda one, place: setattr(one, f"{name}_id", rows[place].pk)


def called(name: str) -> Callable[[Any, int], None]:
    """Each copy has a text of its own here."""
    return lambda one, place: setattr(one, name, f"{secrets.token_hex(6)}@example.org")


@dataclass
class Crowd:
    """Of each kind `size` rows; `first` are those that addresses are made of."""

    forum: Forum
    size: int = 1
    first: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def begin(cls, forum: Forum) -> "Crowd":
        """One of everything."""
        crowd = cls(forum)
        crowd._people()
        crowd._programme()
        crowd._ground()
        crowd._delegation()
        return crowd

    def grow(self, to: int) -> None:
        """Copy until there are `to` of each."""
        more, self.size = to - self.size, to
        self._more_people(more)
        self._more_programme(more)
        self._more_ground(more)
        self._more_of_delegation(more)

    def _people(self) -> None:
        forum, delegate = self.forum, make_account()
        credential = issue_credential(make_delegate(forum, account=delegate))
        assert credential
        document = make_consent_document(forum)
        self._questions(credential.registration)
        self.first["consent"] = give_consent(credential.registration, document=document, language="ru", by=delegate)
        self._documents(credential.registration)
        device, phone = make_device(make_point(forum))
        scan(credential, device=device)
        self.first["waiting"] = make_registration(forum)
        line = make_registration(forum, state=RegistrationState.WAITLISTED)
        line.person.account = delegate
        line.person.save(update_fields=["account"])
        self.first["in_line"] = line
        self.first |= {"delegate": delegate, "credential": credential, "device": device, "phone": phone}

    def _documents(self, registration: Registration) -> None:
        """Something of each kind that a person may hand in; a proof of what was erased."""
        forum = self.forum
        Category.objects.filter(forum=forum).update(takes_photos=True, takes_scans=True)
        for purpose in ("document", "photo"):
            document = make_consent_document(forum, purpose=purpose)
            give_consent(registration, document=document, language="ru", by=None)
        make_consent_document(forum, purpose="publication")
        self.first["erasure"] = Erasure.objects.create(
            forum=forum, ref=registration.ref, fields=["number"], basis="term"
        )

    def _questions(self, registration: Registration) -> None:
        """One is answered, another one still owed."""
        organiser = make_staff(self.forum, Role.ORGANISER)
        form = make_form(
            self.forum,
            asks("tour", "choice", choices=[("m", 400), "k"]),
            asks("why", required=True),
            by=organiser,
            category=registration.category,
        )
        question = form.questions.get(code="tour")
        draft = make_draft(registration.category, asks("why", required=True), asks("how", required=True), by=organiser)
        self.first |= {"section": draft.sections.get(), "question": draft.questions.all()[0]}
        self.first["answer"] = Answer.objects.create(
            registration=registration, question=question, code="tour", value="k"
        )

    def _programme(self) -> None:
        forum = self.forum
        self.first["open"] = make_session(forum, speakers=(make_speaker(forum),), host_region=partner(forum))
        self.first["seats"] = make_bookable_session(
            forum, places=400, hall=make_hall(forum, capacity=400), starts="14:00", ends="15:00"
        )
        publish_release(forum, by=None)
        self.first["slot"] = make_slot(make_programme(forum, needed_fields=["number", "issued_by"]), places=400)
        self._book()
        registration = Registration.objects.get(pk=self.first["credential"].registration_id)
        self.first["document"] = save(registration)
        registration.forum.refresh_from_db()
        picture = take_in(drawn(), name="a.jpg", declared="image/jpeg", rule=PHOTO)
        keep_picture(registration, kind=PictureKind.PHOTO, picture=picture, by=None)
        self._visas(registration)
        self._crews(registration)
        self._film(registration)
        self._hand_out(registration)
        look_at_document(registration, reason="why", by=make_staff(forum, Role.ACCREDITATION_OFFICER))
        self._propose()

    def _visas(self, registration: Registration) -> None:
        """A rule, a case with a letter, and one letter that is void."""
        officer = make_staff(self.forum, Role.ACCREDITATION_OFFICER)
        self.first["visa_rule"] = make_rule(self.forum, since=date(2026, 1, 1), until=date(2026, 1, 1), by=officer)
        last = self.forum.ends_on + timedelta(days=30)
        self.first["visa_case"] = VisaCase.objects.create(
            registration=registration, state="issued", outcome="visa", rule=self.first["visa_rule"], erase_after=last
        )
        for _letter in range(2):
            paper = Paper.objects.filter(voided_at=None).first()
            if paper:
                void_paper(paper)
            self.first["paper"] = issue_paper(
                LETTER, forum=self.forum, about=("registration", registration.ref), by=officer
            )

    def _crews(self, registration: Registration) -> None:
        """A vehicle with a pass, a line of equipment, an outlet with a quota."""
        officer = make_staff(self.forum, Role.ACCREDITATION_OFFICER)
        Category.objects.filter(pk=registration.category_id).update(lists_equipment=True)
        registration.category.lists_equipment = True
        self.first["vehicle"] = make_vehicle(self.forum, by=officer, approved=True)
        self.first["thing"] = make_equipment(registration)
        self.first["outlet"] = make_organisation("Выпуск")
        self.first["outlet_quota"] = set_quota(
            registration.category, group=self.first["outlet"], terms=QuotaTerms(places=1), by=officer
        )

    def _hand_out(self, registration: Registration) -> None:
        """Data went abroad, and are to be recalled."""
        region = Region.objects.get(code="UZ")
        self.first["abroad"] = Organisation.objects.create(slug="namuna", name="Namuna", region=region)
        Registration.objects.filter(pk=registration.pk).update(sent_by=self.first["abroad"])
        document = make_consent_document(self.forum, purpose="abroad", receiver=self.first["abroad"])
        self.first["consent_abroad"] = give_consent(registration, document=document, language="ru", by=None)
        self.first["handed"] = HandedOut.objects.create(
            registration=registration,
            receiver=self.first["abroad"],
            purpose="abroad",
            handed_at=now(),
            recalled_at=now(),
        )

    def _film(self, registration: Registration) -> None:
        """A wish that a plant has, and one that it has not seen."""
        by = make_staff(self.forum, Role.VISIT_COORDINATOR)
        self.first["wish"] = make_wish(registration, self.first["slot"], put_by=by)
        self.first["own_wish"] = make_wish(registration, self.first["slot"], means=["drone"])

    def _more_wishes(self, more: int, registrations: Sequence[Registration]) -> None:
        for key in ("wish", "own_wish"):
            wish = FilmingWish.objects.get(pk=self.first[key].pk)
            copies(wish, more, among("registration", registrations))
            copies(wish, more, on_another_day)

    def _more_crews(self, more: int, registrations: Sequence[Registration]) -> None:
        vehicle = Vehicle.objects.get(pk=self.first["vehicle"].pk)
        vehicles = copies(vehicle, more, sealed_driver)
        copies(vehicle.days.get(), more, among("vehicle", vehicles), another_plate)
        zone = vehicle.zones.get()
        Vehicle.zones.through.objects.bulk_create([Vehicle.zones.through(vehicle=one, zone=zone) for one in vehicles])
        copies(Equipment.objects.get(pk=self.first["thing"].pk), more, among("registration", registrations))
        mine = Equipment.objects.get(pk=self.first["thing"].pk)
        copies(mine, more, called_in("serial"))
        paper = Paper.objects.get(kind=PASS, subject_id=str(vehicle.public_id))
        copies(paper, more, next_number, lambda one, place: setattr(one, "subject_id", str(vehicles[place].public_id)))

    def _book(self) -> None:
        registration = self.first["credential"].registration
        seats = bookable_session(self.forum, slug=self.first["seats"].slug)
        assert seats
        self.first["seat"] = take(seats, registration=registration)
        self.first["visit"] = take(of_slot(self.first["slot"], forum=self.forum), registration=registration)

    def _propose(self) -> None:
        session, side = self.first["open"], partner(self.forum)
        self.first["proposal"] = propose_move(
            session,
            place=Place(hall=session.hall, starts=at(self.forum, "12:00"), ends=at(self.forum, "13:00")),
            version=session.version,
            reason="Ближе к обеду",
            answer_by=now() + timedelta(days=2),
            side=side,
            by=make_staff(self.forum, Role.PARTNER_EDITOR, scope_id=side.code),
        )

    def _ground(self) -> None:
        organiser = make_staff(self.forum, Role.ORGANISER)
        self.first |= {
            "organiser": organiser,
            "list": make_list(self.forum, by=organiser, taken_over=True),
            "invitation": make_invitation(self.forum, category=make_category(self.forum)),
            "batch": make_invitation_list(self.forum, by=organiser),
            "code": make_access_code(self.forum, category=make_category(self.forum), uses=5000),
            "job": make_job(self.forum, organiser, kind=PRINT_BATCH),
            "bulk": start_bulk(
                forum=self.forum, decision=MassDecision.APPROVE, refs=[self.first["waiting"].ref], by=organiser
            ),
            "change": ask_for_change(
                self.first["credential"].registration,
                field=KeyField.SURNAME,
                value="Другая",
                why="why",
                by=None,
            ),
            "reason": add_reason(
                forum=self.forum,
                kind=ReasonKind.ASK,
                texts={f"{part}_{code}": "a" for part in ("title", "text") for code in ("ru", "en")},
                by=organiser,
            ),
            "message": make_message(self.forum),
            "token": make_token(self.forum, Role.ORGANISER, holder=organiser),
        }
        self._came_by_code([self.first["credential"].registration])

    def _delegation(self) -> None:
        """Somebody who signs on paper, somebody who has, and a place without a name."""
        group, officer = make_delegation(self.forum), make_staff(self.forum, Role.ACCREDITATION_OFFICER)
        category = self.first["credential"].registration.category
        for key in ("listed", "signed"):
            texts = {"surname": f"Списков{'ая' if key == 'listed' else 'ый'}", "organisation": "О", "position": "П"}
            added = add_member(group, category=category, language="ru", texts=texts, by=officer)
            self.first[key] = Registration.objects.get(pk=added.registration.pk)
        paper = Signed(
            document=make_consent_document(self.forum), language="ru", signed_on=localdate(), witness="Свидетель"
        )
        record_paper(self.first["signed"], paper=paper, by=officer)
        quota = self.first["quota"] = make_quota(make_category(self.forum, code="guest"), places=90)
        wanted = Kept(number=1, names_by=now() + timedelta(days=5), seen=0)
        [self.first["holder"]] = keep_places(quota, wanted=wanted, by=officer)
        Pool.objects.filter(pk=quota.pool_id).update(places=900)

    def _more_of_delegation(self, more: int) -> None:
        for key in ("listed", "signed"):
            one = Registration.objects.get(pk=self.first[key].pk)
            people = copies(one.person, more)
            made = copies(one, more, among("person", people))
            copies(ImportedPerson.objects.get(registration=one), more, among("registration", made), of_its_own)
            if key == "signed":
                copies(Consent.objects.get(person=one.person), more, among("person", people))
        holder = PlaceHolder.objects.get(pk=self.first["holder"].pk)
        copies(holder, more)
        Pool.objects.filter(pk=holder.quota.pool_id).update(taken=F("taken") + more)

    def _more_people(self, more: int) -> None:
        credential = self.first["credential"]
        registration = Registration.objects.get(pk=credential.registration_id)
        people = copies(Person.objects.get(pk=registration.person_id), more)
        registrations = copies(registration, more, among("person", people))
        for key in ("consent", "consent_abroad"):
            copies(Consent.objects.get(pk=self.first[key].pk), more, among("person", people))
        copies(Answer.objects.get(pk=self.first["answer"].pk), more, among("registration", registrations))
        badges = copies(Credential.objects.get(pk=credential.pk), more, among("registration", registrations), sealed)
        whose = among("registration", registrations)
        copies(Scan.objects.earliest("pk"), more, whose, among("credential", badges))
        waits = Registration.objects.get(pk=self.first["waiting"].pk)
        waiting = copies(waits, more, among("person", copies(waits.person, more)))
        steps = RegistrationMove(registration=waits, was="draft", to="submitted")
        copies(steps, more, among("registration", waiting))
        self._more_in_line(more)
        self._more_places(more, people, registrations)
        self._more_documents(more, registrations)
        copies(record("registration.submitted", on=("registration", registration.ref), forum=self.forum), more)

    def _more_documents(self, more: int, registrations: Sequence[Registration]) -> None:
        copies(
            IdentityDocument.objects.get(pk=self.first["document"].pk),
            more,
            among("registration", registrations),
            new_number,
        )
        copies(self.first["erasure"], more)
        self._more_visas(more, registrations)
        self._more_crews(more, registrations)
        self._more_wishes(more, registrations)
        copies(HandedOut.objects.get(pk=self.first["handed"].pk), more, among("registration", registrations))
        copies(AuditEntry.objects.filter(action="registration.document_looked").earliest("pk"), more)

    def _more_visas(self, more: int, registrations: Sequence[Registration]) -> None:
        copies(self.first["visa_rule"], more, another_day)
        copies(self.first["visa_case"], more, among("registration", registrations))
        copies(Paper.objects.exclude(voided_at=None).earliest("pk"), more, next_number)

    def _more_in_line(self, more: int) -> None:
        waits = Registration.objects.get(pk=self.first["in_line"].pk)
        people = copies(waits.person, more)
        copies(waits, more, among("person", people))
        copies(Claim.objects.get(person=waits.person), more, among("person", people))

    def _more_places(self, more: int, people: Sequence[Person], registrations: Sequence[Registration]) -> None:
        for kind in ("seat", "visit"):
            claim = Claim.objects.get(pk=self.first[kind].pk)
            claims = copies(claim, more, among("person", people))
            copies(claim.occupied_times.get(), more, among("person", people), among("claim", claims))
            Pool.objects.filter(pk=claim.pool_id).update(taken=self.size)
            if kind == "visit":
                copies(claim.visit_booking, more, among("claim", claims), among("registration", registrations))

    def _more_programme(self, more: int) -> None:
        session = Session.objects.get(pk=self.first["open"].pk)
        halls = copies(session.hall, more)
        sessions = copies(session, more, among("hall", halls))
        speakers = copies(Speaker.objects.earliest("pk"), more)
        copies(SessionSpeaker.objects.earliest("pk"), more, among("session", sessions), among("speaker", speakers))
        proposals = copies(Proposal.objects.earliest("pk"), more, among("session", sessions))
        copies(ProposalStep.objects.earliest("pk"), more, among("proposal", proposals))
        copies(session.hall.venue, more)
        self._more_visits(more)
        publish_release(self.forum, by=None)

    def _more_visits(self, more: int) -> None:
        slot = VisitSlot.objects.get(pk=self.first["slot"].pk)
        programmes = copies(slot.programme, more)
        slots = copies(slot, more, among("programme", programmes), among("pool", copies(slot.pool, more)))
        copies(slot.legs.earliest("pk"), more, among("slot", slots))

    def _more_ground(self, more: int) -> None:
        copies(self.first["job"], more)
        copies(ReasonTemplate.objects.get(pk=self.first["reason"].pk), more)
        # Each person asks for one thing; everybody's waits in the queue.
        asking = Registration.objects.exclude(changes__isnull=False).order_by("pk")[:more]
        copies(ChangeRequest.objects.get(pk=self.first["change"].pk), more, among("registration", asking), sealed_anew)
        copies(self.first["bulk"], more, without_job)
        registrations = Registration.objects.exclude(bulk_rows__isnull=False).order_by("pk")[:more]
        copies(self.first["bulk"].rows.earliest("pk"), more, among("registration", registrations))
        copies(self.first["list"], more, without_file)
        copies(self.first["list"].rows.latest("pk"), more, numbered)
        self._more_invitations(more)
        copies(Message.objects.get(pk=self.first["message"].pk), more, called("occasion"))
        copies(Device.objects.get(pk=self.first["device"].pk), more)
        copies(Point.objects.get(pk=self.first["device"].point_id), more)
        copies(self.first["token"][0], more, called("name"))
        accounts = copies(self.first["organiser"], more, called("email"))
        copies(Membership.objects.get(account=self.first["organiser"]), more, among("account", accounts))

    def _more_invitations(self, more: int) -> None:
        batch = self.first["batch"]
        batches = copies(batch, more, among("run", copies(batch.run, more, without_file)))
        copies(Invitation.objects.get(pk=self.first["invitation"].pk), more, called("email"), among("batch", batches))
        copies(self.first["code"], more, lambda code, place: setattr(code, "code", new_code()))
        sent = Registration.objects.filter(code_use=None).exclude(state="draft").order_by("pk")[:more]
        self._came_by_code(sent)

    def _came_by_code(self, registrations: Iterable[Registration]) -> None:
        taken = {"code": self.first["code"], "is_taken": True, "taken_at": now()}
        CodeUse.objects.bulk_create(CodeUse(registration=one, **taken) for one in registrations)


def on_another_day(wish: FilmingWish, place: int) -> None:
    """The same is asked for once a day."""
    wish.day = date(2030, 1, 1) + timedelta(days=place + FilmingWish.objects.count())


def another_day(rule: VisaRule, place: int) -> None:
    """No day is ruled twice."""
    day = date(2026, 1, 1) + timedelta(days=place + VisaRule.objects.count())
    rule.during = DateRange(day, day + timedelta(days=1))


def next_number(paper: Paper, place: int) -> None:
    """Numbers and codes stand once."""
    paper.number, paper.code = place + 1000 + Paper.objects.count(), random_code(12)


def of_its_own(one: Any, place: int) -> None:
    """Nobody else is known by this key."""
    one.key = secrets.token_bytes(32)


def new_number(document: IdentityDocument, place: int) -> None:
    """Nobody else's."""
    document.number_hash = secrets.token_bytes(32)
    for column in SEALED:
        setattr(document, column, None)


def sealed(credential: Credential, place: int) -> None:
    """A token of its own, encrypted for this row."""
    credential.token = new_token()
    credential.token_hash = keyed_hash(credential.token, purpose=TOKEN_LOOKUP)
