"""`manage.py import_people FILE`: the import of a list without a browser; `--dry-run` says what it would do."""

import json
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from forum.models import Forum
from registration.actions.imports import import_now, receive
from registration.engine.imports.columns import preselected
from registration.engine.imports.files import ImportFileError
from registration.engine.imports.reading import read_table
from registration.engine.imports.rows import read_rows
from registration.engine.imports.tables import Table
from registration.engine.imports.words import file_problem, problem_text
from registration.enums import ImportOutcome
from registration.models import Category, ImportRun
from registration.queries.imports import counts_of, counts_of_run, places_of, plan, usual_category

NOTHING = 1
"""Exit code when no row could be taken."""


class Command(BaseCommand):
    """The same import as on the page: columns are guessed, good rows go in, bad rows are named."""

    help = "Import people from an .xlsx or .csv into the current edition. Exit code 1 when nothing could be imported."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, and what the page asks beside it."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="write nothing, say what would happen")
        parser.add_argument(
            "--json", action="store_true", help="one JSON object, for programs; `error` where the file was refused"
        )
        parser.add_argument("--category", default="", help="code of the category for rows that name none")
        parser.add_argument("--language", default="ru", choices=[code for code, _name in settings.LANGUAGES])
        parser.add_argument("--no-letters", action="store_true", help="do not write to the people")
        parser.add_argument("--encoding", default="", choices=["", "utf-8", "cp1251", "utf-16"])
        parser.add_argument("--delimiter", default="", choices=["", "comma", "semicolon", "tab"])

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, say, write."""
        try:
            with translation.override("en"):
                told = self._import(options)
        except CommandError as error:
            if options["json"]:
                self.stdout.write(json.dumps({"error": str(error)}, ensure_ascii=False))
            raise
        self.stdout.write(json.dumps(told, ensure_ascii=False) if options["json"] else in_words(told))
        taken = sum(told["counts"].values()) - told["counts"][ImportOutcome.ERROR]
        if not taken:
            raise SystemExit(NOTHING)

    def _import(self, options: dict[str, Any]) -> dict[str, Any]:
        forum = Forum.objects.filter(is_current=True).first()
        if forum is None:
            raise CommandError("there is no current edition of the forum yet")
        category = _category(forum, options["category"])
        try:
            content = options["file"].read_bytes()
            table = read_table(
                options["file"].name, content, encoding=options["encoding"], delimiter=options["delimiter"]
            )
            told = _told(table)
            if options["dry_run"]:
                rows = read_rows(table, columns=preselected(table.heads), places=places_of(forum, category=category))
                planned = plan(forum, rows)
                problems = ((one.row.number, field, code) for one in planned for field, code in one.problems)
                return told | {"counts": counts_of(planned), "problems": _problems(problems)}
            run = receive(
                forum=forum,
                name=options["file"].name,
                content=content,
                category=category,
                language=options["language"],
                by=None,
                encoding=table.encoding,
                delimiter=table.delimiter,
                sends_letters=not options["no_letters"],
            )
        except ImportFileError as error:
            raise CommandError(" ".join(file_problem(error))) from error
        except OSError as error:
            raise CommandError(f"the file cannot be read: {error.strerror}") from error
        import_now(run)
        return told | {"counts": counts_of_run(run), "problems": _problems(_written(run)), "import": str(run.public_id)}


def _category(forum: Forum, code: str) -> Category:
    """The one named, or the usual one."""
    categories = Category.objects.filter(forum=forum)
    if category := categories.filter(code=code).first() if code else usual_category(forum):
        return category
    raise CommandError("no such category; there are: " + ", ".join(categories.values_list("code", flat=True)))


def _told(table: Table) -> dict[str, Any]:
    columns = [
        {"head": head, "field": field} for head, field in zip(table.heads, preselected(table.heads), strict=True)
    ]
    return {"rows": len(table.rows), "encoding": table.encoding, "delimiter": table.delimiter, "columns": columns}


def _written(run: ImportRun) -> Iterable[tuple[int, str, str]]:
    rows = run.rows.exclude(problems=[]).order_by("number").values_list("number", "problems")
    return ((number, field, code) for number, problems in rows for field, code in problems)


def _problems(found: Iterable[tuple[int, str, str]]) -> list[dict[str, Any]]:
    return [
        {"row": row, "field": field, "code": code, "message": problem_text(field, code)} for row, field, code in found
    ]


def in_words(told: dict[str, Any]) -> str:
    """For people: figures first, then what is wrong."""
    read = "workbook" if not told["encoding"] else f"{told['encoding']}, {told['delimiter']}"
    columns = [f"  {c['head']} -> {c['field'] or 'not taken'}" for c in told["columns"]]
    figures = ", ".join(f"{number} {outcome}" for outcome, number in told["counts"].items())
    wrong = [f"  row {p['row']}: {p['message']}" for p in told["problems"]]
    codes = Counter(p["code"] for p in told["problems"])
    end = [f"{sum(codes.values())} problems:", *wrong] if wrong else []
    return "\n".join([f"{told['rows']} rows, {read}", *columns, figures, *end])
