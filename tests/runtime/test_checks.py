"""Checks that must fail when something is wrong: a check that cannot fail is worth nothing."""

import re
import subprocess
from pathlib import Path

import pytest

from forum.runtime import checks, steps
from forum.runtime.paths import ROOT

COMPOSE = ROOT / "docker-compose.yml"
REQUIRED = sorted(set(re.findall(r"\$\{(\w+):\?", COMPOSE.read_text())))
SECRETS = ("SECRET_KEY", "FIELD_KEYS", "HASH_PEPPER", "POSTGRES_PASSWORD", "REDIS_PASSWORD")


def config(env: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    command = steps.compose_command("config", *words)
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


def test_everything_locked_comes_from_the_public_index() -> None:
    assert list(checks.lock_faults()) == []


def test_lock_made_behind_another_index_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (ROOT / "uv.lock").read_text().replace(checks.PUBLIC_INDEX, "https://mirror.invalid/simple", 1)
    (tmp_path / "uv.lock").write_text(text)
    (tmp_path / "package-lock.json").write_text('{"packages": {"idb": {"resolved": "https://mirror.invalid/idb.tgz"}}}')
    monkeypatch.setattr(checks, "ROOT", tmp_path)
    faults = list(checks.lock_faults())
    assert len(faults) == 2
    assert "mirror.invalid" in faults[0]


def test_compose_file_is_valid() -> None:
    done = config(steps.compose_environment(), "--quiet")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", REQUIRED)
def test_compose_does_not_start_without(name: str) -> None:
    env = {key: value for key, value in steps.compose_environment().items() if key != name}
    done = config(env, "--quiet")
    assert done.returncode != 0
    assert name in done.stderr


def test_no_secret_has_a_default() -> None:
    assert set(SECRETS) <= set(REQUIRED)
    assert not [name for name in SECRETS if re.search(rf"\$\{{{name}:?-", COMPOSE.read_text())]


def test_example_names_every_variable_and_holds_no_secret() -> None:
    example = dict(re.findall(r"^(?:# )?(\w+)=(.*)$", (ROOT / ".env.example").read_text(), re.M))
    used = set(re.findall(r"\$\{(\w+)", COMPOSE.read_text()))
    assert used <= set(example)
    assert {name: example[name] for name in REQUIRED} == dict.fromkeys(REQUIRED, "")


@pytest.mark.parametrize(
    "text",
    [
        '<p style="color: red">x</p>',
        '<a href="/" onclick="go()">x</a>',
        "<style>p { color: red }</style>",
        "<script>go()</script>",
    ],
)
def test_page_that_the_policy_would_break_is_found(tmp_path: Path, text: str) -> None:
    page = tmp_path / "page.html"
    page.write_text(text)
    assert len(list(checks.policy_faults(page))) == 1


@pytest.mark.parametrize(
    "text",
    [
        '<script src="/static/x.js" type="module"></script>',
        '<script type="application/json">{}</script>',
        "<p>style=loud</p>",
    ],
)
def test_page_that_keeps_the_policy_passes(tmp_path: Path, text: str) -> None:
    page = tmp_path / "page.html"
    page.write_text(text)
    assert list(checks.policy_faults(page)) == []
