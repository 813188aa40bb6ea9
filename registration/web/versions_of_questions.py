"""Two versions of a question side by side: the values of its fields as people read them."""

import json
from typing import Any

from django.utils.translation import gettext as _

from forum.enums import Role
from registration.engine.questions.sheet import Item
from registration.enums import LegalBasis, QuestionKind, SizeSystem
from registration.web.forms_team_forms import QuestionForm
from registration.web.team_form_room import condition_words

_WORDS = {"kind": QuestionKind, "legal_basis": LegalBasis, "system": SizeSystem}


def readable(name: str, value: Any, form: Any) -> Any:
    """One value of one field."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(str(Role(one).label) for one in value if one in Role.values)
    if name == "choices":
        return "\n".join(_line(row) for row in json.loads(value or "[]"))
    if name == "condition" and isinstance(form, QuestionForm):
        tree = json.loads(value) if value else None
        bare = Item(code="x", kind=QuestionKind.TEXT, label={}, condition=tree)
        return condition_words(bare, form.fields["condition"].known)
    return str(_WORDS[name](value).label) if value and name in _WORDS else value


def _line(row: dict[str, Any]) -> str:
    text = row.get("ru") or row.get("code", "")
    return f"{text} ({row['places']})" if row.get("places") is not None else text
