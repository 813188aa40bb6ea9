"""Words of the programme. `{% load agenda %}`."""

from collections.abc import Iterable
from datetime import datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from agenda.engine.programme import Hall
from agenda.engine.texts import Text
from agenda.enums import Admission, Change, Outfit, PhotoPolicy, SessionKind, SpeakerRole
from forum.templatetags.art import icons
from forum.templatetags.times import hour_text, place_of, zone_of
from registration.enums import DocumentField, SpokenLanguage

register = template.Library()
WORDS = {"kind": SessionKind, "admission": Admission, "change": Change, "photo": PhotoPolicy, "outfit": Outfit,
         "role": SpeakerRole, "document": DocumentField}  # fmt: skip
ADMISSION_ICONS = {
    Admission.SEAT_BOOKING: "people",
    Admission.SCHOOL_ONLY: "school",
    Admission.MEDIA_ONLY: "camera",
    Admission.STAFF_ONLY: "lock",
}


SIGNS = ("pin", "link", "opinions", "interpretation", "home-region", "partner-region", *ADMISSION_ICONS.values())


@register.simple_tag
def signs() -> SafeString:
    """Shapes that stand beside every session, once per page: 35 sessions would repeat them two hundred times."""
    symbols = [f'<symbol id="sign-{name}" viewBox="0 0 24 24">{icons()[name]}</symbol>' for name in SIGNS]
    return mark_safe(f'<svg class="icon" hidden>{"".join(symbols)}</svg>')  # noqa: S308 -- our own files


@register.simple_tag
def sign(name: str) -> SafeString:
    """One of `SIGNS`; the word beside it speaks."""
    return format_html('<svg class="icon icon-{0}" aria-hidden="true"><use href="#sign-{0}"/></svg>', name)


@register.filter
def word(code: str, of: str) -> str:
    """The word for a code: {{ item.kind|word:"kind" }}."""
    return str(WORDS[of](code).label)


@register.filter
def words(codes: Iterable[str], of: str) -> str:
    """The words for several codes, as a list in a sentence."""
    return ", ".join(word(code, of) for code in codes)


@register.filter
def admission_icon(code: str) -> str:
    """The shape that goes with the word."""
    return ADMISSION_ICONS[Admission(code)]


@register.filter
def language_names(codes: Iterable[str]) -> SafeString:
    """Languages as codes for the eye, as names for the ear."""
    codes = list(codes)
    names = ", ".join(str(SpokenLanguage(code).label) for code in codes)
    shown = ", ".join(code.upper() for code in codes)
    return format_html('<span aria-hidden="true">{}</span><span class="visually-hidden">{}</span>', shown, names)


@register.filter
def languages_said(codes: Iterable[str]) -> str:
    """Languages by name inside a sentence, where only English writes them with a capital."""
    names = ", ".join(str(SpokenLanguage(code).label) for code in codes)
    return names if get_language() == "en" else names.lower()


@register.filter
def clock(moment: datetime, zone: str) -> str:
    """Hours and minutes as plain text, for use inside a sentence."""
    return hour_text(moment, zone=zone)


@register.filter
def said(text: Text, language: str) -> SafeString:
    """A text with its language, where that is not the language of the page."""
    if not text or text.language == language:
        return format_html("{}", text)
    return format_html('<span lang="{}">{}</span>', text.language, text)


@register.filter
def with_city(hall: Hall, home: str) -> str:
    """A hall and, where it is not in the city of the forum (`home`), its own city."""
    return f"{hall.name}, {hall.city}" if hall.city and hall.city != home else str(hall.name)


@register.filter
def place(moment: datetime, zone: str) -> str:
    """The place whose clock is meant, in brackets: “(Кемерово)”."""
    return f"({place_of(zone_of(zone))})"
