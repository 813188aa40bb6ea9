"""One's own data as a file: for programs, and for reading and printing without us."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils.timezone import now

from forum.registry import DataPart
from registration.models import Registration


def own_json(parts: Sequence[DataPart], registration: Registration) -> bytes:
    """Keys are English and stay the same in every language; times are ISO 8601 in UTC."""
    data: dict[str, Any] = {"forum": registration.forum.slug, "made_at": now().isoformat()}
    for part in parts:
        data[part.key] = {
            "purpose": str(part.purpose),
            "kept_until": part.kept_until.isoformat() if part.kept_until else None,
            "records": [{fact.key: _plain(fact.value) for fact in row.facts} for row in part.rows],
        }
    return json.dumps(data, ensure_ascii=False, indent=2).encode()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value if value is None or isinstance(value, bool | int | float) else str(value)


def own_html(parts: Sequence[DataPart], registration: Registration) -> bytes:
    """A page that stands alone: it asks no server for anything, and prints."""
    context = {"parts": parts, "registration": registration, "forum": registration.forum, "made_at": now()}
    return render_to_string("registration/own_data_file.html", context).encode()
