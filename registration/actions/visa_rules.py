"""Writing the dated rules of entry. Their history is the log: each entry holds the whole rule."""

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from forum.actions.audit import record
from forum.actions.patience import busy_in_words
from forum.errors import DomainError
from forum.models import Account, Forum
from registration.enums import VisaOutcome
from registration.models import VisaRule
from registration.tasks import assess_visas

ONCE = "visa_rule_once_a_day"


@dataclass(frozen=True, kw_only=True)
class RuleTerms:
    """What a rule says. `since` and `until` are days that still count; None is open. `notes` by language."""

    citizenship: str
    document: str
    since: date | None
    until: date | None
    outcome: VisaOutcome
    most_days: int | None = None
    lead_days: int = 0
    notes: dict[str, str]
    source: str = ""


@busy_in_words  # two who are kept apart by the constraint alone may each wait for the other: PostgreSQL ends one of them
@transaction.atomic(durable=True)
def set_rule(
    forum: Forum, *, terms: RuleTerms, rule: VisaRule | None = None, version: int = 0, by: Account
) -> VisaRule:
    """A new rule, or another text of `rule`; everybody is asked about anew by a worker.

    Raises `DomainError` with a message per field: days out of order, the same citizenship and document ruled twice on one
    day (the database decides), somebody else's change in between.
    """
    _refuse_bad_terms(terms)
    row = _locked(rule, version) if rule else VisaRule(forum=forum, version=0)
    _write(row, terms)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if ONCE not in str(error):
            raise
        message = _(
            "There is a rule for this country and document on some of these days. Change the days, or that rule."
        )
        raise DomainError("visa_rule.twice", message, fields={"since": message}) from error
    record("visa_rule.set", on=("visa_rule", row.public_id), forum=forum, by=by, **_told(terms))
    assess_visas.delay_on_commit(forum_id=forum.pk)
    return row


def _refuse_bad_terms(terms: RuleTerms) -> None:
    fields: dict[str, str] = {}
    if terms.since and terms.until and terms.until < terms.since:
        fields["until"] = _("The rule cannot end before it begins. Check both days.")
    if terms.most_days is not None and terms.outcome != VisaOutcome.FREE:
        fields["most_days"] = _("Days without a visa are told only where no visa is needed. Leave the field empty.")
    if fields:
        raise DomainError("visa_rule.impossible", _("The rule cannot be right."), fields=fields, status=422)


def _locked(rule: VisaRule, version: int) -> VisaRule:
    row = VisaRule.objects.select_for_update().get(pk=rule.pk)
    if row.version != version:
        raise DomainError(
            "visa_rule.stale", _("Somebody changed this rule meanwhile. Load the page again and compare.")
        )
    return row


def _write(row: VisaRule, terms: RuleTerms) -> None:
    row.citizenship, row.document, row.outcome = terms.citizenship, terms.document, terms.outcome
    row.during = DateRange(terms.since, terms.until and terms.until + timedelta(days=1), "[)")
    row.most_days, row.lead_days, row.source = terms.most_days, terms.lead_days, terms.source
    for language, text in terms.notes.items():
        setattr(row, f"note_{language}", text)
    row.version += 1


def _told(terms: RuleTerms) -> dict[str, Any]:
    """The whole rule for the log; nothing in it is about a person."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(terms).items()}
