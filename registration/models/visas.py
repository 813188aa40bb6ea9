"""Entry of foreign citizens: the dated rules, and the case of somebody who needs a letter."""

import uuid
from datetime import date, timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registration.enums import RULED, DocumentKind, VisaOutcome, VisaState


class VisaRule(models.Model):
    """What the law says of a citizenship with a document, from a day until a day: data, because the law changes.

    `document`: empty for any; a rule for the very document goes before. `during` is half-open, an open end means “until
    further notice”; of one citizenship and document two rules never speak of the same day. `lead_days`: so many days before
    the forum everything has to be there. `source` says where the organisers know it from.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    forum = models.ForeignKey("forum.Forum", on_delete=models.PROTECT, related_name="visa_rules")
    citizenship = models.CharField(max_length=2)
    document = models.CharField(max_length=20, choices=DocumentKind.choices, blank=True)
    during = DateRangeField()
    outcome = models.CharField(max_length=10, choices=RULED)
    most_days = models.PositiveSmallIntegerField(null=True)
    lead_days = models.PositiveSmallIntegerField(default=0)
    note = models.TextField(_("note"), blank=True)
    source = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["citizenship", "document", "during"]
        constraints = [
            ExclusionConstraint(
                name="visa_rule_once_a_day",
                expressions=[
                    ("forum", RangeOperators.EQUAL),
                    ("citizenship", RangeOperators.EQUAL),
                    ("document", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(name="visa_rule_has_days", condition=Q(during__isempty=False)),
            models.CheckConstraint(
                name="visa_rule_days_of_free_stay",
                condition=Q(most_days=None) | Q(outcome=VisaOutcome.FREE, most_days__gte=1),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.citizenship} {self.document or 'any'} {self.outcome}"

    @property
    def since(self) -> date | None:
        """The first day on which it holds."""
        return self.during.lower

    @property
    def until(self) -> date | None:
        """The last day on which it holds."""
        return self.during.upper - timedelta(days=1) if self.during.upper else None


class VisaCase(models.Model):
    """How somebody gets into the country. Purpose of the data: the invitation letter; kept until `erase_after`.

    `outcome` and `rule` are what the rules said last; `decided_by`: an officer has decided otherwise, and the rules move
    the case no more. `asked_at`: the person has asked for a letter. `told_days`: the last reminder that was sent, by its days.
    `letter_outdated_at`: something that stands in the valid letter has changed since. Passport data stand with the document,
    letters are papers (`forum.models.Paper`) about the application.
    """

    registration = models.OneToOneField("registration.Registration", on_delete=models.PROTECT, related_name="visa_case")
    state = models.CharField(max_length=12, choices=VisaState.choices)
    outcome = models.CharField(max_length=10, choices=VisaOutcome.choices)
    rule = models.ForeignKey(VisaRule, null=True, on_delete=models.PROTECT, related_name="cases")
    decided_by = models.ForeignKey("forum.Account", null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(null=True)
    arrives_on = models.DateField(_("arrival"), null=True)
    leaves_on = models.DateField(_("departure"), null=True)
    entry_place = models.CharField(_("place of entry"), max_length=120, blank=True)
    consulate = models.CharField(_("consulate"), max_length=120, blank=True)
    note = models.TextField(_("remark of the officers"), blank=True)
    told_days = models.PositiveSmallIntegerField(null=True)
    letter_outdated_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    wanted_at = models.DateTimeField(null=True)
    erase_after = models.DateField()
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="visa_stay_in_order",
                condition=Q(arrives_on=None) | Q(leaves_on=None) | Q(leaves_on__gte=F("arrives_on")),
            ),
            models.CheckConstraint(
                name="visa_case_erased_is_empty",
                condition=Q(erased_at=None) | Q(arrives_on=None, leaves_on=None, entry_place="", consulate="", note=""),
            ),
        ]
        indexes = [
            models.Index(name="visa_case_erasure", fields=["erase_after"], condition=Q(erased_at=None)),
            models.Index(name="visa_case_state", fields=["state"]),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.pk}"
