"""The consent in words to be signed by hand, in the language in use. It names nobody: the person writes the name themselves."""

from io import BytesIO

from django.utils.translation import gettext as _

from forum.templatetags.edition import days_text
from registration.engine.consent_sheet import ConsentSheet, draw_consent_sheet
from registration.engine.texts import parts_of
from registration.models import ConsentDocument


def consent_sheet_pdf(document: ConsentDocument) -> bytes:
    """As many copies as are needed are printed of it."""
    out = BytesIO()
    draw_consent_sheet(out, _sheet(document))
    return out.getvalue()


def _sheet(document: ConsentDocument) -> ConsentSheet:
    forum = document.forum
    days = days_text(forum.starts_on, forum.ends_on)
    return ConsentSheet(
        letterhead=f"{forum.title}. {forum.city}, {days}",
        title=document.title,
        version=_("Version %(version)s") % {"version": document.version},
        parts=parts_of(document.body),
        agreed=_("I have read this text in a language that I understand, and I agree."),
        fields=(
            _("Surname, given name and patronymic, as in the document"),
            _("Date and signature of the person"),
            _("Witness who saw the signature: surname, given name, signature"),
        ),
        foot=_("The paper is kept as long as the consent is needed as a proof."),
        page_words=_("page %(page)s"),
    )
