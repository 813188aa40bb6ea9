"""Forms of the team's pages."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from forum.enums import ROLE_SCOPES, MessageState, Role, ScopeKind
from forum.models import Forum
from forum.queries.rights import roles_to_grant, scope_choices
from forum.registry import message_kinds


class OutboxFilterForm(forms.Form):
    """Filters of the outbox; they live in the address, so that a view can be shared."""

    state = forms.ChoiceField(label=_("State"), required=False)
    reason = forms.ChoiceField(label=_("Letter"), required=False)
    q = forms.CharField(label=_("Number or address"), required=False, max_length=100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = sorted(((kind.reason, kind.label) for kind in message_kinds), key=lambda kind: str(kind[1]))
        self.fields["state"].choices = [("", _("all")), *MessageState.choices]
        self.fields["reason"].choices = [("", _("all")), *kinds]

    def chosen(self) -> dict[str, str]:
        """What was asked for; whatever is not on the lists is left out."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}


class GrantForm(forms.Form):
    """Give a role: to whom, what, for which region, plant or visit, and until when."""

    email = forms.EmailField(label=_("Email of the person"))
    role = forms.ChoiceField(label=_("Role"))
    scope = forms.ChoiceField(label=_("Limited to"), required=False)
    valid_until = forms.DateField(
        label=_("Until the end of"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, forum: Forum, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.forum = forum
        self.fields["role"].choices = [("", "—"), *((role.value, role.label) for role in roles_to_grant(forum))]
        self.fields["scope"].choices = [("", _("the whole forum")), *self._scopes()]
        self.fields["valid_until"].initial = max(forum.ends_on, localdate()) + timedelta(days=30)

    def _scopes(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Grouped by what they are; the id carries its kind, so that a plant is never taken for a region."""
        groups = ((ScopeKind(kind), scope_choices(kind, forum=self.forum)) for kind in ROLE_SCOPES.values())
        return [(str(kind.label), [(f"{kind}:{key}", name) for key, name in found]) for kind, found in groups if found]

    def clean(self) -> dict[str, Any]:
        """The scope must be of the kind that the role works for."""
        cleaned = super().clean() or {}
        role, scope = cleaned.get("role"), cleaned.get("scope", "")
        kind = ROLE_SCOPES.get(Role(role)) if role else None
        if kind and scope.partition(":")[0] != kind:
            self.add_error("scope", gettext("For this role choose %(kind)s.") % {"kind": kind.label})
        elif role and not kind and scope:
            self.add_error("scope", gettext("This role is for the whole forum: leave this field as it is."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """What `forum.actions.accounts.grant_role` takes."""
        until: date = self.cleaned_data["valid_until"]
        return {
            "email": self.cleaned_data["email"],
            "role": Role(self.cleaned_data["role"]),
            "scope_id": self.cleaned_data["scope"].partition(":")[2],
            "valid_until": datetime.combine(until + timedelta(days=1), time(), ZoneInfo(self.forum.timezone)),
        }
