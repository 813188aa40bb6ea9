"""Badges as files: what goes with the email, and the code as a picture for the page."""

from badges.actions.issuing import fresh_file
from badges.engine.qr import MODULES, SIDE, qr_rows
from badges.models import Credential
from badges.queries.files import content_of_badge
from forum.pdf.qr import QUIET_ZONE, rectangles
from forum.registry import Attachment

__all__ = ["MODULES", "SIDE", "badge_attachment", "code_path"]


def badge_attachment(public_id: str) -> Attachment:
    """The badge of a credential for an email, as the data stands now. The file's name names nobody.

    Raises `DomainError` when the credential has ended meanwhile: a dead badge is not sent.
    """
    credential = Credential.objects.get(public_id=public_id)
    stored = fresh_file(credential)
    content = content_of_badge(stored, credential=credential)
    return Attachment(filename=stored.name, content_type=stored.content_type, content=content)


def code_path(token: str) -> str:
    """The QR code as the `d` of one SVG path, in a square of `SIDE` modules with the quiet zone around."""
    return "".join(
        f"M{QUIET_ZONE + x} {QUIET_ZONE + y}h{width}v{height}h-{width}z"
        for x, y, width, height in rectangles(qr_rows(token))
    )
