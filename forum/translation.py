"""Which texts of the ground exist in four languages."""

from modeltranslation.translator import TranslationOptions, register

from forum.models import Forum, Organisation, Region


@register(Region)
class RegionTranslation(TranslationOptions):
    """Names of regions come from our own data; no public source is complete."""

    fields = ("name",)


@register(Organisation)
class OrganisationTranslation(TranslationOptions):
    """Official names."""

    fields = ("name", "short_name")


@register(Forum)
class ForumTranslation(TranslationOptions):
    """The edition as the public reads it."""

    fields = ("title", "short_title", "city")
