"""What an invitation letter says, in Russian and English, and the letter drawn. The only place that opens the passport for it."""

from datetime import date
from io import BytesIO
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from modeltranslation.utils import build_localized_fieldname

from forum.enums import ForumRole
from forum.models import Forum, Paper
from forum.pdf import missing_glyphs
from forum.queries.papers import issued_on, shown_code
from forum.templatetags.edition import days_text
from registration.countries import country_name
from registration.engine.visas.letter import LetterSheet, Words, draw_letter
from registration.enums import DocumentKind, Sex
from registration.models import IdentityDocument, VisaCase
from registration.queries.documents import document_of, values_of

LANGUAGES = ("ru", "en")
"""Of the letter: of the country and of the world; other languages are for pages and emails."""


def draw(case: VisaCase, paper: Paper) -> bytes:
    """The letter as PDF."""
    out = BytesIO()
    draw_letter(out, _sheet(case, paper))
    return out.getvalue()


def unprintable(case: VisaCase) -> list[str]:
    """Names of facts with letters that our font would draw as a box."""
    return [label for label, value in facts_of_letter(case) if missing_glyphs(value)]


def _sheet(case: VisaCase, paper: Paper) -> LetterSheet:
    with translation.override("ru"):
        address = f"{settings.SITE_URL}{reverse('forum:check_paper', args=[paper.code])}"
    left, right = (_words(case, paper, language) for language in LANGUAGES)
    return LetterSheet(
        left=left,
        right=right,
        facts=facts_of_letter(case),
        name=f"{left.title} / {right.title}",
        address=address,
        code=shown_code(paper.code),
    )


def facts_of_letter(case: VisaCase) -> list[tuple[str, str]]:
    """(label, value), both in both languages; what is not known is left out."""
    sides = []
    for language in LANGUAGES:
        with translation.override(language):
            sides.append(_facts(case))
    pairs = zip(*sides, strict=True)
    return [(_once(ru[0], en[0]), _once(ru[1], en[1])) for ru, en in pairs if ru[1] or en[1]]


def _once(ru: str, en: str) -> str:
    """Both, or one where they are the same."""
    return ru if ru == en else f"{ru} / {en}"


def _facts(case: VisaCase) -> list[tuple[str, str]]:
    registration, forum = case.registration, case.registration.forum
    person, document = registration.person, document_of(registration)
    values = values_of(document) if document else {}
    sex = str(Sex(values["sex"]).label) if values.get("sex") else ""
    number = f"{values.get('series', '')} {values.get('number', '')}".strip()
    return [
        (_("Surname"), person.latin_surname),
        (_("Given names"), person.latin_given_name),
        (_("Sex"), sex),
        (_("Date of birth"), _day(person.birth_date)),
        (_("Place of birth"), values.get("birth_place", "")),
        (_("Citizenship"), country_name(person.citizenship)),
        (_document_label(document), number),
        (_("Issued on, valid until"), " – ".join(filter(None, (_iso(values.get("issued_on")), _iso(values.get("expires_on")))))),
        (_("Place of work"), registration.organisation),
        (_("Position"), registration.position),
        (_("Stay in Russia"), " – ".join(filter(None, (_day(case.arrives_on), _day(case.leaves_on))))),
        (_("Place of entry"), case.entry_place),
        (_("Cities of the stay"), _text(forum, "city")),
    ]  # fmt: skip


def _document_label(document: IdentityDocument | None) -> str:
    """A passport is called so to its own country."""
    if document is None or document.kind in ("", DocumentKind.FOREIGN_PASSPORT):
        return _("Passport")
    return str(DocumentKind(document.kind).label)


def _day(value: date | None) -> str:
    return f"{value:%d.%m.%Y}" if value else ""


def _iso(text: str | None) -> str:
    return _day(date.fromisoformat(text)) if text else ""


def _words(case: VisaCase, paper: Paper, language: str) -> Words:
    forum = case.registration.forum
    with translation.override(language):
        contacts = [_text(forum, "city"), forum.contact_phone, forum.contact_email, urlsplit(settings.SITE_URL).netloc]
        said = {"title": _text(forum, "title"), "days": days_text(forum.starts_on, forum.ends_on)}
        return Words(
            organiser=_organiser(forum) or said["title"],
            contacts=", ".join(filter(None, contacts)),
            title=_("Invitation"),
            numbered=_("No. %(number)s of %(day)s") % {"number": paper.number, "day": _day(issued_on(paper))},
            addressee=_("To the consulate of the Russian Federation: %(place)s") % {"place": case.consulate}
            if case.consulate
            else "",
            request=_request(said | {"city": _text(forum, "city")}),
            remarks=[
                _("This letter is no visa and gives no right to work. It is valid as long as the page named below says so."),
            ],
            sign=_("For the organisers: name, position, signature, seal"),
            check=_("Is this letter valid? Point a phone at the code, or type it at %(page)s")
            % {"page": f"{urlsplit(settings.SITE_URL).netloc}/{language}/check/"},
        )  # fmt: skip


def _request(said: dict[str, str]) -> list[str]:
    return [
        _(
            "We invite the person named below to take part in “%(title)s”, which is held on %(days)s in %(city)s, Russia."
        )
        % said,
        _(
            "Please support the issue of a visa for the time of the journey. The person takes part in the business programme."
        ),
    ]


def _organiser(forum: Forum) -> str:
    """The first of the organisers, by protocol."""
    first = forum.roles.filter(role=ForumRole.ORGANISER).select_related("organisation").first()
    return _text(first.organisation, "name") if first else ""


def _text(row: object, field: str) -> str:
    """In the language in use; in Russian where it lacks."""
    own = getattr(row, build_localized_fieldname(field, translation.get_language() or "ru"), "")
    return str(own or getattr(row, field))
