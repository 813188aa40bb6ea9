"""Who comes: categories, people, registrations, consents, places."""

from registration.models.applications import (
    DeletionCode,
    EmailChange,
    EmailedCode,
    Registration,
    RegistrationMove,
    ReturnLink,
)
from registration.models.categories import Category, Delegation, Zone
from registration.models.consents import Consent, ConsentDocument, ConsentWithdrawal
from registration.models.documents import Erasure, IdentityDocument, PersonPicture
from registration.models.exports import ColumnSet
from registration.models.forms import Answer, Choice, Form, Question, Section
from registration.models.hand_over import HandOver
from registration.models.imports import ImportedPerson, ImportRow, ImportRun
from registration.models.people import Person
from registration.models.places import Claim, Pool
from registration.models.quotas import Quota

__all__ = [
    "Answer",
    "Category",
    "Choice",
    "Claim",
    "ColumnSet",
    "Consent",
    "ConsentDocument",
    "ConsentWithdrawal",
    "Delegation",
    "DeletionCode",
    "EmailChange",
    "EmailedCode",
    "Erasure",
    "Form",
    "HandOver",
    "IdentityDocument",
    "ImportRow",
    "ImportRun",
    "ImportedPerson",
    "Person",
    "PersonPicture",
    "Pool",
    "Question",
    "Quota",
    "Registration",
    "RegistrationMove",
    "ReturnLink",
    "Section",
    "Zone",
]
