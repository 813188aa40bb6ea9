"""`docs/operations.md` names what can be set and typed."""

import re

from forum.runtime.__main__ import COMMANDS
from forum.runtime.paths import APPS, ROOT
from forum.runtime.postgres import DISCREET

TEXT = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
COMPOSE = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
READS = re.compile(r"""(?:\benv(?:\.\w+)?|\bsecret|\benviron\.get|\benviron\.setdefault)\(\s*["']([A-Z][A-Z_]+)["']""")
# Of the machine, not of ours.
NOT_OURS = {"PATH"}


def variables() -> set[str]:
    """Every variable that our code reads."""
    sources = [*ROOT.glob("*.py"), *(path for app in APPS for path in (ROOT / app).rglob("*.py"))]
    return {name for path in sources for name in READS.findall(path.read_text(encoding="utf-8"))} - NOT_OURS


def test_every_variable_is_named() -> None:
    found = variables()
    assert {"DATABASE_URL", "SECRET_KEY", "FORUM_RUN_DIR"} <= found
    assert sorted(name for name in found if f"`{name}`" not in TEXT) == []


def test_every_variable_of_compose_is_named() -> None:
    used = set(re.findall(r"\$\{(\w+)", COMPOSE))
    assert sorted(name for name in used if f"`{name}`" not in TEXT) == []


def test_every_service_is_named() -> None:
    block = COMPOSE.partition("\nservices:")[2].partition("\nnetworks:")[0]
    services = re.findall(r"^  ([a-z-]+):$", block, re.MULTILINE)
    assert "worker-badges" in services
    assert sorted(name for name in services if f"`{name}`" not in TEXT) == []


def test_the_log_of_the_database_holds_no_row_and_no_statement() -> None:
    """As the server of the tests (`tests/e2e/test_logs_of_a_walk.py`): a refused row would stand in it, names and all."""
    (command,) = re.findall(r"command: \[postgres, ([^]]+)\]", COMPOSE)
    assert set(DISCREET) <= set(command.split(", "))
    assert [setting for setting in DISCREET if setting.partition("=")[0] not in TEXT] == []


def test_readme_or_operations_name_every_command() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert sorted(name for name in COMMANDS if f"./run {name}" not in TEXT + readme) == []
