"""The form of a merge: which answers of the other application are taken, and why the two are one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registration.actions.merging import MAY_TAKE
from registration.models import Registration
from registration.web.duplicates_team import choosable, unwritten
from registration.web.fields import LineField
from registration.web.views_steps import number


class MergeForm(forms.Form):
    """`taken`: names of answers that can still be taken. `versions`: what the officer has compared."""

    take = forms.MultipleChoiceField(required=False, choices=[(name, name) for name in MAY_TAKE])
    reason = LineField(
        label=_("Why are they one person?"), max_length=300, help_text=_("Kept in the log of both, not sent.")
    )
    kept_version = forms.CharField(required=False)
    gone_version = forms.CharField(required=False)

    def __init__(self, data: Any = None, *, kept: Registration, gone: Registration) -> None:
        super().__init__(data, label_suffix="")
        names = choosable(kept, gone)
        chosen = data.getlist("take") if data is not None else unwritten(kept, gone)
        self.taken = [name for name in chosen if name in names]
        self.read = (kept.version, gone.version)

    @property
    def versions(self) -> tuple[int, int]:
        """As the page carried them."""
        given = [number(self.data.get(name, "")) for name in ("kept_version", "gone_version")]
        return given[0], given[1]

    @property
    def carried(self) -> tuple[int, int]:
        """For the next page: those that were compared first."""
        return self.versions if self.is_bound else self.read
