"""The checks that no tool has ready. Each one yields what is wrong, line by line; silence is good."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from forum.runtime import catalogues
from forum.runtime.paths import APPS, ROOT

PUBLIC_INDEX = "https://pypi.org/simple"
PUBLIC_FILES = "https://files.pythonhosted.org/"


def lock_faults() -> Iterator[str]:
    """Everything installed comes from the public index: a lock made behind another address names that one."""
    lock = tomllib.loads((ROOT / "uv.lock").read_text())
    for package in lock["package"]:
        source = package["source"]
        if "virtual" not in source and source.get("registry") != PUBLIC_INDEX:
            yield f"uv.lock: {package['name']} comes from {source}"
        files = [*package.get("wheels", []), *([package["sdist"]] if "sdist" in package else [])]
        yield from (f"uv.lock: {file['url']}" for file in files if not file["url"].startswith(PUBLIC_FILES))
    if '"resolved"' in (ROOT / "package-lock.json").read_text():
        yield "package-lock.json names registry addresses; remove it and run npm install --package-lock-only"


def catalogue_faults() -> Iterator[str]:
    yield from (str(fault) for fault in catalogues.faults())


def template_faults() -> Iterator[str]:
    """Compile every template: a wrong tag or a missing library shows here, not to a delegate.

    Django must be set up (see `main`).
    """
    from django.template import TemplateSyntaxError, engines  # noqa: PLC0415 -- after django.setup()

    for path in template_files():
        try:
            engines["django"].from_string(path.read_text(encoding="utf-8"))
        except TemplateSyntaxError as error:
            yield f"{path.relative_to(ROOT)}: {error}"
        yield from (f"{path.relative_to(ROOT)}: {fault}" for fault in policy_faults(path))


def template_files() -> list[Path]:
    return sorted(
        path for app in APPS for path in (ROOT / app / "templates").rglob("*") if path.suffix in (".html", ".txt")
    )


# What the content security policy refuses would fail silently in the browser.
FORBIDDEN = {
    re.compile(r"<[^>]*\sstyle\s*=", re.I): "style= attribute",
    re.compile(r"<[^>]*\son[a-z]+\s*=\s*[\"']", re.I): "inline event handler",
    re.compile(r"<style[\s>]", re.I): "inline style sheet",
    re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(ld\+)?json\")[\s>]", re.I): "inline script",
}


def policy_faults(path: Path) -> Iterator[str]:
    if path.suffix != ".html" or "email" in path.parts or "mail" in path.parts:
        return  # mail programs know no style sheets; there style= is the way
    text = path.read_text(encoding="utf-8")
    yield from (f"{what}, which the policy refuses" for pattern, what in FORBIDDEN.items() if pattern.search(text))


CHECKS = {"lock": lock_faults, "messages": catalogue_faults, "templates": template_faults}
