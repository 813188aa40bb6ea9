"""Who comes: categories, people, registrations, consents, places."""

from registration.models.applications import EmailChange, Registration, RegistrationMove, ReturnLink
from registration.models.bulk import BulkDecision, BulkRow
from registration.models.categories import Category, Delegation, Zone
from registration.models.changes import ChangeRequest
from registration.models.consents import Consent, ConsentDocument, ConsentWithdrawal
from registration.models.documents import Erasure, IdentityDocument, PersonPicture
from registration.models.exports import ColumnSet
from registration.models.forms import Answer, Choice, Form, Question, Section
from registration.models.imports import ImportedPerson, ImportRow, ImportRun
from registration.models.people import Person
from registration.models.places import Claim, Pool
from registration.models.quotas import Quota
from registration.models.reviews import PreCheck, ReasonTemplate

__all__ = [
    "Answer",
    "BulkDecision",
    "BulkRow",
    "Category",
    "ChangeRequest",
    "Choice",
    "Claim",
    "ColumnSet",
    "Consent",
    "ConsentDocument",
    "ConsentWithdrawal",
    "Delegation",
    "EmailChange",
    "Erasure",
    "Form",
    "IdentityDocument",
    "ImportRow",
    "ImportRun",
    "ImportedPerson",
    "Person",
    "PersonPicture",
    "Pool",
    "PreCheck",
    "Question",
    "Quota",
    "ReasonTemplate",
    "Registration",
    "RegistrationMove",
    "ReturnLink",
    "Section",
    "Zone",
]
