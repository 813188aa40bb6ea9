"""A speaker written down from a session's page: the entry, its organisation and the place on stage are one act."""

from typing import Any

from django.db import transaction
from django.utils.crypto import get_random_string

from agenda.actions.cast import Part, cast_of
from agenda.actions.editing import edit_session
from agenda.actions.speakers import correct_speaker, create_speaker, set_publication_consent
from agenda.enums import SpeakerRole
from agenda.models import Session, Speaker
from forum.actions.audit import record
from forum.models import Account, Forum, Organisation, Region


@transaction.atomic
def invite_speaker(
    session: Session,
    *,
    side: Region,
    organisation: Organisation | None,
    new_organisation: str = "",
    role: SpeakerRole,
    by: Account | None,
    **entry: Any,
) -> Speaker:
    """Create an entry that `side` looks after, and put it last on stage. Adding takes nothing away, so no version is asked."""
    forum = session.forum
    chosen = organisation or name_organisation(forum, name=new_organisation, region=entry["region"], by=by)
    kept_by = None if side.pk == forum.host_region_id else side
    speaker = create_speaker(forum, organisation=chosen, kept_by=kept_by, by=by, **entry)
    locked = Session.objects.select_for_update(no_key=True).get(pk=session.pk)
    edit_session(locked, version=locked.version, cast=[*cast_of(locked), Part(speaker, role)], by=by)
    return speaker


@transaction.atomic
def update_speaker(
    speaker: Speaker,
    *,
    version: int,
    organisation: Organisation | None,
    new_organisation: str = "",
    publication_consent: bool,
    by: Account | None,
    **entry: Any,
) -> Speaker:
    """Correct an entry together with its consent. Raises `DomainError("speaker.stale")` for an older version."""
    region = entry["region"]
    chosen = organisation or name_organisation(speaker.forum, name=new_organisation, region=region, by=by)
    saved = correct_speaker(speaker, version=version, organisation=chosen, by=by, **entry)
    set_publication_consent(saved, given=publication_consent, by=by)
    return saved


def name_organisation(forum: Forum, *, name: str, region: Region, by: Account | None) -> Organisation:
    """An organisation that is on no list yet; the same name in the same region is the same organisation."""
    name = name.strip()
    found = Organisation.objects.filter(region=region, name_ru=name).first()
    if found:
        return found
    made = Organisation.objects.create(slug=f"org-{get_random_string(8).lower()}", name_ru=name, region=region)
    record("organisation.named", on=("organisation", made.public_id), forum=forum, by=by)
    return made
