"""Which texts of check-in exist in four languages."""

from modeltranslation.translator import TranslationOptions, register

from badges.models import Point


@register(Point)
class PointTranslation(TranslationOptions):
    """Shown on top of the scanner."""

    fields = ("name",)
