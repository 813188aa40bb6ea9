"""What the pages of the room of forms share: the door of a category, and a form as the pages show it."""

from collections.abc import Iterable
from typing import Any, cast

from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from forum.enums import Role
from forum.models import Account
from forum.web.access import TeamView
from registration.engine.questions.building import ANY, Built, Comparison, Group, built_of
from registration.engine.questions.checking import Problem, problems
from registration.engine.questions.conditions import ANSWER, PERSONAL
from registration.engine.questions.problem_words import problem_words
from registration.engine.questions.sheet import Item, Sheet
from registration.enums import QuestionKind, SizeSystem
from registration.models import Category, Form
from registration.queries.dossier import categories_of
from registration.queries.form_room import draft_of
from registration.queries.forms import LANGUAGES, build_sheet, world_of
from registration.web.fields_questions import in_my_language
from registration.web.fields_team_forms import SAID, Known
from registration.web.team_known_facts import known_facts


class FormView(TeamView):
    """Base: one category of the edition, or a 404."""

    permission_required = "registration.edit_forms"
    category: Category
    draft: Form | None

    @property
    def account(self) -> Account:
        """Who is signed in."""
        return cast(Account, self.request.user)

    def find(self, code: str) -> None:
        """The category and its draft, if it has one."""
        found = Category.objects.filter(forum=self.forum).select_related("form", "forum")
        self.category = get_object_or_404(found, code=code)
        self.draft = draft_of(self.category)

    @property
    def sheet(self) -> Sheet:
        """The draft as it stands; where there is none, what is asked now."""
        form = self.draft or self.category.form
        return build_sheet(form) if form else Sheet(0, ())

    def known(self, sheet: Sheet, *, without: str = "") -> Known:
        """What a condition may look at."""
        categories = list(categories_of(self.forum))
        return known_facts(sheet, world=world_of(sheet), without=without, categories=categories)


# --- words ------------------------------------------------------------------------------------------------------------
def problem_rows(sheet: Sheet) -> dict[str, list[dict[str, str]]]:
    """Code of a question (empty: the whole form) -> what keeps it from being published."""
    found: dict[str, list[dict[str, str]]] = {}
    for problem in problems(sheet):
        found.setdefault(problem.where, []).append(_problem(problem, sheet))
    return found


def _problem(problem: Problem, sheet: Sheet) -> dict[str, str]:
    reason, remedy = problem_words(problem, sheet, get_language() or "ru")
    return {"reason": reason, "remedy": remedy}


def question_row(item: Item, known: Known) -> dict[str, Any]:
    """One question as a line of the form."""
    return {
        "item": item,
        "label": in_my_language(item.label),
        "kind": QuestionKind(item.kind).label,
        "bounds": bounds_words(item),
        "condition": condition_words(item, known),
        "choices": [(in_my_language(one.label), one.places) for one in item.options],
        "readers": [str(Role(name).label) for name in sorted(item.visible_to)],
        "missing": missing_languages(item),
    }


def missing_languages(item: Item) -> list[str]:
    """In which languages something of the question is not said."""
    texts = [item.label, item.purpose, *(option.label for option in item.options)]
    if item.help:
        texts.append(item.help)
    return [code for code in LANGUAGES if not all(text.get(code) for text in texts)]


def bounds_words(item: Item) -> str:
    """How far an answer may go."""
    bounds = item.bounds
    if bounds.system:
        return str(SizeSystem(bounds.system).label)
    if bounds.least and bounds.most:
        return _("from %(least)s to %(most)s") % {"least": bounds.least, "most": bounds.most}
    if bounds.least:
        return _("from %(least)s") % {"least": bounds.least}
    return _("up to %(most)s") % {"most": bounds.most} if bounds.most else ""


def condition_words(item: Item, known: Known) -> str:
    """For whom the question is there; nothing for everybody."""
    if item.condition is None:
        return ""
    built = built_of(item.condition)
    return _built(built, known) if built else _("a condition of several levels")


def _built(built: Built, known: Known) -> str:
    groups = [_group(group, known, inner=len(built.groups) > 1) for group in built.groups]
    return _joined(groups, built.join)


def _group(group: Group, known: Known, *, inner: bool) -> str:
    words = _joined([_line(line, known) for line in group.lines], group.join)
    return f"({words})" if inner and len(group.lines) > 1 else words


def _joined(words: Iterable[str], join: str) -> str:
    return f" {_('or') if join == ANY else _('and')} ".join(words)


def _line(line: Comparison, known: Known) -> str:
    fact = known.facts.get(line.fact)
    label = fact.label if fact else line.fact.removeprefix(ANSWER)
    named = dict(fact.values) if fact else {}
    values = ", ".join(str(named.get(value, value)) for value in line.values)
    subject = label if line.fact in PERSONAL else _("“%(question)s”") % {"question": label}
    return f"{subject} {SAID.get(line.compare, line.compare)} {values}".strip()
