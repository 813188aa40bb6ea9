"""A list of people is read once for many looks at it: the copy is sealed, fits what it was made with, and goes with the file."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.utils.timezone import now

from forum.crypto import encrypt
from forum.models import Account, Forum, StoredFile
from registration.actions.imports import choose, discard, erase_old, receive
from registration.engine.imports.files import ImportFileError
from registration.engine.imports.reading import read_table
from registration.models import ImportRun
from registration.queries import imports
from registration.queries.import_copies import places_of_copies
from registration.queries.imports import rows_of_table, table_of_run
from tests.factories.registration import make_category, make_delegation
from tests.registration.lists import HEADS, PEOPLE, as_text, as_workbook

pytestmark = pytest.mark.django_db
FILES = {
    "list.csv": as_text([HEADS, *PEOPLE]),
    "semicolons.csv": as_text([HEADS, *PEOPLE], encoding="cp1251", sign=";"),
    "signed.csv": as_text([HEADS, *PEOPLE], encoding="utf-8-sig"),
    "wide.csv": as_text([HEADS, *PEOPLE], encoding="utf-16", sign="\t"),
    "list.xlsx": as_workbook([HEADS, *PEOPLE]),
}


@pytest.fixture
def run(forum: Forum, officer: Account) -> ImportRun:
    return handed_in(forum, officer, "list.csv")


def handed_in(forum: Forum, by: Account, name: str) -> ImportRun:
    category = make_category(forum)
    return receive(forum=forum, name=name, content=FILES[name], category=category, language="ru", by=by)


def kept(run: ImportRun) -> list[Any]:
    return [cache.get(f"copy:{place}") for place in places_of_copies(run.public_id)]


def look(run: ImportRun) -> Any:
    table = table_of_run(run)
    return table, rows_of_table(run, table)


def refuse_to_read(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("read_table", "read_rows"):
        monkeypatch.setattr(imports, name, lambda *given, **more: pytest.fail("read a second time"))


@pytest.mark.parametrize("name", FILES)
def test_a_later_look_is_what_the_file_says_and_reads_nothing(
    forum: Forum, officer: Account, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = handed_in(forum, officer, name)
    first = look(run)
    anew = read_table(f"list.{run.kind}", FILES[name], encoding=run.encoding, delimiter=run.delimiter)
    assert first[0] == anew
    refuse_to_read(monkeypatch)
    assert look(run) == first
    assert first[1][0].answers["surname"] == "Примерова"


def test_copies_are_sealed(run: ImportRun) -> None:
    look(run)
    assert all(kept(run))
    assert not any("Пример".encode() in one or b"example.org" in one for one in kept(run))


def test_another_reading_is_read_anew(forum: Forum, officer: Account, run: ImportRun) -> None:
    look(run)
    columns = ["", *run.columns[1:]]
    told = {"encoding": "utf-8", "delimiter": "comma", "category": run.category, "language": "ru"}
    run = choose(run, columns=columns, sends_letters=False, by=officer, **told)
    assert "surname" not in look(run)[1][0].answers


def test_what_the_edition_has_learnt_is_seen_at_once(forum: Forum, run: ImportRun) -> None:
    assert ("delegation", "region_unknown") in look(run)[1][0].errors
    make_delegation(forum, "RU-TOM")
    assert look(run)[1][0].errors == ()


@pytest.mark.parametrize("damage", ["gone", "cut", "moved"])
def test_a_copy_that_is_lost_or_does_not_open_is_made_again(run: ImportRun, damage: str) -> None:
    first = look(run)
    for place in places_of_copies(run.public_id):
        sealed = {"gone": None, "cut": cache.get(f"copy:{place}")[:40], "moved": encrypt(b"[]", aad="elsewhere")}
        cache.set(f"copy:{place}", sealed[damage])
    assert look(run) == first


def test_copies_go_with_a_file_that_is_thrown_away(
    run: ImportRun, officer: Account, django_capture_on_commit_callbacks: Any
) -> None:
    look(run)
    with django_capture_on_commit_callbacks(execute=True):
        discard(run, by=officer)
    assert kept(run) == [None, None]


def test_copies_go_with_a_file_whose_week_is_over(run: ImportRun, django_capture_on_commit_callbacks: Any) -> None:
    look(run)
    StoredFile.objects.update(erase_after=now() - timedelta(seconds=1))
    with django_capture_on_commit_callbacks(execute=True):
        assert erase_old() == 1
    assert kept(run) == [None, None]
    with pytest.raises(ValueError, match="erased"):
        look(ImportRun.objects.get(pk=run.pk))


def test_a_file_that_is_erased_is_not_shown_from_a_copy(run: ImportRun) -> None:
    look(run)
    ImportRun.objects.update(file=None)
    with pytest.raises(ValueError, match="erased"):
        table_of_run(ImportRun.objects.get(pk=run.pk))


def test_what_cannot_be_read_keeps_nothing(run: ImportRun) -> None:
    cache.clear()
    run.encoding = "utf-16"
    with pytest.raises(ImportFileError):
        table_of_run(run)
    assert kept(run) == [None, None]
