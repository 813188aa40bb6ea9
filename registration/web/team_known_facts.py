"""What the condition of a question may look at: other questions of the form, citizenship, category, age."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from registration.countries import country_choices
from registration.engine.questions.cleaning import SIZES, World
from registration.engine.questions.conditions import ANSWER
from registration.engine.questions.sheet import Item, Sheet
from registration.enums import CHOSEN_KINDS, QuestionKind, SpokenLanguage
from registration.models import Category
from registration.web.fields_questions import in_my_language
from registration.web.fields_team_forms import Fact, Known, yes_and_no

K = QuestionKind


def known_facts(sheet: Sheet, *, world: World, without: str, categories: list[Category]) -> Known:
    """`without`: the question itself, which cannot wait for its own answer."""
    questions, person = _("Answers"), _("The person")
    countries = [pair for _group, pairs in country_choices() for pair in pairs]
    facts = {
        f"{ANSWER}{item.code}": Fact(
            in_my_language(item.label) or item.code, item.kind, _values(item, world), questions
        )
        for item in sheet
        if item.code != without
    }
    facts |= {
        "citizenship": Fact(pgettext("fact of a condition", "Citizenship"), "citizenship", countries, person),
        "category": Fact(_("Category"), "category", [(one.code, one.name) for one in categories], person),
        "age": Fact(_("Age on the first day of the forum"), "age", (), person),
    }
    return Known(facts)


def _values(item: Item, world: World) -> list[tuple[str, str]]:
    if item.kind in CHOSEN_KINDS:
        return [(option.code, in_my_language(option.label)) for option in item.options]
    if item.kind == K.TICK:
        return yes_and_no()
    if item.kind == K.COUNTRY:
        return [pair for _group, pairs in country_choices() for pair in pairs]
    if item.kind == K.REGION:
        return [(code, world.names[code]) for code in world.regions]
    if item.kind == K.LANGUAGE:
        return [(code, str(label)) for code, label in SpokenLanguage.choices]
    if item.kind == K.SIZE:
        return [(size, size) for size in SIZES.get(item.bounds.system, ())]
    return []
