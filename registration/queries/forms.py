"""Forms read from their rows: the sheet of a version, and what is known of the one in force."""

from collections.abc import Iterable
from functools import lru_cache

from django.conf import settings
from django.db.models import Model
from django.utils.translation import get_language

from forum.models import Region
from registration.countries import country_names
from registration.engine.questions.cleaning import World
from registration.engine.questions.sheet import Bounds, Item, Option, Part, Sheet, Words
from registration.enums import QuestionKind
from registration.models import Choice, Form, Question, Section

LANGUAGES = [code for code, _name in settings.LANGUAGES]


@lru_cache(maxsize=128)
def sheet_of(form_id: int) -> Sheet:
    """A published version. It never changes, so each process keeps it for good; a draft must not be asked for here."""
    return build_sheet(Form.objects.get(pk=form_id))


def build_sheet(form: Form) -> Sheet:
    """Any version, a draft as it stands now. Three queries."""
    sections = form.sections.prefetch_related("questions__choices")
    return Sheet(form.number, tuple(_part(section) for section in sections))


def _part(section: Section) -> Part:
    items = tuple(item_of(question, question.choices.all()) for question in section.questions.all())
    return Part(words_of(section, "title"), words_of(section, "hint"), items)


def item_of(question: Question, choices: Iterable[Choice]) -> Item:
    """One question."""
    return Item(
        pk=question.pk,
        code=question.code,
        kind=QuestionKind(question.kind),
        label=words_of(question, "label"),
        help=words_of(question, "help"),
        purpose=words_of(question, "purpose"),
        required=question.required,
        condition=question.condition,
        bounds=Bounds.of(question.bounds),
        options=tuple(
            Option(choice.code, words_of(choice, "label"), choice.pool_id, choice.places) for choice in choices
        ),
        asks_again=question.asks_again,
        good_from=question.good_from,
        is_sensitive=question.is_sensitive,
        visible_to=frozenset(question.visible_to),
        legal_basis=question.legal_basis,
        kept_days=question.kept_days,
    )


def words_of(row: Model, field: str) -> Words:
    """A translated column in every language that has it."""
    return {code: text for code in LANGUAGES if (text := getattr(row, f"{field}_{code}") or "")}


def world_of(*sheets: Sheet) -> World:
    """The closed lists that these sheets ask from, with names in the reader's language. One query where regions are."""
    kinds = {item.kind for sheet in sheets for item in sheet}
    countries = country_names(get_language() or "ru") if QuestionKind.COUNTRY in kinds else {}
    regions = _regions() if QuestionKind.REGION in kinds else {}
    return World(countries, regions, {**countries, **regions})


def _regions() -> dict[str, str]:
    """Code -> name of the regions of Russia, by name."""
    found = {region.code: region.name for region in Region.objects.exclude(code__in=country_names("en"))}
    return dict(sorted(found.items(), key=lambda pair: pair[1]))
