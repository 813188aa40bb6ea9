"""Which texts of registration exist in four languages."""

from modeltranslation.translator import TranslationOptions, register

from registration.models import Category, Choice, ConsentDocument, Question, ReasonTemplate, Section, VisaRule, Zone


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


@register(Section)
class SectionTranslation(TranslationOptions):
    """Headings of a form."""

    fields = ("title", "hint")


@register(Question)
class QuestionTranslation(TranslationOptions):
    """What is asked, what helps to answer, and what for."""

    fields = ("label", "help", "purpose")


@register(Choice)
class ChoiceTranslation(TranslationOptions):
    """What can be chosen."""

    fields = ("label",)


@register(VisaRule)
class VisaRuleTranslation(TranslationOptions):
    """What the person and the officer read beside what the rule says."""

    fields = ("note",)


@register(ReasonTemplate)
class ReasonTemplateTranslation(TranslationOptions):
    """Chosen in the officer's language, read in the applicant's."""

    fields = ("title", "text")
