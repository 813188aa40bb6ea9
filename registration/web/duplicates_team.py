"""What the officers see of two applications side by side, in words."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registration.actions.merging import MAY_TAKE, value_of
from registration.engine.duplicates import Pair
from registration.enums import HOLDS_PLACE, Likeness, RegistrationState
from registration.models import Registration
from registration.queries.duplicates import likelier_kept, place_passes
from registration.web.answers import LABELS, STEP_FIELDS, STEP_TITLES, in_words
from registration.web.views_team import row

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

BIRTH_DATE: "_StrPromise" = gettext_lazy("Date of birth")
PARTS = {
    "name": (*STEP_FIELDS["name"], "birth_date"),
    "contact": STEP_FIELDS["contact"],
    "work": ("category", *STEP_FIELDS["work"]),
}
"""What is compared, part by part."""


@dataclass(frozen=True)
class Line:
    """One answer of both; `may_choose` where the two differ and the other's may be taken."""

    field: str
    label: str
    kept: str
    gone: str
    differs: bool
    may_choose: bool
    taken: bool


def words_of(field: str, value: Any) -> str:
    """As people read it."""
    return date_format(value, "j E Y") if isinstance(value, date) else in_words(field, value)


def comparison(kept: Registration, gone: Registration, taken: Collection[str] = ()) -> list[dict[str, Any]]:
    """Part by part, answer by answer."""
    return [
        {"title": STEP_TITLES[part], "lines": [_line(field, kept, gone, field in taken) for field in fields]}
        for part, fields in PARTS.items()
    ]


def _line(field: str, kept: Registration, gone: Registration, taken: bool) -> Line:
    one, other = value_of(kept, field), value_of(gone, field)
    label = BIRTH_DATE if field == "birth_date" else LABELS[field]
    may_choose = one != other and field in MAY_TAKE and bool(other)
    return Line(field, str(label), words_of(field, one), words_of(field, other), one != other, may_choose, taken)


def choosable(kept: Registration, gone: Registration) -> list[str]:
    """Answers of which the other's may be taken: they differ, and there is something to take."""
    return [line.field for part in comparison(kept, gone) for line in part["lines"] if line.may_choose]


def unwritten(kept: Registration, gone: Registration) -> list[str]:
    """Those that are empty in the one that stays: taken unless the officer says otherwise."""
    return [field for field in choosable(kept, gone) if not value_of(kept, field)]


def reasons(pair: Pair) -> list[tuple[str, str]]:
    """Tone and word of each thing that is the same, and of what speaks against it."""
    found = [("wait" if one == Likeness.NAME else "no", str(one.label)) for one in pair.same]
    return [*found, ("off", _("different birth dates"))] if pair.born_apart else found


def pair_row(pair: Pair, known: dict[int, Registration]) -> dict[str, Any]:
    """One line of the list; the one that has come further first."""
    kept, gone = likelier_kept(known[pair.first], known[pair.second])
    return {"kept": row(kept), "gone": row(gone), "reasons": reasons(pair)}


def consequences(kept: Registration, gone: Registration, take: Collection[str] = ()) -> list[str]:
    """What merging does, sentence by sentence, as both stand now."""
    said = [_("The other application ends. Its history, consents, pictures and log stay with it, and both are linked.")]
    said += _place(kept, gone, take)
    if gone.state == RegistrationState.CONFIRMED:
        said.append(_("The other badge stops working at once."))
        said.append(
            _("Its places in sessions and plant visits are given back and are lost; undoing does not bring them back.")
        )
    if gone.state in HOLDS_PLACE and gone.category.lists_equipment:
        said.append(
            _("Its wishes to film end, and its list of equipment stays behind; undoing does not bring the wishes back.")
        )
    if gone.category_id != kept.category_id:
        said.append(_("The categories differ: answers to the questions of the other category are not taken over."))
    elif kept.category.form_id:
        said.append(
            _("Answers to the questions of the category fill what is empty here; pictures stay where they are.")
        )
    if "email" in take:
        said.append(_("The new address gets the last letter again; links in the old letters stop working."))
    elif kept.person.email.casefold() != gone.person.email.casefold():
        said.append(_("Nothing is written to the other address."))
    said.append(_("You can undo this for ten minutes, while nobody has touched either application."))
    return said


def _place(kept: Registration, gone: Registration, take: Collection[str]) -> list[str]:
    if gone.state == RegistrationState.WAITLISTED:
        return [_("Its number in the waiting list is given up.")]
    if gone.state not in HOLDS_PLACE:
        return []
    if "delegation" in take:
        kept.delegation = gone.delegation
    if place_passes(kept, gone):
        return [_("Its place passes on: the application that stays is approved, and the letter leaves in ten minutes.")]
    return [_("Its place is given back and may go to the next in line at once; then undoing is not possible.")]
