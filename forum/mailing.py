"""From a row of the ledger to the bytes of an email, in the recipient's language."""

import json
import re
from email.utils import formatdate
from typing import Any, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.message import SafeMIMEMultipart
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.utils import translation

from forum.models import Forum, Message
from forum.registry import attachments, message_kinds


def compose(message: Message) -> bytes:
    """The whole email. The forum's time zone is named with every time by the templates themselves."""
    template = message_kinds[message.reason].template
    with translation.override(message.language):
        context = _context(message)
        mail = EmailMultiAlternatives(
            subject=" ".join(render_plain(f"{template}.subject.txt", context).split()),
            body=_tidy(render_plain(f"{template}.txt", context)),
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[message.recipient],
            headers=_headers(message),
        )
        mail.attach_alternative(render_to_string(f"{template}.html", context), "text/html")
    for reference in message.attachments:
        kind, _, public_id = reference.partition(":")
        attachment = attachments[kind](public_id)
        mail.attach(attachment.filename, attachment.content, attachment.content_type)
    # Django's own message knows line ends, which the base class of its stubs does not.
    whole = cast(SafeMIMEMultipart, mail.message())
    _set_boundaries(whole, message.public_id.hex)
    return whole.as_bytes(linesep="\r\n")


def _tidy(text: str) -> str:
    """One empty line between paragraphs, whatever a template has left out."""
    return re.sub(r"\n{3,}", "\n\n", text.strip()) + "\n"


def _set_boundaries(mail: SafeMIMEMultipart, name: str) -> None:
    """Else a free one is searched for in the text, by a regular expression that is compiled anew for each letter."""
    for number, part in enumerate(part for part in mail.walk() if part.is_multipart()):
        part.set_boundary(f"={name}-{number}")


def render_plain(template: str, context: dict[str, Any]) -> str:
    """A text template as it is: nothing is escaped for HTML, since an apostrophe in a name must stay one."""
    # The engine's own template, since only its context can switch escaping off.
    plain = get_template(template).template  # type: ignore[attr-defined]
    return str(plain.render(Context(context, autoescape=False)))


def _context(message: Message) -> dict[str, Any]:
    """Letters about an account belong to no edition; their frame shows the current one."""
    context = json.loads(message.context) if message.context else {}
    forum = message.forum or Forum.objects.filter(is_current=True).first()
    return context | {"forum": forum, "site_url": settings.SITE_URL, "LANGUAGE_CODE": message.language}


def _headers(message: Message) -> dict[str, str]:
    """The id is derived from the row, so that a doubled delivery can be recognised."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return {
        "Message-ID": f"<{message.public_id}@{host}>",
        "Date": formatdate(message.created_at.timestamp()),
        "Auto-Submitted": "auto-generated",
        "Content-Language": message.language,
        "X-Request-ID": message.request_id,
    }
