"""Which texts of the programme exist in four languages."""

from modeltranslation.translator import TranslationOptions, register

from agenda.models import Hall, Session, SlotLeg, Speaker, Track, Venue, VisitProgramme, VisitSlot


@register(Venue)
class VenueTranslation(TranslationOptions):
    """Where it happens."""

    fields = ("name", "city")


@register(Hall)
class HallTranslation(TranslationOptions):
    """The column heads of the programme."""

    fields = ("name",)


@register(Track)
class TrackTranslation(TranslationOptions):
    """Themes."""

    fields = ("name",)


@register(Speaker)
class SpeakerTranslation(TranslationOptions):
    """The name is never translated: it has its own spellings."""

    fields = ("position",)


@register(Session)
class SessionTranslation(TranslationOptions):
    """The title at least in Russian and English; a description may still be missing."""

    fields = ("title", "description")


@register(VisitProgramme)
class VisitProgrammeTranslation(TranslationOptions):
    """What a plant shows."""

    fields = ("title", "city")


@register(SlotLeg)
class SlotLegTranslation(TranslationOptions):
    """Steps of the route strip."""

    fields = ("title",)


@register(VisitSlot)
class VisitSlotTranslation(TranslationOptions):
    """The rule that a visitor accepts."""

    fields = ("rule",)
