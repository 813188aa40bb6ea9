"""Personal invitations: who is invited as what, the links that were sent, and the lists they came from."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from registration.enums import LIVING, InvitationState
from registration.models.imports import ImportRow, ImportRun


class InvitationBatch(models.Model):
    """What holds for all invitations of one list. The list itself is read, planned and erased as every other one."""

    run = models.OneToOneField(ImportRun, on_delete=models.CASCADE, related_name="batch")
    name = models.CharField(max_length=80)
    skips_review = models.BooleanField(default=False)
    expires_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class Invitation(models.Model):
    """One person is invited, once, in one category.

    Email, names and work are what the inviter wrote: a proposal, of which only the email holds. They are kept as long as
    the invitation lives; used, declined, withdrawn or expired it keeps the figures alone, and the database sees to that.
    """

    PERSONAL = (
        "email",
        "surname",
        "given_name",
        "patronymic",
        "latin_surname",
        "latin_given_name",
        "organisation",
        "position",
        "note",
        "search_text",
    )
    """Everything that is emptied at the end; the delegation goes too."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    forum = models.ForeignKey("forum.Forum", on_delete=models.PROTECT, related_name="invitations")
    category = models.ForeignKey("registration.Category", on_delete=models.PROTECT, related_name="invitations")
    state = models.CharField(max_length=10, choices=InvitationState.choices, default=InvitationState.WRITTEN)
    language = models.CharField(max_length=5, choices=settings.LANGUAGES)
    email = models.EmailField(blank=True)
    surname = models.CharField(max_length=100, blank=True)
    given_name = models.CharField(max_length=100, blank=True)
    patronymic = models.CharField(max_length=100, blank=True)
    latin_surname = models.CharField(max_length=100, blank=True)
    latin_given_name = models.CharField(max_length=100, blank=True)
    organisation = models.CharField(max_length=250, blank=True)
    position = models.CharField(max_length=250, blank=True)
    delegation = models.ForeignKey("registration.Delegation", null=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    """Of the officers, for the officers: never shown to the person."""
    search_text = models.TextField(blank=True)
    skips_review = models.BooleanField(default=False)
    expires_at = models.DateTimeField(null=True)
    batch = models.ForeignKey(InvitationBatch, null=True, on_delete=models.PROTECT, related_name="invitations")
    row = models.OneToOneField(ImportRow, null=True, on_delete=models.PROTECT, related_name="invitation")
    registration = models.OneToOneField(
        "registration.Registration", null=True, on_delete=models.PROTECT, related_name="invitation"
    )
    by = models.ForeignKey("forum.Account", null=True, on_delete=models.PROTECT, related_name="+")
    address_proved = models.BooleanField(default=False)
    """The person came by a link that only our letter to this address held."""
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    """The last letter that reminded; no second one within a day."""
    last_call_at = models.DateTimeField(null=True)
    """The letter of the last three days; there is one at most."""
    opened_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                name="invitation_one_lives",
                fields=["forum", "category", "email"],
                condition=Q(state__in=sorted(LIVING)),
            ),
            models.CheckConstraint(
                name="invitation_lives_with_email",
                condition=~Q(state__in=sorted(LIVING)) | (~Q(email="") & Q(ended_at=None)),
            ),
            models.CheckConstraint(
                name="invitation_forgets_person",
                condition=Q(state__in=sorted(LIVING))
                | Q(
                    email="",
                    surname="",
                    given_name="",
                    patronymic="",
                    latin_surname="",
                    latin_given_name="",
                    organisation="",
                    position="",
                    note="",
                    search_text="",
                    delegation=None,
                    ended_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="invitation_used_for_application",
                condition=~Q(state=InvitationState.USED) | Q(registration__isnull=False, used_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="invitation_list", fields=["forum", "state"]),
            models.Index(name="invitation_expires", fields=["expires_at"], condition=Q(state__in=sorted(LIVING))),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def lives(self) -> bool:
        """It may still be used, unless its time is over and the sweep has not come yet."""
        return self.state in LIVING


class InvitationLink(models.Model):
    """A secret that opens one invitation; only its keyed hash is kept. Each letter has one of its own.

    `is_mailed`: only the letter held it, so whoever comes by it reads that mailbox. A copied link proves nothing.
    """

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="links")
    secret_hash = models.BinaryField(unique=True)
    is_mailed = models.BooleanField()
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"invitation link {self.pk}"
