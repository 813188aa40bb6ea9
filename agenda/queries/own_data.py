"""What the programme holds about one person: places in sessions and visits, and an entry as a speaker."""

from django.utils.translation import gettext as _

from agenda.models import PlantListEntry
from agenda.queries.filming_own import told, wishes_of
from forum.registry import DataPart, DataRow
from registration.enums import ClaimState, DocumentField
from registration.models import Registration


def places_part(registration: Registration) -> DataPart:
    """Every place taken, waited for or given back. Two queries, however many there are."""
    claims = registration.person.claims.select_related(
        "pool__session", "pool__category", "visit_booking__slot__programme"
    ).prefetch_related("occupied_times")
    rows = []
    for claim in claims.order_by("pk"):
        booking = getattr(claim, "visit_booking", None)
        session, category = getattr(claim.pool, "session", None), getattr(claim.pool, "category", None)
        what = booking.slot.programme.title if booking else getattr(session, "title", getattr(category, "name", ""))
        times = sorted(time.during.lower for time in claim.occupied_times.all())
        row = DataRow()
        row.add("what", _("Place"), what)
        row.add("state", _("State"), ClaimState(claim.state).label)
        row.add("starts", _("Begins"), times[0] if times else None)
        row.add("asked_at", _("Asked for"), claim.created_at)
        row.add("given_back_at", _("Given back"), claim.released_at)
        row.add("rule_accepted_at", _("Rule of the visit accepted"), booking and booking.rule_accepted_at)
        rows.append(row)
    return DataPart("places", _("Places"), _("To keep your place and to let you in."), rows)


def speaker_part(registration: Registration) -> DataPart:
    """The entry in the programme that is known to be theirs."""
    rows = []
    for speaker in registration.person.speakers.select_related("organisation", "region").order_by("pk"):
        row = DataRow()
        row.add("name", _("Name in the programme"), f"{speaker.given_name} {speaker.surname}".strip())
        row.add("latin_name", _("In Latin letters"), f"{speaker.latin_given_name} {speaker.latin_surname}".strip())
        row.add("position", _("Position"), speaker.position)
        row.add("organisation", _("Organisation"), speaker.organisation.name)
        row.add("is_named", _("Named in the public programme"), _("yes") if speaker.publication_consent else _("no"))
        rows.append(row)
    return DataPart("speaker", _("On stage"), _("To announce whom one can hear."), rows)


def filming_part(registration: Registration) -> DataPart:
    """Where the person wants to film, and what the plants say. One query."""
    rows = []
    for said in (told(wish) for wish in wishes_of(registration)):
        wish, row = said["wish"], DataRow()
        row.add("plant", _("Plant"), wish.programme.host.name)
        row.add("day", _("When"), wish.day)
        row.add("hours", _("Hours"), wish.hours)
        row.add("subject", _("What to film"), wish.subject)
        row.add("means", _("How"), said["means"])
        row.add("equipment", _("Equipment"), "; ".join(said["devices"]))
        row.add("state", _("State"), said["state"])
        row.add("answer", _("Answer"), wish.answer)
        row.add("asked_at", _("Asked for"), wish.created_at)
        rows.append(row)
    return DataPart("filming", _("Filming at plants"), _("To ask the plant for its permission."), rows)


def plant_lists_part(registration: Registration) -> DataPart:
    """Lists with data of the document that were made for a plant, and what for."""
    rows = []
    entries = PlantListEntry.objects.filter(registration=registration).select_related("list__slot__programme__host")
    for entry in entries.order_by("pk"):
        made, row = entry.list, DataRow()
        row.add("plant", _("Plant"), made.slot.programme.host.name)
        row.add("number", _("List"), made.number)
        row.add("made_at", _("Made"), made.made_at)
        row.add("fields", _("Data"), ", ".join(str(DocumentField(field).label) for field in made.fields))
        row.add("reason", _("What for"), made.reason)
        row.add("erase_after", _("Our file is kept until"), made.erase_after if made.file_id else None)
        rows.append(row)
    return DataPart("plant_lists", _("Lists for plants"), _("To let you into the plant."), rows)


PARTS = (places_part, speaker_part, filming_part, plant_lists_part)
