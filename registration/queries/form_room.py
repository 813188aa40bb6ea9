"""The officers' room of forms: what each category asks, in which versions, and who has answered what."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Prefetch

from forum.models import Forum
from registration.engine.questions.judging import follow
from registration.engine.questions.sheet import Item, Sheet
from registration.models import Answer, Category, Form, Registration
from registration.queries.forms import sheet_of
from registration.queries.owing import owing


@dataclass(frozen=True)
class Version:
    """One version of a form. `answered`: how many people have an answer that was given under it."""

    form: Form
    answered: int
    questions: int


@dataclass(frozen=True)
class CategoryForms:
    """A category with its draft and its published versions, the newest first."""

    category: Category
    draft: Form | None
    versions: list[Version]

    @property
    def in_force(self) -> Version | None:
        """What is asked now."""
        return next((one for one in self.versions if one.form.pk == self.category.form_id), None)


def forms_of(forum: Forum) -> list[CategoryForms]:
    """Every category of the edition. Four queries, however many versions there are."""
    forms = Form.objects.select_related("published_by").annotate(count=Count("questions")).order_by("-number")
    categories = Category.objects.filter(forum=forum).prefetch_related(Prefetch("forms", forms, to_attr="every_form"))
    answered = _answered(forum)
    return [_of(category, category.every_form, answered) for category in categories]


def _of(category: Category, forms: Sequence[Form], answered: Mapping[int, int]) -> CategoryForms:
    versions = [
        Version(form, answered.get(form.pk, 0), form.count)  # type: ignore[attr-defined]
        for form in forms
        if not form.is_draft
    ]
    return CategoryForms(category, next((form for form in forms if form.is_draft), None), versions)


def _answered(forum: Forum) -> dict[int, int]:
    """Key of a version -> people."""
    answers = Answer.objects.filter(registration__forum=forum).order_by()
    return dict(answers.values_list("question__form").annotate(people=Count("registration", distinct=True)))


def draft_of(category: Category) -> Form | None:
    """The version that is being written."""
    return category.forms.filter(published_at=None).select_related("category__forum").first()


def asked_by(draft: Sheet, category: Category) -> Iterator[tuple[Registration, list[Item]]]:
    """Who would have to answer what if this draft were put in force now."""
    return owing(category, follow(draft, in_force(category)))


def in_force(category: Category) -> Sheet | None:
    """What the category asks now."""
    return sheet_of(category.form_id) if category.form_id else None
