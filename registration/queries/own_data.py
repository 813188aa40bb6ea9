"""Everything the room of registration holds about one person, as parts of the page “My data”."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from forum.models import Message
from forum.registry import DataPart, DataRow, message_kinds
from registration.countries import country_name
from registration.engine.documents.numbers import masked
from registration.engine.questions.sheet import said
from registration.engine.questions.words import value_words
from registration.enums import (
    ChangeState,
    DocumentKind,
    EquipmentKind,
    KeyField,
    LegalBasis,
    PictureKind,
    RegistrationState,
    SpokenLanguage,
    VisaState,
)
from registration.models import Merge, Registration
from registration.queries.changes import requests_of
from registration.queries.consents import withdrawal_of
from registration.queries.documents import document_of, kept_fields, looks_at, pictures_of
from registration.queries.entrances import invitation_of
from registration.queries.equipment import equipment_of
from registration.queries.forms import sheet_of, world_of
from registration.queries.questions import answers_of
from registration.queries.visas import case_of, letters_of

LANGUAGES = dict(settings.LANGUAGES)


def person_part(registration: Registration) -> DataPart:
    """Names, as the person gave them, and how to reach them."""
    person = registration.person
    languages = [str(SpokenLanguage(code).label) for code in person.languages]
    row = DataRow()
    row.add("surname", _("Surname"), person.surname)
    row.add("given_name", _("Given name"), person.given_name)
    row.add("patronymic", _("Patronymic"), person.patronymic)
    row.add("latin_surname", _("Surname in Latin letters"), person.latin_surname)
    row.add("latin_given_name", _("Given name in Latin letters"), person.latin_given_name)
    row.add("native_name", _("Name in your own language"), person.native_name)
    row.add("badge_name", _("Name on the badge"), person.badge_name)
    row.add("citizenship", _("Document issued by"), country_name(person.citizenship) if person.citizenship else "")
    row.add("birth_date", _("Date of birth"), person.birth_date)
    row.add("languages", _("Languages you speak"), ", ".join(languages))
    row.add("email", _("Email"), person.email)
    return DataPart("person", _("You"), _("To know who comes, to print the badge and to write to you."), [row])


def application_part(registration: Registration) -> DataPart:
    """What was applied for, and what became of it."""
    row = DataRow()
    row.add("ref", _("Reference"), registration.ref)
    row.add("category", _("Category"), registration.category.name)
    row.add("came_by", _("Begun by"), registration.get_came_by_display())
    row.add("delegation", _("Delegation"), registration.delegation and registration.delegation.region.name)
    row.add("organisation", _("Organisation"), registration.organisation)
    row.add("position", _("Position"), registration.position)
    row.add("position_short", _("Position on the badge"), registration.position_short)
    row.add("language", _("Language of our letters"), _(str(LANGUAGES[registration.language])))
    row.add("state", _("State"), RegistrationState(registration.state).label)
    row.add("created_at", _("Application started"), registration.created_at)
    row.add("submitted_at", _("Application sent"), registration.submitted_at)
    row.add("confirm_by", _("To be confirmed by"), registration.confirm_by)
    purpose = _("To decide on your participation and to keep your place.")
    return DataPart("application", _("Application"), purpose, [row])


def answers_part(registration: Registration) -> DataPart:
    """Every answer to a question of a form, also to those that are no longer asked, each with what it is for."""
    answers = answers_of(registration)
    world = world_of(*{answer.question.form_id: sheet_of(answer.question.form_id) for answer in answers}.values())
    rows = []
    for answer in answers:
        item, language = sheet_of(answer.question.form_id).by_code[answer.code], get_language() or "ru"
        row = DataRow()
        row.add("question", _("Question"), said(item.label, language))
        row.add("answer", _("Answer"), value_words(item, answer.content, world))
        row.add("purpose", _("What for"), said(item.purpose, language))
        row.add("legal_basis", _("Legal basis"), LegalBasis(item.legal_basis).label)
        row.add("kept_until", _("Kept until"), registration.forum.ends_on + timedelta(days=item.kept_days))
        rows.append(row)
    purpose = _("What the organisers ask people of your category, each question for a purpose of its own.")
    return DataPart("answers", _("Answers to questions"), purpose, rows)


def equipment_part(registration: Registration) -> DataPart:
    """What the person brings."""
    rows = []
    for one in equipment_of(registration):
        row = DataRow()
        row.add("kind", _("Kind"), EquipmentKind(one.kind).label)
        row.add("model", _("Make and model"), one.model)
        row.add("serial", _("Serial number"), one.serial)
        row.add("count", _("How many"), one.count)
        rows.append(row)
    purpose = _("To let your equipment in and out at the gate.")
    return DataPart("equipment", _("Equipment"), purpose, rows)


def moves_part(registration: Registration) -> DataPart:
    """The history of the application with what the organisers wrote."""
    rows = []
    for step in registration.moves.all():
        row = DataRow()
        row.add("at", _("When"), step.at)
        row.add("to", _("Became"), RegistrationState(step.to).label)
        row.add("note", _("Remark"), step.note)
        rows.append(row)
    return DataPart("history", _("What happened"), _("To be able to explain every decision."), rows)


def hand_overs_part(registration: Registration) -> DataPart:
    """To whom the place was to go, by the reference of their application; their name is theirs."""
    rows = []
    for one in registration.hand_overs.select_related("substitute"):
        row = DataRow()
        row.add("to", _("To the application"), one.substitute.ref)
        row.add("begun_at", _("Begun"), one.begun_at)
        row.add("ended_at", _("Ended"), one.ended_at)
        row.add("outcome", _("How it ended"), one.get_outcome_display())
        rows.append(row)
    return DataPart("hand_overs", _("Place handed over"), _("To move your place to whom you have named."), rows)


def merges_part(registration: Registration) -> DataPart:
    """Applications of the person that an officer has joined; the other one by its reference."""
    rows = []
    for one in Merge.objects.filter(Q(kept=registration) | Q(gone=registration)).select_related("kept", "gone", "undo"):
        stays = one.kept_id == registration.pk
        row = DataRow()
        row.add("at", _("When"), one.at)
        row.add("other", _("With the application"), one.gone.ref if stays else one.kept.ref)
        row.add("stays", _("This application"), _("stays") if stays else _("ended"))
        row.add("reason", _("Why"), one.reason)
        row.add("undone_at", _("Taken back"), one.undo.at if hasattr(one, "undo") else None)
        rows.append(row)
    return DataPart("merges", _("Applications joined"), _("To keep one application where you had sent two."), rows)


def consents_part(registration: Registration) -> DataPart:
    """What was agreed to and taken back, with the proof."""
    rows = []
    for consent in registration.person.consents.select_related("document__receiver", "withdrawal"):
        withdrawal = withdrawal_of(consent)
        with translation.override(consent.language):
            title = consent.document.title
        row = DataRow()
        row.add("title", _("Text"), title)
        row.add("receiver", _("Receiver"), consent.document.receiver and consent.document.receiver.name)
        row.add("version", _("Version"), consent.document.version)
        row.add("language", _("Read in"), _(str(LANGUAGES[consent.language])))
        row.add("evidence", _("How"), consent.get_evidence_display())
        row.add("given_at", _("Given"), consent.given_at)
        row.add("signed_on", _("Signed on"), consent.signed_on)
        row.add("withdrawn_at", _("Taken back"), withdrawal and withdrawal.withdrawn_at)
        row.add("withdrawn_way", _("How it was taken back"), withdrawal and withdrawal.get_way_display())
        row.add("received_on", _("Received on"), withdrawal and withdrawal.received_on)
        row.add("ip", _("Network address"), consent.ip)
        row.add("text_hash", _("Fingerprint of the text"), consent.text_hash)
        rows.append(row)
    purpose = _("To prove that you agreed, and when you took it back. The law asks for it.")
    return DataPart("consents", _("Consents"), purpose, rows, is_proof=True)


def letters_part(registration: Registration) -> DataPart:
    """Which letters were written, to which address and when. Their content is not kept once they have left."""
    rows = []
    about = Q(subject_kind="registration", subject_id=registration.ref)
    if invitation := invitation_of(registration):
        about |= Q(subject_kind="invitation", subject_id=str(invitation.public_id))
    letters = Message.objects.filter(about).defer("context")
    for letter in letters.order_by("pk"):
        row = DataRow()
        row.add("subject", _("Letter"), message_kinds[letter.reason].label)
        row.add("to", _("To"), letter.recipient)
        row.add("written_at", _("Written"), letter.created_at)
        row.add("sent_at", _("Sent"), letter.sent_at)
        rows.append(row)
    return DataPart("letters", _("Letters"), _("To know what you have been told. The text is not kept."), rows)


def account_part(registration: Registration) -> DataPart:
    """The login that looks after the application."""
    account, rows = registration.person.account, []
    if account:
        row = DataRow()
        row.add("email", _("Email"), account.email)
        row.add("language", _("Language"), _(str(LANGUAGES[account.language])))
        row.add("timezone", _("Time zone"), ZoneInfo(account.timezone))
        row.add("created_at", _("Made"), account.created_at)
        rows.append(row)
    return DataPart("login", _("Sign-in"), _("To let you sign in with an emailed code. There is no password."), rows)


def document_part(registration: Registration) -> DataPart:
    """The document and the pictures: what is kept, not what it says. In full it is seen by those who have to, with a reason."""
    rows, document = [], document_of(registration)
    if document:
        row = DataRow()
        row.add("kind", _("Document"), DocumentKind(document.kind).label)
        row.add("number", _("Number"), masked(document.number or ""))
        row.add("kept", _("Kept of it"), ", ".join(str(field.label) for field in kept_fields(document)))
        row.add("changed_at", _("Last changed"), document.changed_at)
        row.add("erase_after", _("Erased after"), document.erase_after)
        rows.append(row)
    for picture in pictures_of(registration):
        row = DataRow()
        row.add("picture", _("Picture"), PictureKind(picture.kind).label)
        row.add("created_at", _("Handed in"), picture.created_at)
        row.add("erase_after", _("Erased after"), picture.erase_after)
        rows.append(row)
    for entry in looks_at(registration):
        row = DataRow()
        row.add("looked_at", _("Read in full"), entry.at)
        row.add("reason", _("What for"), entry.reason)
        rows.append(row)
    purpose = _("For passes to plants and invitation letters. Encrypted; shown in full only with a reason.")
    return DataPart("document", _("Identity document"), purpose, rows)


def visa_part(registration: Registration) -> DataPart:
    """How the person gets into the country: the case, the stay, the letters by number."""
    rows, case = [], case_of(registration)
    if case:
        row = DataRow()
        row.add("state", _("State"), VisaState(case.state).label)
        row.add("arrives_on", _("Arrival"), case.arrives_on)
        row.add("leaves_on", _("Departure"), case.leaves_on)
        row.add("entry_place", _("Place of entry"), case.entry_place)
        row.add("consulate", _("Consulate"), case.consulate)
        row.add("note", _("Remark"), case.note)
        row.add("erase_after", _("Erased after"), case.erase_after)
        rows.append(row)
    for paper in letters_of(registration):
        row = DataRow()
        row.add("number", _("Invitation letter"), paper.number)
        row.add("issued_at", _("Issued"), paper.issued_at)
        row.add("voided_at", _("Void since"), paper.voided_at)
        rows.append(row)
    return DataPart("visa", _("Visa"), _("For the invitation letter with which you apply for a visa."), rows)


def changes_part(registration: Registration) -> DataPart:
    """What was asked to be changed; the value itself only while it waits."""
    rows = []
    for change in requests_of(registration):
        row = DataRow()
        row.add("field", _("What"), KeyField(change.field).label)
        row.add("value", _("Should be"), change.value or "")
        row.add("why", _("Reason"), change.why)
        row.add("state", _("State"), ChangeState(change.state).label)
        row.add("answer", _("Answer"), change.answer)
        row.add("asked_at", _("Asked"), change.asked_at)
        rows.append(row)
    return DataPart("changes", _("Requests for a change"), _("To keep your badge and the lists correct."), rows)


PARTS = (
    person_part,
    document_part,
    visa_part,
    application_part,
    answers_part,
    changes_part,
    consents_part,
    equipment_part,
    moves_part,
    hand_overs_part,
    merges_part,
    letters_part,
    account_part,
)
"""In the order of the page."""
