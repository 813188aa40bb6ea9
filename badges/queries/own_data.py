"""What the badge leaves behind: badges, their files, and every scan."""

from django.utils.translation import gettext as _

from badges.enums import CredentialState, Direction
from badges.models import Credential, Scan
from forum.models import StoredFile
from forum.registry import DataPart, DataRow
from registration.models import Registration


def badges_part(registration: Registration) -> DataPart:
    """Each badge with its number. The code itself is shown on the badge page only."""
    rows = []
    for credential in Credential.objects.filter(registration=registration).order_by("pk"):
        row = DataRow()
        row.add("number", _("Badge"), credential.number)
        row.add("state", _("State"), CredentialState(credential.state).label)
        row.add("issued_at", _("Made"), credential.issued_at)
        row.add("ended_at", _("Ended"), credential.ended_at)
        rows.append(row)
    return DataPart("badges", _("Badges"), _("To let you in, and to stop a lost badge."), rows)


def files_part(registration: Registration) -> DataPart:
    """Files that show the person: with the day on which each goes."""
    rows = []
    for file in StoredFile.objects.filter(badge__credential__registration=registration).order_by("pk"):
        row = DataRow()
        row.add("name", _("File"), file.name)
        row.add("bytes", _("Size, bytes"), file.size)
        row.add("made_at", _("Made"), file.created_at)
        row.add("erase_after", _("Kept until"), file.erase_after)
        rows.append(row)
    return DataPart("files", _("Files"), _("To print the badge."), rows)


def scans_part(registration: Registration) -> DataPart:
    """Where and when the badge was scanned, and with what answer."""
    rows = []
    for scan in Scan.objects.filter(registration=registration).select_related("point").order_by("at", "pk"):
        row = DataRow()
        row.add("at", _("When"), scan.at)
        row.add("point", _("Point"), scan.point.name)
        row.add("direction", _("Direction"), Direction(scan.direction).label)
        row.add("outcome", _("Answer"), scan.get_outcome_display())
        rows.append(row)
    return DataPart(
        "scans", _("Scans of your badge"), _("To know who is inside, for safety and for the count of guests."), rows
    )


PARTS = (badges_part, files_part, scans_part)
