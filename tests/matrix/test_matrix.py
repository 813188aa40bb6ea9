"""Every address × every role × one's own and foreign things, against the reviewed table (`table.txt`)."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit
from zlib import crc32

import pytest
from django.core.cache import cache
from django.urls import URLPattern, reverse
from django.utils import translation

from badges.api.views import DeviceView
from forum.api.views import TokenView
from tests.addresses import addresses, asked_with, is_listed, view_of
from tests.matrix import table
from tests.matrix.conftest import undone
from tests.matrix.may_read import MAY_READ
from tests.matrix.reading import text_of
from tests.matrix.roles import ROLES
from tests.matrix.targets import NONE, Target, targets_of, unknown_names
from tests.matrix.world import World

pytestmark = pytest.mark.django_db
ADDRESSES = dict(addresses())
PHONES = {("badges_api:scans", "POST")}
"""A phone sends where a token reads."""
EVERYTHING = ""
"""What `./run test --long` gives pytest as `-m`."""
FEW = {"api:schema api:docs account_* mfa_*": ("anon", "anna", "off", "1fa", "org")}
"""Who asks where no role of ours counts: the description of the API takes a second to draw, sign-in is allauth's."""
LETTERS = {
    "places:offer": {"vera", "vera#", "slot full"},
    "registration:offer": {"nina", "nina#"},
    "registration:invitation": {"invited olga"},
}
"""A link in a letter opens one thing for whoever holds it."""
REFUSED = {"in", "2fa", "401", "403", "404", "405"}
KEPT = ("django_session", "forum_apitoken", "badges_device")
"""What a refused request may write: its session, and that a token or a phone was heard of."""


@pytest.fixture(scope="module")
def written(request: pytest.FixtureRequest) -> Iterator[dict[table.Key, table.Row] | None]:
    """The rows that `--write-table` gathers; None in a usual run."""
    if not request.config.getoption("--write-table", False):
        yield None
        return
    rows: dict[table.Key, table.Row] = {}
    yield rows
    everything, _notes = table.read()
    here = {key: rows.get(key) or everything.get(key) for key in [*rows, *everything]}
    asked = {key[0] for key in rows}
    order = {name: place for place, name in enumerate(ADDRESSES)}
    kept = {k: row for k, row in here.items() if row and k[0] in order and (k in rows or k[0] not in asked)}
    table.write(dict(sorted(kept.items(), key=lambda item: order[item[0][0]])))


@pytest.mark.parametrize("name", ADDRESSES)
def test_address_answers_as_the_table_says(
    name: str, world: World, written: dict[table.Key, table.Row] | None, request: pytest.FixtureRequest
) -> None:
    """Whoever is let in is always asked, of the refused every twelfth; `./run test --long` asks all of them."""
    expected = {key: row for key, row in table.read()[0].items() if key[0] == name}
    whole = written is not None or _asks_all(request)
    answered = dict(_rows(name, ADDRESSES[name], world, known={} if whole else expected))
    if written is not None:
        written |= answered
        return
    if differs := table.difference(expected, answered):
        pytest.fail(f"{differs}\n\nCONTRIBUTING.md, “The rights matrix”, says what to do.", pytrace=False)


def test_table_and_targets_name_only_addresses_that_exist() -> None:
    assert {key[0] for key in table.read()[0]} - set(ADDRESSES) == set()
    assert unknown_names(ADDRESSES) == set()


def test_table_never_says_that_something_breaks() -> None:
    assert [key for key, row in table.read()[0].items() if any(answer.startswith("5") for answer in row.values())] == []


def _asks_all(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("markexpr") == EVERYTHING)


def _rows(
    name: str, pattern: URLPattern, world: World, *, known: Mapping[table.Key, table.Row]
) -> Iterator[tuple[table.Key, table.Row]]:
    """What is answered; a cell of `known` that is not asked this time stays as it is."""
    roles = next((few for listed, few in FEW.items() if is_listed(name, {*listed.split()})), ROLES)
    for thing, method, target in _questions(pattern, targets_of(name, world)):
        key, door, address = (name, method, thing), _door(name, pattern, method), _address(name, target)
        row = dict.fromkeys(ROLES, ".") | {
            role: known[key][role]
            if key in known and _is_left_out(key, role, known[key])
            else _answer(world, role, method, address, door=door, letter=LETTERS.get(name, set()))
            for role in roles
        }
        yield key, row


def _is_left_out(key: table.Key, role: str, row: table.Row) -> bool:
    """Always the same twenty-three of twenty-four refusals, and of pages that are the same for everybody."""
    asks_nothing = row[role] in REFUSED or len(set(row.values())) == 1
    return asks_nothing and crc32(" ".join((*key, role)).encode()) % 24 > 0


def _questions(pattern: URLPattern, targets: dict[str, Target]) -> Iterator[tuple[str, str, Target]]:
    """A GET where there is none is refused before the thing is looked for: one thing is enough. So is one way to ask
    for what is not there.
    """
    view, first = view_of(pattern), next(iter(targets))
    reads = view is None or hasattr(view, "get")
    for thing, target in targets.items():
        methods = [method for method in asked_with(pattern) if reads or method != "GET" or thing == first]
        for method in methods[:1] if thing == NONE else methods:
            yield thing, method, target


def _door(name: str, pattern: URLPattern, method: str) -> str:
    """What is shown at the door of this view."""
    view = view_of(pattern)
    if (name, method) in PHONES or (view and issubclass(view, DeviceView)):
        return "phone"
    return "token" if view and issubclass(view, TokenView) else "session"


def _address(name: str, target: Target) -> str:
    with translation.override("ru"):
        return reverse(name, kwargs=dict(target.kwargs)) + target.query


def _answer(world: World, role: str, method: str, address: str, *, door: str, letter: set[str]) -> str:
    """The answer as the table has it. Whoever is refused has changed nothing, and nobody reads what is not theirs."""
    if method != "GET":
        cache.clear()  # nobody is held back for asking too much
    with undone() as writes:
        response = world.callers[role].ask(method, address, door=door)
        answer, read = _word(response), world.seen_in(text_of(response)) - letter
        changes = [sql for sql in writes if not any(f'"{name}"' in sql for name in KEPT)]
        assert read <= MAY_READ[role], f"{method} {address} shows {role}: {read - MAY_READ[role]}"
        assert answer not in REFUSED or not changes, f"{method} {address} refuses {role} ({answer}), but: {changes}"
    return answer


def _word(response: Any) -> str:
    if response.headers.get("HX-Refresh") == "true":
        return "again"
    to = urlsplit(response.headers.get("Location", "")).path
    with translation.override("ru"):
        login, factor = reverse("account_login"), {reverse("mfa_index"), reverse("mfa_reauthenticate")}
    if response.status_code == 302 and to.endswith(login.removeprefix("/ru")):
        return "in"
    if response.status_code == 302 and any(to.endswith(each.removeprefix("/ru")) for each in factor):
        return "2fa"
    return str(response.status_code)
