"""Registrations: a person at this forum, in a category, with a delegation, in a state with a history."""

import uuid

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from forum.refs import new_ref
from registration.enums import Entrance, RegistrationState


class Registration(models.Model):
    """An application and what became of it. `ref` is the public name, ten characters that can be read aloud.

    `position` keeps the long form (up to 250 characters); `position_short` is the badge version, edited apart. `version`
    is the optimistic lock of everything the applicant and an officer may both change.
    """

    ref = models.CharField(max_length=10, unique=True, default=new_ref, editable=False)
    forum = models.ForeignKey("forum.Forum", on_delete=models.PROTECT, related_name="registrations")
    person = models.ForeignKey("registration.Person", on_delete=models.PROTECT, related_name="registrations")
    category = models.ForeignKey("registration.Category", on_delete=models.PROTECT, related_name="registrations")
    delegation = models.ForeignKey(
        "registration.Delegation", null=True, on_delete=models.PROTECT, related_name="registrations"
    )
    sent_by = models.ForeignKey("forum.Organisation", null=True, on_delete=models.PROTECT, related_name="people_sent")
    """Under whose quota the person comes; set by whoever answers for the quota, never by what an applicant types."""
    organisation = models.CharField(_("organisation"), max_length=250, blank=True)
    position = models.CharField(_("position"), max_length=250, blank=True)
    position_short = models.CharField(_("position on the badge"), max_length=80, blank=True)
    language = models.CharField(_("language of messages"), max_length=5, choices=settings.LANGUAGES)
    state = models.CharField(
        _("state"), max_length=20, choices=RegistrationState.choices, default=RegistrationState.DRAFT
    )
    version = models.PositiveIntegerField(default=1)
    note = models.TextField(_("message to the applicant"), blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    submitted_at = models.DateTimeField(null=True)
    confirm_by = models.DateTimeField(null=True)
    deadline_told_at = models.DateTimeField(null=True)
    """When the person was last told of `confirm_by`: the next reminder is the first one after this."""
    awaits_consent = models.BooleanField(default=False)
    """Entered from a list by the organisers: the person has not consented yet, so it can only be a draft."""
    came_by = models.CharField(max_length=10, choices=Entrance.choices, blank=True)
    """Whether to look for an invitation or a code at all: most applications have neither."""

    erased_at = models.DateTimeField(null=True)
    """Set with the person's: where somebody worked is told no more, the state stays for the figures."""

    class Meta:
        ordering = ["-submitted_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="registration_erased_is_empty",
                condition=Q(erased_at=None) | Q(organisation="", position="", position_short="", note=""),
            ),
            models.CheckConstraint(
                name="registration_complete_when_sent",
                condition=Q(state__in=[RegistrationState.DRAFT, RegistrationState.CANCELLED])
                | Q(erased_at__isnull=False)
                | (Q(delegation__isnull=False, submitted_at__isnull=False) & ~Q(organisation="") & ~Q(position="")),
            ),
            models.CheckConstraint(
                name="registration_consented_when_sent",
                condition=Q(awaits_consent=False) | Q(state__in=[RegistrationState.DRAFT, RegistrationState.CANCELLED]),
            ),
            models.UniqueConstraint(
                name="registration_one_live_per_person",
                fields=["forum", "person"],
                condition=~Q(
                    state__in=[RegistrationState.CANCELLED, RegistrationState.REJECTED, RegistrationState.REPLACED]
                ),
            ),
        ]
        indexes = [
            models.Index(name="registration_queue", fields=["forum", "state", "submitted_at"]),
            # As the search asks: `icontains` compares in capitals.
            GinIndex(OpClass(Upper("organisation"), "gin_trgm_ops"), name="registration_organisation"),
        ]

    def __str__(self) -> str:
        return self.ref


class RegistrationMove(models.Model):
    """One step of a registration's history, shown to the applicant as a time line."""

    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="moves")
    was = models.CharField(max_length=20, choices=RegistrationState.choices)
    to = models.CharField(max_length=20, choices=RegistrationState.choices)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey("forum.Account", null=True, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.was} -> {self.to}"


class ReturnLink(models.Model):
    """The link in an email that leads back to one application without an account. Only its hash is stored.

    Changing the email kills every earlier link, so a former holder cannot write back (complaint REG-1).
    """

    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="return_links")
    token_hash = models.BinaryField(unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"return link {self.pk}"


class EmailedCode(models.Model):
    """Six digits sent to an address. Only their hash is stored; `wrong_codes` counts what was typed in vain."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code_hash = models.BinaryField()
    wrong_codes = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.public_id)


class EmailChange(EmailedCode):
    """A new email that waits for its proof. The address is forgotten as soon as this is over, used or not."""

    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="email_changes")
    new_email = models.EmailField(blank=True)

    class Meta(EmailedCode.Meta):
        constraints = [
            models.UniqueConstraint(name="email_change_one_waits", fields=["registration"], condition=Q(ended_at=None)),
            models.CheckConstraint(name="email_change_forgets_address", condition=Q(ended_at=None) | Q(new_email="")),
        ]


class DeletionCode(EmailedCode):
    """Proves that whoever wants everything deleted reads the person's letters."""

    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="deletion_codes")

    class Meta(EmailedCode.Meta):
        constraints = [
            models.UniqueConstraint(
                name="deletion_code_one_waits", fields=["registration"], condition=Q(ended_at=None)
            ),
        ]
