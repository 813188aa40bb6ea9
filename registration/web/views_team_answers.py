"""Answers for those whom a question names as its readers, and who have no other business with applications."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from forum.web.access import TeamView
from registration.engine.questions.sheet import Item
from registration.models import Registration
from registration.queries.answer_columns import answer_cells, answer_items, people_with_answers
from registration.queries.missing import asking
from registration.queries.people import name_of
from registration.web.fields_questions import in_my_language
from registration.web.spellings import heading
from registration.web.views_team_missing import MissingForm

PER_PAGE = 50


class AnswersView(TeamView):
    """Who comes, by name, with the answers that are for one's role, and nothing else."""

    permission_required = "registration.read_answers"

    def get(self, request: HttpRequest) -> HttpResponse:
        """As the address filters it."""
        form = MissingForm(request.GET, categories=asking(self.forum))
        items = list(answer_items(request.user, self.forum).values())
        found = people_with_answers(self.forum, [item.code for item in items], category=form.chosen)
        page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
        context = {
            "form": form,
            "chosen": form.chosen,
            "heads": [in_my_language(item.label) for item in items],
            "page": page,
            "rows": self._rows(list(page), items),
        }
        return render(request, "registration/team/answers.html", context)

    def _rows(self, people: list[Registration], items: list[Item]) -> list[dict[str, Any]]:
        columns = [
            (in_my_language(item.label), answer_cells(self.request.user, item.code, people) if people else {})
            for item in items
        ]
        return [
            {
                "registration": one,
                "name": heading(name_of(one.person)),
                "cells": [(label, cells.get(one.pk, "")) for label, cells in columns],
            }
            for one in people
        ]
