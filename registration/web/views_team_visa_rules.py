"""The dated rules of entry before the officers: all of them, one with its history, a new one."""

from datetime import date
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from forum.models import Account
from forum.web.access import TeamView
from forum.web.forms import attempt
from registration.actions.visa_rules import set_rule
from registration.countries import country_name
from registration.engine.visas.rules import Rule
from registration.enums import VisaOutcome
from registration.models import VisaRule
from registration.queries.visas import as_rule, history_of_rule, rules_visible_to
from registration.web.forms_team_visa import RuleForm

TONES = {VisaOutcome.FREE: "ok", VisaOutcome.VISA: "ask", VisaOutcome.E_VISA: "new"}
MOST_HISTORY = 30


class RulesView(TeamView):
    """By country."""

    permission_required = "registration.manage_visas"

    def get(self, request: HttpRequest) -> HttpResponse:
        """What does not hold on the days of the forum is said to."""
        rows = [self._row(rule) for rule in rules_visible_to(request.user, forum=self.forum)]
        rows.sort(key=lambda row: (row["country"], row["rule"].pk))
        return render(request, "registration/team/visa_rules.html", {"rows": rows})

    def _row(self, rule: VisaRule) -> dict[str, Any]:
        plain: Rule = as_rule(rule)
        return {
            "rule": rule,
            "country": country_name(rule.citizenship),
            "tone": TONES[VisaOutcome(rule.outcome)],
            "holds": plain.covers(self.forum.starts_on, self.forum.ends_on),
            "is_over": bool(rule.until and rule.until < localdate()),
        }


class RuleView(TeamView):
    """One rule; who has written it how."""

    permission_required = "registration.manage_visas"
    rule: VisaRule | None = None

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The form with what is stored."""
        return self.page(RuleForm(rule=self.find()))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Write it; what is refused stays in the form."""
        rule, form = self.find(), RuleForm(request.POST)
        if not form.is_valid() or attempt(form, lambda: self._save(rule, form)) is None:
            return self.page(form, status=422)
        messages.success(request, _("The rule is written. Everybody it is about is looked at anew."))
        return redirect("people:visa_rules")

    def find(self) -> VisaRule | None:
        """The rule of the address, or 404; none where a new one is written."""
        if "public_id" in self.kwargs and self.rule is None:
            rows = rules_visible_to(self.request.user, forum=self.forum)
            self.rule = get_object_or_404(rows, public_id=self.kwargs["public_id"])
        return self.rule

    def _save(self, rule: VisaRule | None, form: RuleForm) -> VisaRule:
        version = form.cleaned_data["version"] or 0
        return set_rule(self.forum, terms=form.terms(), rule=rule, version=version, by=cast(Account, self.request.user))

    def page(self, form: RuleForm, *, status: int = 200) -> HttpResponse:
        """New and old look alike."""
        rule = self.find()
        context = {
            "form": form,
            "rule": rule,
            "history": [_told(entry) for entry in history_of_rule(rule)[:MOST_HISTORY]] if rule else [],
        }
        return render(self.request, "registration/team/visa_rule.html", context, status=status)


def _told(entry: Any) -> dict[str, Any]:
    """What the rule said from then on."""
    data = entry.data
    return {
        "entry": entry,
        "country": country_name(data["citizenship"]),
        "outcome": VisaOutcome(data["outcome"]).label,
        "days": f"{_day(data['since'])} – {_day(data['until'])}",
        "most_days": data["most_days"],
        "lead_days": data["lead_days"],
    }


def _day(iso_text: str | None) -> str:
    return f"{date.fromisoformat(iso_text):%d.%m.%Y}" if iso_text else "…"
