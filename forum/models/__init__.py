"""The rows everybody stands on: accounts, edition, audit, messages, jobs, files, API tokens."""

from forum.models.accounts import Account, Membership
from forum.models.audit import AuditEntry
from forum.models.edition import CalendarDay, Forum, ForumOrganisation, Organisation, Region
from forum.models.files import StoredFile
from forum.models.jobs import Job
from forum.models.messages import Message
from forum.models.papers import Paper, PaperCounter
from forum.models.tokens import ApiAnswer, ApiToken

__all__ = [
    "Account",
    "ApiAnswer",
    "ApiToken",
    "AuditEntry",
    "CalendarDay",
    "Forum",
    "ForumOrganisation",
    "Job",
    "Membership",
    "Message",
    "Organisation",
    "Paper",
    "PaperCounter",
    "Region",
    "StoredFile",
]
