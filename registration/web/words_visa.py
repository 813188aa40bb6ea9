"""What the pages say about entry: to the person in one line, to the officers in a chip."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forum.templatetags.times import day_text
from registration.engine.visas.rules import Verdict
from registration.enums import VisaOutcome, VisaState
from registration.queries.visas import Standing

S = VisaState
TONES = {
    S.NOT_NEEDED: "off",
    S.CHECKING: "wait",
    S.WANTED: "ask",
    S.READY: "new",
    S.ISSUED: "ok",
    S.GRANTED: "ok",
    S.REFUSED: "no",
    S.DROPPED: "off",
}
"""Tones of the chips of the design system."""


@dataclass(frozen=True)
class Truth:
    """One line of truth and what it means."""

    line: str
    hint: str = ""


def truth_of(standing: Standing | None, said: Verdict) -> Truth:
    """Where the person stands; without a case the rules alone speak."""
    if standing is None or standing.case.state in (S.NOT_NEEDED, S.DROPPED):
        return _by_rule(said)
    return _OPEN[VisaState(standing.case.state)](standing)


def _by_rule(said: Verdict) -> Truth:
    if said.outcome == VisaOutcome.FREE:
        return Truth(_("You need no visa for the forum."), _free_days(said))
    if said.outcome == VisaOutcome.E_VISA:
        return Truth(
            _("You can come with an e-visa."),
            _(
                "You apply for it yourself on the site of the consular service; no letter is needed. If you want one, ask."
            ),
        )
    if said.outcome == VisaOutcome.VISA:
        return Truth(
            _("You need a visa, but no letter from us is asked for now."), _("If you need one, ask for it here.")
        )
    return _checking()


def _free_days(said: Verdict) -> str:
    days = said.rule.most_days if said.rule else None
    if not days:
        return ""
    text = ngettext("You may stay %(days)s day without one.", "You may stay up to %(days)s days without one.", days)
    return text % {"days": days}


def _checking(standing: Standing | None = None) -> Truth:
    return Truth(
        _("We check whether you need a visa."),
        _("There is nothing to do now. Your application goes on; we write to you as soon as we know."),
    )


def _wanted(standing: Standing) -> Truth:
    said = {"day": day_text(standing.due)}
    if standing.days_left < 0:
        return Truth(
            _("We still lack data for your invitation letter; the day was %(day)s.") % said,
            _("Give them today: perhaps there is still time. Without them no letter can be written."),
        )
    return Truth(
        _("Give us the data for your invitation letter by %(day)s.") % said,
        _("With this letter you apply for the visa at a consulate. Later we cannot promise that there is time enough."),
    )


def _ready(standing: Standing) -> Truth:
    return Truth(
        _("Everything is there. We are writing your invitation letter."),
        _("We send you an email as soon as it can be fetched here."),
    )


def _issued(standing: Standing) -> Truth:
    if standing.letter is None or standing.letter.file_id is None:
        return Truth(_("Your invitation letter has its number and is being drawn."), _("It is here in a moment."))
    return Truth(
        _("Your invitation letter no. %(number)s is ready.") % {"number": standing.letter.number},
        _("Print it and hand it in at the consulate with your application for the visa. Then tell us what came of it."),
    )


def _granted(standing: Standing) -> Truth:
    return Truth(_("You have your visa. See you at the forum!"))


def _refused(standing: Standing) -> Truth:
    return Truth(
        _("The visa was refused."),
        _("Write to %(email)s: together we look what can be done, or take part online.")
        % {"email": standing.case.registration.forum.contact_email},
    )


_OPEN = {
    S.CHECKING: _checking,
    S.WANTED: _wanted,
    S.READY: _ready,
    S.ISSUED: _issued,
    S.GRANTED: _granted,
    S.REFUSED: _refused,
}
