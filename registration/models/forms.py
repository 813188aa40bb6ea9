"""Forms: what a category asks beside the usual answers, in versions that never change, and what people have answered."""

import json
import uuid
from typing import Any, cast

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Deferrable, Q
from django.utils.translation import gettext_lazy as _

from forum.crypto.fields import EncryptedTextField
from forum.enums import Role
from registration.engine.questions.sheet import Item
from registration.enums import LegalBasis, QuestionKind
from registration.models.places import Pool

is_code = RegexValidator(r"\A[a-z][a-z0-9_]{0,29}\Z", _("Small Latin letters, digits and _, a letter first."))


class Form(models.Model):
    """One version of the questions of a category. `number` counts the versions; `version` is the lock of a draft.

    A category has one draft at most. A published version never changes, nor do its questions: triggers refuse it. The one
    in force is `Category.form`.
    """

    category = models.ForeignKey("registration.Category", on_delete=models.PROTECT, related_name="forms")
    number = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey("forum.Account", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["category", "-number"]
        constraints = [
            models.UniqueConstraint(name="form_number_once", fields=["category", "number"]),
            models.UniqueConstraint(name="form_one_draft", fields=["category"], condition=Q(published_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.category_id} v{self.number}"

    @property
    def is_draft(self) -> bool:
        """It may still be changed."""
        return self.published_at is None


class Section(models.Model):
    """Questions that belong together, under one heading."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="sections")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120, blank=True)
    hint = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                name="form_section_order", fields=["form", "position"], deferrable=Deferrable.DEFERRED
            )
        ]

    def __str__(self) -> str:
        return self.title


class Question(models.Model):
    """One question of one version. `code` names it through all versions: the same code is the same question.

    `condition` says for whom it is there (`registration.engine.questions.conditions`). `asks_again`: with this version
    earlier answers are no longer ones; `good_from` is the first version whose answers still are. `visible_to` names roles
    that read the answers beside the organisers; nobody named: the accreditation officers. `is_sensitive` answers are
    encrypted. Answers are erased `kept_days` after the forum.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="questions")
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=30, validators=[is_code])
    kind = models.CharField(max_length=12, choices=QuestionKind.choices)
    label = models.CharField(max_length=250, blank=True)
    help = models.CharField(max_length=500, blank=True)
    required = models.BooleanField(default=False)
    condition = models.JSONField(null=True)
    bounds = models.JSONField(default=dict)
    purpose = models.CharField(max_length=250, blank=True)
    legal_basis = models.CharField(max_length=10, choices=LegalBasis.choices, default=LegalBasis.CONTRACT)
    kept_days = models.PositiveSmallIntegerField(default=30)
    visible_to = ArrayField(models.CharField(max_length=30, choices=Role.choices), default=list, blank=True)
    is_sensitive = models.BooleanField(default=False)
    asks_again = models.BooleanField(default=False)
    good_from = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["section__position", "position"]
        constraints = [
            models.UniqueConstraint(name="form_question_code", fields=["form", "code"]),
            models.UniqueConstraint(
                name="form_question_order", fields=["section", "position"], deferrable=Deferrable.DEFERRED
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Choice(models.Model):
    """One answer of a choice. `places` is what the draft wants; once published, `pool` counts, the same in all versions."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="choices")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=30, validators=[is_code])
    label = models.CharField(max_length=150, blank=True)
    places = models.PositiveIntegerField(null=True)
    pool = models.ForeignKey(Pool, null=True, on_delete=models.PROTECT, related_name="choices")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(name="choice_code_once", fields=["question", "code"]),
            models.UniqueConstraint(
                name="choice_order", fields=["question", "position"], deferrable=Deferrable.DEFERRED
            ),
        ]

    def __str__(self) -> str:
        return self.code


class AnswerFile(models.Model):
    """A picture that was handed in as the answer to a question, drawn anew and sealed. The answer's content is its id.

    Handed in and not saved yet: `answer` is None; the sweep erases such a file after a day, like one whose answer is gone.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    registration = models.ForeignKey("registration.Registration", on_delete=models.PROTECT, related_name="answer_files")
    code = models.CharField(max_length=30)
    answer = models.OneToOneField("registration.Answer", null=True, on_delete=models.SET_NULL, related_name="kept_file")
    file = models.OneToOneField("forum.StoredFile", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(name="answer_file_unused", fields=["created_at"], condition=Q(answer=None))]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def seal(self) -> str:
        """The place for which the bytes are sealed: this file and no other."""
        return f"registration_answerfile.file:{self.public_id}"


class Answer(models.Model):
    """What one person answered; one current answer for each code. `question` is the version it was given under.

    Sensitive values are sealed, all others plain: read and write them by `content` alone.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    registration = models.ForeignKey("registration.Registration", on_delete=models.PROTECT, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    code = models.CharField(max_length=30)
    value = models.JSONField(null=True)
    sealed = EncryptedTextField(aad_from="public_id", null=True)
    answered_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="answer_once_per_code", fields=["registration", "code"]),
            models.CheckConstraint(
                name="answer_plain_or_sealed",
                condition=Q(value__isnull=False, sealed__isnull=True) | Q(value__isnull=True, sealed__isnull=False),
            ),
        ]
        indexes = [models.Index(name="answer_of_code", fields=["code"])]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def content(self) -> Any:
        """The answer itself, as `registration.engine.questions.cleaning` made it."""
        return self.value if self.sealed is None else json.loads(self.sealed)

    def write(self, content: Any, *, item: Item) -> None:
        """Set the answer under this version of its question (not saved)."""
        self.question_id, self.code = cast(int, item.pk), item.code
        self.value = None if item.is_sensitive else content
        self.sealed = json.dumps(content) if item.is_sensitive else None
