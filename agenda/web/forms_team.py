"""Filters of the programme room; they live in the address, so that a view can be shared."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agenda.enums import DraftState
from agenda.queries.team_programme import Entry, TeamProgramme
from agenda.web.forms import FilterForm

WAITING = "proposal"


class RoomFilterForm(FilterForm):
    """The public filters, and where the draft stands."""

    state = forms.ChoiceField(label=_("Where it stands"), required=False)

    def __init__(self, *args: Any, programme: TeamProgramme, **kwargs: Any) -> None:
        super().__init__(*args, programme=programme, **kwargs)
        self._offer("state", _("All states"), [*DraftState.choices, (WAITING, _("A proposal is open"))])

    def narrowed(self, entries: list[Entry]) -> list[Entry]:
        """Those of `entries` that fit."""
        fitting = {id(item) for item in self.choice().chosen([entry.item for entry in entries])}
        state = self.cleaned_data.get("state", "")
        return [entry for entry in entries if id(entry.item) in fitting and _stands(entry, state)]


def _stands(entry: Entry, state: str) -> bool:
    if state == WAITING:
        return entry.proposal is not None
    return state in ("", entry.state)
