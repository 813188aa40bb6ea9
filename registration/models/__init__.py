"""Who comes: categories, people, registrations, consents, places."""

from registration.models.applications import (
    DeletionCode,
    EmailChange,
    EmailedCode,
    Registration,
    RegistrationMove,
    ReturnLink,
)
from registration.models.bulk import BulkDecision, BulkRow
from registration.models.categories import Category, Delegation, Zone
from registration.models.changes import ChangeRequest
from registration.models.codes import AccessCode, CodeUse
from registration.models.consents import Consent, ConsentDocument, ConsentWithdrawal
from registration.models.disclosures import HandedOut
from registration.models.documents import Erasure, IdentityDocument, PersonPicture
from registration.models.equipment import Equipment
from registration.models.exports import ColumnSet
from registration.models.forms import Answer, AnswerFile, Choice, Form, Question, Section
from registration.models.hand_over import HandOver
from registration.models.imports import ImportedPerson, ImportRow, ImportRun
from registration.models.invitations import Invitation, InvitationBatch, InvitationLink
from registration.models.merges import Merge, MergeMemory, MergeUndo, NotSame
from registration.models.people import Person
from registration.models.placeholders import PlaceHolder
from registration.models.places import Claim, Pool
from registration.models.quotas import Quota
from registration.models.reviews import PreCheck, ReasonTemplate
from registration.models.vehicles import Vehicle, VehicleDay
from registration.models.visas import VisaCase, VisaRule

__all__ = [
    "AccessCode",
    "Answer",
    "AnswerFile",
    "BulkDecision",
    "BulkRow",
    "Category",
    "ChangeRequest",
    "Choice",
    "Claim",
    "CodeUse",
    "ColumnSet",
    "Consent",
    "ConsentDocument",
    "ConsentWithdrawal",
    "Delegation",
    "DeletionCode",
    "EmailChange",
    "EmailedCode",
    "Equipment",
    "Erasure",
    "Form",
    "HandOver",
    "HandedOut",
    "IdentityDocument",
    "ImportRow",
    "ImportRun",
    "ImportedPerson",
    "Invitation",
    "InvitationBatch",
    "InvitationLink",
    "Merge",
    "MergeMemory",
    "MergeUndo",
    "NotSame",
    "Person",
    "PersonPicture",
    "PlaceHolder",
    "Pool",
    "PreCheck",
    "Question",
    "Quota",
    "ReasonTemplate",
    "Registration",
    "RegistrationMove",
    "ReturnLink",
    "Section",
    "Vehicle",
    "VehicleDay",
    "VisaCase",
    "VisaRule",
    "Zone",
]
