"""People and their names. One spelling is never derived from another silently."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registration.enums import SpokenLanguage

NAMELESS = dict.fromkeys(
    (
        "surname",
        "given_name",
        "patronymic",
        "latin_surname",
        "latin_given_name",
        "native_name",
        "badge_name",
        "citizenship",
        "email",
        "search_text",
        "sort_key",
    ),
    "",
)
"""What an erased person has left of the texts."""


class Person(models.Model):
    """Somebody who comes. The four spellings are separate fields; only a surname is always there.

    `account` looks after the person and may look after many. `search_text` holds every spelling folded, in both scripts;
    `sort_key` sorts names like a Russian dictionary in every database. Both are written by `actions.people.save_names`.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    forum = models.ForeignKey("forum.Forum", on_delete=models.PROTECT, related_name="people")
    account = models.ForeignKey("forum.Account", null=True, on_delete=models.PROTECT, related_name="people")
    surname = models.CharField(_("surname"), max_length=100, blank=True)
    given_name = models.CharField(_("given name"), max_length=100, blank=True)
    patronymic = models.CharField(_("patronymic"), max_length=100, blank=True)
    latin_surname = models.CharField(_("surname in Latin letters"), max_length=100, blank=True)
    latin_given_name = models.CharField(_("given name in Latin letters"), max_length=100, blank=True)
    native_name = models.CharField(_("name in your own language"), max_length=200, blank=True)
    badge_name = models.CharField(_("name on the badge"), max_length=200, blank=True)
    citizenship = models.CharField(_("citizenship"), max_length=2, blank=True)
    languages = ArrayField(models.CharField(max_length=5, choices=SpokenLanguage.choices), default=list)
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    """Purpose: the age on the day of a plant visit, and the plant's list. Asked when a visit is booked, not before;
    kept until the forum is over."""
    email = models.EmailField(_("email"), blank=True)
    addresses_given_up = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)
    """How often the email has been replaced or taken away; the database counts (trigger `registration_count_addresses`)."""
    processing_stopped_at = models.DateTimeField(null=True)
    """Set while the consent to processing is withdrawn: nobody is named, nothing moves on, no letter goes out."""
    erased_at = models.DateTimeField(null=True)
    """Set when everything above has been emptied for good: only the row is left, to which consents and scans point."""
    search_text = models.TextField(blank=True)
    sort_key = models.CharField(max_length=400, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="person_erased_is_nameless",
                condition=Q(erased_at=None)
                | Q(**NAMELESS, birth_date=None, account=None, languages=[], processing_stopped_at__isnull=False),
            ),
        ]
        indexes = [
            GinIndex(name="person_search", fields=["search_text"], opclasses=["gin_trgm_ops"]),
            models.Index(name="person_sorted", fields=["forum", "sort_key"]),
            models.Index(name="person_email", fields=["forum", "email"]),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
