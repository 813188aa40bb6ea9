"""Ready-made texts of letters: added, changed, put away and taken out again. Nothing that was sent changes."""

from collections.abc import Mapping

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.timezone import now

from forum.actions.audit import record
from forum.models import Account, Forum
from registration.engine.reasons import USUAL
from registration.enums import ReasonKind
from registration.models import ReasonTemplate


@transaction.atomic
def add_reason(*, forum: Forum, kind: ReasonKind, texts: Mapping[str, str], by: Account) -> ReasonTemplate:
    """A new text. `texts` maps translated columns (`title_ru`, `text_ru`, …) to words."""
    made = ReasonTemplate.objects.create(forum=forum, kind=kind, **texts)
    _note("reason.added", made, by=by)
    return made


@transaction.atomic
def change_reason(reason: ReasonTemplate, *, kind: ReasonKind, texts: Mapping[str, str], by: Account) -> ReasonTemplate:
    """Other words from now on; of two changes at once the later one stands."""
    reason.kind = kind
    for column, words in texts.items():
        setattr(reason, column, words)
    reason.save()
    _note("reason.changed", reason, by=by)
    return reason


@transaction.atomic
def put_away(reason: ReasonTemplate, *, by: Account) -> bool:
    """It is offered no more. False when it was put away already."""
    changed = ReasonTemplate.objects.filter(pk=reason.pk, put_away_at=None).update(put_away_at=now())
    if changed:
        _note("reason.put_away", reason, by=by)
    return bool(changed)


@transaction.atomic
def take_out(reason: ReasonTemplate, *, by: Account) -> bool:
    """It is offered again. False when it was never put away."""
    changed = ReasonTemplate.objects.filter(pk=reason.pk, put_away_at__isnull=False).update(put_away_at=None)
    if changed:
        _note("reason.taken_out", reason, by=by)
    return bool(changed)


@transaction.atomic
def add_usual_reasons(*, forum: Forum, by: Account) -> int:
    """The texts with which an edition starts, in all languages. None where the edition has texts already; gives how many."""
    Forum.objects.select_for_update(no_key=True).get(pk=forum.pk)
    if ReasonTemplate.objects.filter(forum=forum).exists():
        return 0
    for kind, title, text in USUAL:
        texts: dict[str, str] = {}
        for code, _language in settings.LANGUAGES:
            with translation.override(code):
                texts |= {f"title_{code}": str(title), f"text_{code}": str(text)}
        add_reason(forum=forum, kind=kind, texts=texts, by=by)
    return len(USUAL)


def _note(action: str, reason: ReasonTemplate, *, by: Account) -> None:
    record(action, on=("reason", reason.public_id), forum=reason.forum, by=by)
