"""Forms of the team's pages."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from forum.enums import ROLE_SCOPES, MessageState, Role, ScopeKind
from forum.models import Account, Forum
from forum.queries.access import memberships_of, roles_of
from forum.queries.rights import roles_to_grant, scope_choices
from forum.registry import message_kinds
from forum.web.searched import WordsField


class OutboxFilterForm(forms.Form):
    """Filters of the outbox; they live in the address, so that a view can be shared."""

    state = forms.ChoiceField(label=_("State"), required=False)
    reason = forms.ChoiceField(label=_("Letter"), required=False)
    words = WordsField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = sorted(((kind.reason, kind.label) for kind in message_kinds), key=lambda kind: str(kind[1]))
        self.fields["state"].choices = [("", _("all")), *MessageState.choices]
        self.fields["reason"].choices = [("", _("all")), *kinds]

    def chosen(self) -> dict[str, str]:
        """What was asked for; whatever is not on the lists is left out."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}


class RoleForm(forms.Form):
    """A role and what it is limited to."""

    role = forms.ChoiceField(label=_("Role"))
    scope = forms.ChoiceField(label=_("Limited to"), required=False)

    def __init__(self, *args: Any, forum: Forum, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.forum = forum
        self.fields["role"].choices = [("", "—"), *((role.value, role.label) for role in self.roles())]
        self.fields["scope"].choices = [("", _("the whole forum")), *self._scopes()]

    def roles(self) -> list[Role]:
        """What can be chosen."""
        return roles_to_grant(self.forum)

    def scopes(self, kind: ScopeKind) -> list[tuple[str, str]]:
        """What a role of this kind can be limited to: (id, name)."""
        return scope_choices(kind, forum=self.forum)

    def _scopes(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Grouped by what they are; the id carries its kind, so that a plant is never taken for a region."""
        groups = ((ScopeKind(kind), self.scopes(kind)) for kind in dict.fromkeys(ROLE_SCOPES.values()))
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

    def role_values(self) -> dict[str, Any]:
        """Role and scope as the actions take them."""
        return {"role": Role(self.cleaned_data["role"]), "scope_id": self.cleaned_data["scope"].partition(":")[2]}


def end_of(day: date, *, forum: Forum) -> datetime:
    """The end of a day by the forum's clock."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(forum.timezone))


class GrantForm(RoleForm):
    """Give a role: to whom, what, for which region, plant or visit, and until when."""

    email = forms.EmailField(label=_("Email of the person"))
    valid_until = forms.DateField(
        label=_("Until the end of"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    field_order = ["email", "role", "scope", "valid_until"]

    def __init__(self, *args: Any, forum: Forum, **kwargs: Any) -> None:
        super().__init__(*args, forum=forum, **kwargs)
        self.fields["valid_until"].initial = max(forum.ends_on, localdate()) + timedelta(days=30)

    def values(self) -> dict[str, Any]:
        """What `forum.actions.accounts.grant_role` takes."""
        until = end_of(self.cleaned_data["valid_until"], forum=self.forum)
        return {"email": self.cleaned_data["email"], "valid_until": until, **self.role_values()}


class TokenForm(RoleForm):
    """A token for a program: its name, what it may do, until when. Only rights that `account` holds can be chosen."""

    name = forms.CharField(
        label=_("What is it for?"), max_length=60, help_text=_("For example: accounting, screens in the hall")
    )
    expires_on = forms.DateField(
        label=_("Until the end of"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    field_order = ["name", "role", "scope", "expires_on"]

    def __init__(self, *args: Any, forum: Forum, account: Account, **kwargs: Any) -> None:
        self.account = account
        super().__init__(*args, forum=forum, **kwargs)
        ends = min(grant.valid_until for grant in memberships_of(account)).astimezone(ZoneInfo(forum.timezone)).date()
        self.fields["expires_on"].initial = min(ends - timedelta(days=1), localdate() + timedelta(days=90))

    def roles(self) -> list[Role]:
        """One's own; for organisers every role."""
        held = roles_of(self.account)
        return [role for role in super().roles() if role in held or Role.ORGANISER in held]

    def scopes(self, kind: ScopeKind) -> list[tuple[str, str]]:
        """One's own; for organisers every one."""
        offered = super().scopes(kind)
        if Role.ORGANISER in roles_of(self.account):
            return offered
        mine = {grant.scope_id for grant in memberships_of(self.account) if grant.scope_kind == kind}
        return [(key, name) for key, name in offered if key in mine]

    def values(self) -> dict[str, Any]:
        """What `forum.actions.tokens.create_token` takes."""
        ends = end_of(self.cleaned_data["expires_on"], forum=self.forum)
        return {"name": self.cleaned_data["name"], "expires_at": ends, **self.role_values()}
