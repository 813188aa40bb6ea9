"""Reasons in the reader's words: first why not, then what would help."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agenda.engine.eligibility import Reason
from agenda.enums import Refusal
from forum.models import Forum
from forum.templatetags.times import day_text, minutes_text, when_text

Facts = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Words:
    """`why` and `help` are whole sentences; `code` is the reason's."""

    code: str
    why: str
    help: str

    @property
    def text(self) -> str:
        """Both in one line."""
        return f"{self.why} {self.help}".strip()


def in_words(reason: Reason, *, forum: Forum) -> Words:
    """One reason; moments are told in the forum's zone."""
    why, remedy = _SAYS[reason.code](reason.facts, forum)
    return Words(code=reason.code, why=why, help=remedy)


def _not_confirmed(facts: Facts, forum: Forum) -> tuple[str, str]:
    return _("Participation is not confirmed."), _("Confirm it under “My participation”, then choose places.")


def _online_only(facts: Facts, forum: Forum) -> tuple[str, str]:
    return _("Online participants have no place on site."), _("To come in person, write to %(email)s.") % {
        "email": forum.contact_email
    }


def _over(facts: Facts, forum: Forum) -> tuple[str, str]:
    return _("It has begun already or is over."), _("Choose another one.")


def _birth_date_missing(facts: Facts, forum: Forum) -> tuple[str, str]:
    why = _("The plant lets in visitors from %(age)s years.") % {"age": facts["min_age"]}
    return why, _("Enter your date of birth when you book.")


def _too_young(facts: Facts, forum: Forum) -> tuple[str, str]:
    why = ngettext(
        "On %(day)s the visitor will be %(age)s year old, and the plant lets in visitors from %(min_age)s years.",
        "On %(day)s the visitor will be %(age)s years old, and the plant lets in visitors from %(min_age)s years.",
        facts["age"],
    ) % {"day": day_text(facts["day"]), "age": facts["age"], "min_age": facts["min_age"]}
    return why, _("Choose a visit with a lower age.")


def _list_closed(facts: Facts, forum: Forum) -> tuple[str, str]:
    when = when_text(facts["until"], zone=forum.timezone)
    why = _("The plant's list is closed for your document since %(when)s.") % {"when": when}
    return why, _("Choose a visit whose list is still open.")


def _clash(facts: Facts, forum: Forum) -> tuple[str, str]:
    period = when_text(facts["starts"], zone=forum.timezone, end=facts["ends"])
    why = _("At that time there is “%(what)s”: %(period)s.") % {"what": facts["what"], "period": period}
    if facts["fixed"]:
        return why, _("Nothing is booked beside it. Choose another time.")
    return why, _("Nobody can be in two places at once: give that place back, or choose another time.")


def _travel(facts: Facts, forum: Forum) -> tuple[str, str]:
    why = _("The way to or from “%(what)s” takes %(needed)s, and there are only %(left)s.") % {
        "what": facts["what"],
        "needed": minutes_text(facts["needed"]),
        "left": minutes_text(facts["minutes"]),
    }
    return why, _("Give that place back, or choose something nearer.")


_SAYS: dict[Refusal, Callable[[Facts, Forum], tuple[str, str]]] = {
    Refusal.NOT_CONFIRMED: _not_confirmed,
    Refusal.ONLINE_ONLY: _online_only,
    Refusal.OVER: _over,
    Refusal.BIRTH_DATE_MISSING: _birth_date_missing,
    Refusal.TOO_YOUNG: _too_young,
    Refusal.LIST_CLOSED: _list_closed,
    Refusal.CLASH: _clash,
    Refusal.TRAVEL: _travel,
}
