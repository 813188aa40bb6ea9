"""Lists of people taken over from spreadsheets: each file, each of its rows, and who is known again in the next file."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from forum.crypto.fields import EncryptedTextField
from registration.enums import ImportOutcome, ImportUndone


class ImportRun(models.Model):
    """One file and how it is read. The file is kept sealed until `file.erase_after`, then only the figures stay.

    `columns` holds one field for each column of the file, empty for those that are not taken. `job` is the work that
    takes the people over, `undo_job` the one that takes them back; neither is there for the command line. `kind` is the
    ending of the file, or `HAND` for a single person who was typed in: then there is no file.
    """

    HAND = "hand"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    forum = models.ForeignKey("forum.Forum", on_delete=models.PROTECT, related_name="imports")
    by = models.ForeignKey("forum.Account", null=True, on_delete=models.PROTECT, related_name="+")
    file = models.OneToOneField("forum.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=4)
    encoding = models.CharField(max_length=10, blank=True)
    delimiter = models.CharField(max_length=10, blank=True)
    columns = ArrayField(models.CharField(max_length=20, blank=True))
    category = models.ForeignKey("registration.Category", on_delete=models.PROTECT, related_name="+")
    delegation = models.ForeignKey("registration.Delegation", null=True, on_delete=models.PROTECT, related_name="+")
    """Whose list it is, where a head handed it in: it brings people of this delegation, and touches nobody else."""
    language = models.CharField(max_length=5, choices=settings.LANGUAGES)
    sends_letters = models.BooleanField(default=True)
    rows_count = models.PositiveIntegerField()
    job = models.OneToOneField("forum.Job", null=True, on_delete=models.PROTECT, related_name="+")
    undo_job = models.OneToOneField("forum.Job", null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="import_ends_after_start", condition=Q(finished_at=None) | Q(started_at__isnull=False)
            ),
            models.CheckConstraint(
                name="import_undone_after_start", condition=Q(undone_at=None) | Q(started_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class ImportedPerson(models.Model):
    """By what a person of a list is known again: keyed hashes, nothing readable.

    `marks` maps an answer to the keyed hash of the value that the last file brought: what differs has been changed by
    the person or an officer since, and is not overwritten.
    """

    forum = models.ForeignKey("forum.Forum", on_delete=models.PROTECT, related_name="+")
    registration = models.OneToOneField("registration.Registration", on_delete=models.PROTECT, related_name="imported")
    key = models.BinaryField(max_length=32)
    external = models.BinaryField(max_length=32, null=True)
    marks = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="imported_person_key_once", fields=["forum", "key"]),
            models.UniqueConstraint(name="imported_person_external_once", fields=["forum", "external"]),
        ]

    def __str__(self) -> str:
        return f"imported {self.pk}"


class ImportRow(models.Model):
    """What became of one row. `problems` are [field, code] without any value; `before` is what undoing puts back.

    `version` is the version of the application after this row wrote it: another one tells that somebody has touched it.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="rows")
    number = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10, choices=ImportOutcome.choices)
    registration = models.ForeignKey(
        "registration.Registration", null=True, on_delete=models.PROTECT, related_name="import_rows"
    )
    problems = models.JSONField(default=list)
    before = EncryptedTextField(aad_from="public_id", null=True)
    version = models.PositiveIntegerField(null=True)
    undone = models.CharField(max_length=10, choices=ImportUndone.choices, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(name="import_row_once", fields=["run", "number"])]
        indexes = [models.Index(name="import_row_outcome", fields=["run", "outcome"])]

    def __str__(self) -> str:
        return f"{self.run_id}:{self.number}"
