"""Closed lists of the ground: roles, scopes, states of messages and jobs."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What a membership allows (`docs/architecture.md`, Roles)."""

    ORGANISER = "organiser", _("Organiser")
    ACCREDITATION_OFFICER = "accreditation_officer", _("Accreditation officer")
    PROGRAMME_EDITOR = "programme_editor", _("Programme editor")
    VISIT_COORDINATOR = "visit_coordinator", _("Visit coordinator")
    PARTNER_EDITOR = "partner_editor", _("Partner region editor")
    HOST_CONTACT = "host_contact", _("Host enterprise contact")
    ESCORT = "escort", _("Group escort")
    DELEGATION_HEAD = "delegation_head", _("Head of a delegation")
    CHECKIN_STAFF = "checkin_staff", _("Check-in staff")
    CHECKIN_SUPERVISOR = "checkin_supervisor", _("Check-in supervisor")
    PRIVACY_OFFICER = "privacy_officer", _("Privacy officer")
    VIEWER = "viewer", _("Press office")


class ScopeKind(TextChoices):
    """What a membership is limited to; `scope_id` holds the region code or the public id."""

    FORUM = "forum", _("the whole forum")
    REGION = "region", _("one region")
    ORGANISATION = "organisation", _("one organisation")
    VISIT_SLOT = "visit_slot", _("one plant visit")


ROLE_SCOPES = {
    Role.PARTNER_EDITOR: ScopeKind.REGION,
    Role.HOST_CONTACT: ScopeKind.ORGANISATION,
    Role.ESCORT: ScopeKind.VISIT_SLOT,
    Role.DELEGATION_HEAD: ScopeKind.REGION,
}
"""Roles that need a scope; every other role spans the forum."""


class ForumRole(TextChoices):
    """What an organisation is to the forum; the order of logos is protocol and therefore data."""

    ORGANISER = "organiser", _("Organiser")
    SUPPORTER = "supporter", _("With the support of")
    PARTNER = "partner", _("Partner region")
    INITIATOR = "initiator", _("Initiator of the programme")
    HOST = "host", _("Host enterprise")


class ActorKind(TextChoices):
    """Who acted: a signed-in person, an applicant without an account, a scanner, or the system itself."""

    ACCOUNT = "account", _("person")
    APPLICANT = "applicant", _("applicant")
    DEVICE = "device", _("device")
    SYSTEM = "system", _("system")


class MessageState(TextChoices):
    """`unknown`: the server may or may not have taken it; never re-sent by itself."""

    QUEUED = "queued", _("queued")
    SENDING = "sending", _("sending")
    SENT = "sent", _("sent")
    RETRY = "retry", _("will be tried again")
    FAILED = "failed", _("failed")
    UNKNOWN = "unknown", _("unknown")


class Lane(TextChoices):
    """A personal message never waits behind a campaign."""

    PERSONAL = "personal", _("personal")
    BULK = "bulk", _("bulk")


class JobState(TextChoices):
    """`cancelled` keeps what was done before the stop."""

    QUEUED = "queued", _("queued")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")


NOBODY = "erased.invalid"
"""Domain of the addresses that stand where one has been erased; nothing is ever delivered there (RFC 2606)."""
