"""Answers are kept as long as their question says: so many days after the forum. Then they go, and the log says so."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Count
from django.utils.timezone import localdate

from forum.actions.audit import record
from forum.models import Forum
from registration.actions.answer_files import drop_files
from registration.models import Answer, AnswerFile, Question


def erase_old_answers() -> int:
    """Whatever is over its time in any edition. Returns how many answers went."""
    today = localdate()
    terms = Question.objects.order_by().values_list("form__category__forum", "kept_days").distinct()
    return sum(
        _erase(forum, kept_days)
        for forum_id, kept_days in terms
        if (forum := Forum.objects.get(pk=forum_id)).ends_on + timedelta(days=kept_days) < today
    )


@transaction.atomic
def _erase(forum: Forum, kept_days: int) -> int:
    over = Answer.objects.filter(registration__forum=forum, question__kept_days=kept_days)
    by_question = dict(over.order_by().values_list("code").annotate(number=Count("pk")))
    drop_files(AnswerFile.objects.filter(answer__in=over))
    over.delete()
    if by_question:
        record("answers.erased", on=("forum", forum.slug), forum=forum, kept_days=kept_days, answers=by_question)
    return sum(by_question.values())
