"""The reviewed table `table.txt`: one row for an address, how it is asked, and for which thing; one column for a role."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from tests.matrix.roles import ROLES

PATH = Path(__file__).with_name("table.txt")
Key = tuple[str, str, str]
"""Name of the address, method, thing."""
Row = dict[str, str]
"""Role -> answer."""
WIDTHS = (36, 6, 22)
HEAD = """\
# Who gets what answer at which address: pages, parts of pages for htmx, files and the API; read, asked and posted to.
#
# How to read and change it: CONTRIBUTING.md, “The rights matrix”. Rows are written by
# `./run test tests/matrix --write-table` and reviewed by people, one by one. What follows a `#` in a row is kept.
#
# An answer is the status, or a word: `in` to the sign-in, `2fa` to the second factor, `again` tells htmx to ask for the
# whole page. PART is a GET of htmx. A POST has an empty body.
#
"""


def legend() -> str:
    """What the columns are."""
    return "".join(f"# {key:5} {words}\n" for key, words in ROLES.items())


def line_of(key: Key, row: Row, note: str = "") -> str:
    """A row as it stands in the table."""
    cells = "".join(f"{row[role]:6}" for role in ROLES)
    return f"{_left(key)}{cells}{'# ' + note if note else ''}".rstrip()


def _left(key: Key) -> str:
    return "".join(f"{part:{width}} " for part, width in zip(key, WIDTHS, strict=True))


def head_line() -> str:
    """Names of the columns."""
    return "# " + _left(("address", "method", "thing"))[2:] + "".join(f"{role:6}" for role in ROLES).rstrip()


def read() -> tuple[dict[Key, Row], dict[Key, str]]:
    """All rows, and what people wrote behind them."""
    rows: dict[Key, Row] = {}
    notes: dict[Key, str] = {}
    for line in PATH.read_text(encoding="utf-8").splitlines() if PATH.exists() else []:
        cells, _sign, note = line.partition("#")
        if not cells.strip():
            continue
        name, method, thing, *answers = cells.split()
        key = (name, method, thing)
        assert key not in rows, f"two rows for {key}"
        assert len(answers) == len(ROLES), f"{key}: {len(answers)} answers for {len(ROLES)} roles"
        rows[key] = dict(zip(ROLES, answers, strict=True))
        notes[key] = note.strip()
    return rows, notes


def write(rows: Mapping[Key, Row]) -> None:
    """In the order of the URL configuration, with the column names over each room; notes are kept."""
    _old, notes = read()
    text = [HEAD + legend()]
    room = ""
    for key, row in rows.items():
        if (here := key[0].partition(":")[0].partition("_")[0]) != room:
            room = here
            text.append(f"\n{head_line()}\n")
        text.append(line_of(key, row, notes.get(key, "")) + "\n")
    PATH.write_text("".join(text), encoding="utf-8")


def difference(expected: Mapping[Key, Row], answered: Mapping[Key, Row]) -> str:
    """The rows that differ, each as the table has it and as it is, with the roles concerned; empty when none does."""
    return "\n".join(_differing(expected, answered))


def _differing(expected: Mapping[Key, Row], answered: Mapping[Key, Row]) -> Iterable[str]:
    for key in [*expected, *(key for key in answered if key not in expected)]:
        was, now = expected.get(key), answered.get(key)
        if was == now:
            continue
        yield " ".join(key)
        if was is None:
            yield f"  no row in table.txt; it answers:\n  {line_of(key, now or {})}"
        elif now is None:
            yield "  stands in table.txt, but there is no such address, method or thing (any more)"
        else:
            yield from (
                f"  {ROLES[role]} ({role}): {was[role]} in the table, answered {now[role]}"
                for role in ROLES
                if was[role] != now[role]
            )
