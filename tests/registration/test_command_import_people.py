"""The same import on the command line."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from forum.models import Forum, Message
from registration.models import ImportRun, Registration
from tests.factories.registration import make_category, make_delegation
from tests.registration.lists import ANNA, HEADS, PEOPLE, as_text, as_workbook

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(forum: Forum, tmp_path: Path) -> Path:
    make_category(forum)
    for code in ("RU-TOM", "RU-SPE", "BY"):
        make_delegation(forum, code)
    return tmp_path / "list.csv"


def told(capsys: Any, path: Path, *options: str) -> dict[str, Any]:
    call_command("import_people", str(path), "--json", *options)
    return dict(json.loads(capsys.readouterr().out))


def test_a_dry_run_tells_everything_and_writes_nothing(path: Path, capsys: Any) -> None:
    path.write_bytes(as_text([HEADS, *PEOPLE, ("", *ANNA[1:])], encoding="cp1251", sign=";"))
    found = told(capsys, path, "--dry-run")
    assert (found["encoding"], found["delimiter"], found["rows"]) == ("cp1251", "semicolon", 4)
    assert found["columns"][0] == {"head": "Фамилия", "field": "surname"}
    assert found["counts"] == {"new": 3, "changed": 0, "unchanged": 0, "conflict": 0, "error": 1}
    assert [(p["row"], p["field"], p["code"]) for p in found["problems"]] == [(5, "surname", "missing")]
    assert (Registration.objects.count(), ImportRun.objects.count()) == (0, 0)


def test_it_imports_once(path: Path, capsys: Any) -> None:
    path.write_bytes(as_text([HEADS, *PEOPLE]))
    assert told(capsys, path)["counts"]["new"] == 3
    assert Message.objects.filter(reason="registration.imported").count() == 2
    assert told(capsys, path)["counts"] == {"new": 0, "changed": 0, "unchanged": 3, "conflict": 0, "error": 0}
    assert ImportRun.objects.filter(finished_at__isnull=False).count() == 2


def test_letters_and_category_are_choices(forum: Forum, path: Path, capsys: Any) -> None:
    make_category(forum, code="guest")
    path.with_suffix(".xlsx").write_bytes(as_workbook([HEADS, *PEOPLE]))
    told(capsys, path.with_suffix(".xlsx"), "--no-letters", "--category", "guest", "--language", "be")
    assert not Message.objects.exists()
    assert {(r.category.code, r.language) for r in Registration.objects.all()} == {("guest", "be")}


def test_nothing_to_import_is_told_by_the_exit_code(path: Path, capsys: Any) -> None:
    path.write_bytes(as_text([HEADS, ("", *ANNA[1:])]))
    with pytest.raises(SystemExit) as end:
        call_command("import_people", str(path))
    assert end.value.code == 1
    assert "row 2: Surname: The surname is missing." in capsys.readouterr().out


def test_refusals_are_words(path: Path) -> None:
    path.write_bytes(b"%PDF")
    with pytest.raises(CommandError, match=r"The first row does not name the columns\."):
        call_command("import_people", str(path))
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_people", str(path.with_name("nowhere.csv")))
    with pytest.raises(CommandError, match="there are: delegate"):
        call_command("import_people", str(path), "--category", "king")


def test_a_refusal_is_an_object_where_a_program_asks(path: Path, capsys: Any) -> None:
    path.write_bytes(b"%PDF")
    with pytest.raises(CommandError):
        call_command("import_people", str(path), "--json")
    assert "does not name the columns" in json.loads(capsys.readouterr().out)["error"]
