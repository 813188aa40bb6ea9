"""Which texts of registration exist in four languages."""

from modeltranslation.translator import TranslationOptions, register

from registration.models import Category, ConsentDocument, Zone


@register(Category)
class CategoryTranslation(TranslationOptions):
    """Shown on the form and on the badge."""

    fields = ("name", "summary")


@register(Zone)
class ZoneTranslation(TranslationOptions):
    """Shown on the badge."""

    fields = ("name",)


@register(ConsentDocument)
class ConsentDocumentTranslation(TranslationOptions):
    """What a person agrees to, in the language it is read in."""

    fields = ("title", "body")
