"""People on stage. Names are personal: the audit knows a speaker by id and names only which fields changed."""

from typing import Any, Required, TypedDict, Unpack

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from agenda.actions.texts import Texts, line_columns
from agenda.models import Speaker
from forum.actions.audit import record
from forum.errors import DomainError
from forum.models import Account, Forum, Organisation, Region
from forum.queries.kept import PAGES
from registration.enums import ConsentPurpose
from registration.models import Person
from registration.queries.consents import has_withdrawn


class SpeakerFacts(TypedDict, total=False):
    """What is known of somebody on stage; a surname in both scripts, organisation, region and languages must be."""

    surname: Required[str]
    given_name: str
    patronymic: str
    latin_surname: Required[str]
    latin_given_name: str
    native_name: str
    organisation: Required[Organisation]
    region: Required[Region]
    languages: Required[list[str]]
    remote: bool
    person: Person | None
    publication_consent: bool


EDITABLE = tuple(name for name in SpeakerFacts.__annotations__ if name != "publication_consent")
"""What `correct_speaker` changes, besides the translated position. Consent has its own action."""

_EMPTY: dict[str, str] = {
    "surname": "—",
    "latin_surname": "—",
    **dict.fromkeys(("given_name", "patronymic", "latin_given_name", "native_name"), ""),
    **{f"position_{code}": "" for code, _name in settings.LANGUAGES},
    "position": "",  # the column that was there before its translations
}
"""What a speaker says of themselves once their data are deleted; pages say “speaker to be announced”."""


@transaction.atomic
def create_speaker(
    forum: Forum, *, position: Texts, kept_by: Region | None = None, by: Account | None, **facts: Unpack[SpeakerFacts]
) -> Speaker:
    """Somebody on stage. Until they consent to publication, pages say “speaker to be announced”.

    `kept_by` is the partner region whose team looks after the entry.
    """
    speaker = Speaker.objects.create(forum=forum, kept_by=kept_by, **facts, **line_columns(position=position))
    on = ("speaker", speaker.public_id)
    record("speaker.created", on=on, forum=forum, by=by, publication_consent=speaker.publication_consent)
    return speaker


@transaction.atomic
def correct_speaker(speaker: Speaker, *, version: int, position: Texts, by: Account | None, **values: Any) -> Speaker:
    """Change an entry; `values` are some of `EDITABLE`. Released programmes look names up live, so it is seen at once.

    Raises `DomainError("speaker.stale")` when somebody has saved since `version`.
    """
    locked = Speaker.objects.select_for_update(no_key=True).get(pk=speaker.pk)
    if locked.version != version:
        message = _("Somebody has changed this entry meanwhile. Compare the two versions and save again.")
        raise DomainError("speaker.stale", message, yours=version, current=locked.version)
    wanted = {name: values[name] for name in EDITABLE if name in values} | line_columns(position=position)
    changed = [name for name, value in wanted.items() if getattr(locked, name) != value]
    if not changed:
        return locked
    for name in changed:
        setattr(locked, name, wanted[name])
    locked.version = version + 1
    locked.save(update_fields=[*changed, "version"])
    record("speaker.corrected", on=("speaker", locked.public_id), forum=locked.forum, by=by, changed=changed)
    return locked


@transaction.atomic
def set_publication_consent(speaker: Speaker, *, given: bool, by: Account | None) -> None:
    """Name or hide a speaker on every public page, at once: released programmes look the consent up live.

    Raises `DomainError("speaker.consent_withdrawn")` for naming somebody who has withdrawn the consent themselves.
    """
    if given and speaker.person and has_withdrawn(speaker.person, ConsentPurpose.PUBLICATION):
        refusal = _("This speaker has withdrawn the consent to be named. Only they can give it again.")
        raise DomainError("speaker.consent_withdrawn", refusal, fields={"publication_consent": refusal}, status=422)
    if (
        Speaker.objects.filter(pk=speaker.pk)
        .exclude(publication_consent=given)
        .update(publication_consent=given, version=F("version") + 1)
    ):
        action = "speaker.publication_allowed" if given else "speaker.publication_refused"
        record(action, on=("speaker", speaker.public_id), forum=speaker.forum, by=by)
        PAGES.changed()
    speaker.publication_consent = given


@transaction.atomic
def follow_consent(person: Person, *, given: bool, by: Account | None) -> None:
    """The speaker's own word on being named, in every entry that is known to be theirs. The caller holds the person."""
    for speaker in Speaker.objects.select_for_update(no_key=True).filter(person=person).order_by("pk"):
        set_publication_consent(speaker, given=given, by=by)


@transaction.atomic
def leave_stage(person: Person, *, by: Account | None) -> int:
    """Empty every entry that is known to be this person's: their data are being deleted. Returns how many.

    The entry stays in its sessions, so that their editors see that somebody is missing. The caller holds the person.
    """
    speakers = list(Speaker.objects.select_for_update(no_key=True).filter(person=person).order_by("pk"))
    for speaker in speakers:
        follow = {"person": None, "publication_consent": False, "version": F("version") + 1}
        Speaker.objects.rewrite(False).filter(pk=speaker.pk).update(**_EMPTY, **follow)
        record("speaker.erased", on=("speaker", speaker.public_id), forum=speaker.forum, by=by, changed=[*_EMPTY])
    if speakers:
        PAGES.changed()
    return len(speakers)
