"""Forms of the officers: the queue's filter, a decision, a correction."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, cast
from zoneinfo import ZoneInfo

from django import forms
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from forum.models import Account, Forum
from forum.web.searched import WordsField, sealed
from registration.actions import review
from registration.enums import MOVES, RegistrationState
from registration.models import Registration
from registration.queries.applications import TO_CHECK, TO_DECIDE, QueueFilter
from registration.queries.dossier import categories_of
from registration.web.answers import LABELS
from registration.web.fields import LineField
from registration.web.forms import WholeForm, delegation_choices

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

ALL = "all"
"""In the address: every state. Without a state and without a search the queue shows what waits for a decision."""


class QueueForm(forms.Form):
    """The filter; it lives in the address, so that a view can be kept and shared."""

    words = WordsField()
    category = forms.ChoiceField(label=LABELS["category"], required=False)
    delegation = forms.ChoiceField(label=LABELS["delegation"], required=False)
    stage = forms.ChoiceField(
        label=_("Two glances"),
        choices=[("", _("all")), (TO_CHECK, _("to be checked")), (TO_DECIDE, _("checked, to be decided"))],
        required=False,
    )

    def __init__(self, data: Any, *, forum: Forum) -> None:
        super().__init__(data, label_suffix="")
        everything: list[Any] = [("", _("all"))]
        self.categories = list(categories_of(forum))
        categories = [(category.code, str(category)) for category in self.categories]
        cast(forms.ChoiceField, self.fields["category"]).choices = everything + categories
        groups = delegation_choices(forum, by_code=True)[1:]
        cast(forms.ChoiceField, self.fields["delegation"]).choices = everything + groups
        self.is_valid()

    @property
    def narrowed_by(self) -> QueueFilter:
        """What was asked for; whatever is not on the lists is left out."""
        given = {name: self.cleaned_data.get(name, "") for name in self.fields}
        state = self.data.get("state", "" if given["words"] else RegistrationState.SUBMITTED)
        return QueueFilter(
            state=state if state in RegistrationState.values else "",
            category=given["category"],
            delegation=given["delegation"],
            query=given["words"],
            stage=given["stage"],
        )


def address_of(narrowed_by: QueueFilter, **changes: str) -> str:
    """The filter as the query of an address, with `changes`; the state is always named."""
    values = {
        "state": narrowed_by.state or ALL,
        "category": narrowed_by.category,
        "delegation": narrowed_by.delegation,
        "stage": narrowed_by.stage,
        "words": sealed(narrowed_by.query),
    }
    return urlencode({name: value for name, value in (values | changes).items() if value})


@dataclass(frozen=True)
class Decision:
    """What an officer may decide. `note` says what the text field is for: not there, wanted, or needed.

    `inverse`: the decision that takes it back.
    `decides`: where a category asks for two glances it is the second one.
    `without_address`: only for people who cannot be written to.
    `only_from`: the one state in which it is this decision, where the applicant too may make the same move.
    """

    name: str
    to: RegistrationState
    act: Callable[[Registration, Account, str], Any]
    done: "_StrPromise"
    note: str = ""
    only_from: RegistrationState | None = None
    inverse: str = ""
    decides: bool = False
    without_address: bool = False

    def is_possible(self, registration: Registration) -> bool:
        """Whether the table of moves lets the application go there, and this decision is the way."""
        state = RegistrationState(registration.state)
        fits = not (self.without_address and registration.person.email)
        return fits and self.to in MOVES[state] and self.only_from in (None, state)


_S = RegistrationState
DECISIONS: dict[str, Decision] = {
    decision.name: decision
    for decision in (
        Decision(
            "approve",
            _S.APPROVED,
            lambda r, by, note: review.approve(r, by=by),
            _("Approved: %(name)s"),
            decides=True,
        ),
        Decision(
            "line",
            _S.WAITLISTED,
            lambda r, by, note: review.put_in_line(r, by=by),
            _("Waiting list: %(name)s"),
            decides=True,
        ),
        Decision(
            "ask",
            _S.NEEDS_CHANGES,
            lambda r, by, note: review.ask_for_changes(r, by=by, note=note),
            _("Sent back with your message: %(name)s"),
            note="needed",
        ),
        Decision(
            "reject",
            _S.REJECTED,
            lambda r, by, note: review.reject(r, by=by, note=note),
            _("Not accepted: %(name)s"),
            note="wanted",
            inverse="reopen",
            decides=True,
        ),
        Decision(
            "reopen",
            _S.SUBMITTED,
            lambda r, by, note: review.reopen(r, by=by),
            _("Under review again: %(name)s"),
            only_from=_S.REJECTED,
        ),
        Decision(
            "come",
            _S.CONFIRMED,
            lambda r, by, note: review.confirm_for(r, by=by),
            _("Coming: %(name)s"),
            only_from=_S.APPROVED,
            without_address=True,
        ),
        Decision(
            "block",
            _S.BLOCKED,
            lambda r, by, note: review.block(r, by=by, reason=note),
            _("Blocked: %(name)s"),
            note="needed",
        ),
        Decision(
            "unblock",
            _S.CONFIRMED,
            lambda r, by, note: review.lift_block(r, by=by),
            _("No longer blocked: %(name)s"),
            only_from=_S.BLOCKED,
        ),
    )
}


class NoteForm(forms.Form):
    """The text that goes with a decision."""

    note = forms.CharField(
        label=_("Message"), required=False, max_length=2000, strip=True, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, data: Any = None, *, decision: Decision, text: str = "") -> None:
        # Several decisions stand on one page, each with its own field.
        super().__init__(data, initial={"note": text}, label_suffix="", auto_id=f"{decision.name}_%s")
        self.decision = decision
        self.fields["note"].required = decision.note == "needed"
        if decision.name == "block":
            self.fields["note"].label = _("Reason")


class ProlongForm(forms.Form):
    """The last day on which an approved person may confirm."""

    until = forms.DateField(
        label=_("May confirm until the end of"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial, label_suffix="", auto_id="prolong_%s")

    @classmethod
    def of(cls, registration: Registration) -> "ProlongForm | None":
        """With three days more; nothing where nobody waits for a confirmation."""
        if registration.state != RegistrationState.APPROVED or registration.confirm_by is None:
            return None
        return cls(initial={"until": (registration.confirm_by + timedelta(days=3)).date()})

    def until_of(self, timezone: str) -> datetime:
        """The end of the day by the clock of the forum."""
        return datetime.combine(self.cleaned_data["until"], time(23, 59), ZoneInfo(timezone))


class CorrectForm(WholeForm):
    """Everything about the person at once, with the reason of the correction. Labels are those of the lists."""

    reason = LineField(label=_("Why is it corrected?"), max_length=300, help_text=_("Kept in the log, not sent."))

    def __init__(self, data: Any = None, *, registration: Registration) -> None:
        super().__init__(data, registration=registration)
        for field in self.asks:
            self.fields[field].label = LABELS[field]
            self.fields[field].help_text = ""
