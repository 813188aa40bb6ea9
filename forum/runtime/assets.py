"""Files that are made, not kept in git: third-party browser files, compiled catalogues, the collected static folder.

Each part is skipped while nothing it is made from has changed.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from forum.runtime import catalogues
from forum.runtime.environment import offline_environment
from forum.runtime.paths import APPS, ROOT, STATE, STATICFILES, STATICFILES_DEMO, VENDOR, private_folder

FONT_SCRIPTS = ("latin", "latin-ext", "cyrillic", "cyrillic-ext")
FONT_WEIGHTS = (400, 500, 600, 700)
FONTS = "@fontsource/fira-sans"
# Folders that other packages bring for pages we do not have; compressing them takes seconds.
UNUSED = ("redoc", "rest_framework", "modeltranslation")
# Package → (file in the package, name below vendor/). `zxing-wasm` comes as barcode-detector's own exact dependency:
# a wasm of another version does not fit its script.
FILES: dict[str, tuple[tuple[str, str], ...]] = {
    "barcode-detector": (
        ("dist/es/ponyfill.js", "barcode-detector/ponyfill.js"),
        ("dist/es/zxing-exported.js", "barcode-detector/zxing-exported.js"),
        ("LICENSE", "barcode-detector/LICENSE"),
    ),
    "zxing-wasm": (
        ("dist/reader/zxing_reader.wasm", "zxing-wasm/zxing_reader.wasm"),
        ("LICENSE", "zxing-wasm/LICENSE"),
    ),
    FONTS: (
        *(
            (f"files/{name}", f"fonts/{name}")
            for script in FONT_SCRIPTS
            for weight in FONT_WEIGHTS
            for name in (f"fira-sans-{script}-{weight}-normal.woff2",)
        ),
        ("LICENSE", "fonts/LICENSE"),
    ),
}


def build(*, say: Callable[[str], None] = lambda text: None, env: Mapping[str, str] | None = None) -> None:
    """Bring everything up to date. `env` lets Django collect static files; without it a private one is made.

    Raises `RuntimeError` when npm is needed and fails. Two at once wait for each other.
    """
    with _alone():
        vendor(say=say)
        if catalogues.compile_changed():
            say("catalogues compiled")
        collect(say=say, env=env or offline_environment(mode="demo"))


# --- third-party browser files -----------------------------------------------------------------------------------------
def vendor(*, say: Callable[[str], None] = lambda text: None) -> None:
    """`npm ci` and the copy of the named files into vendor/, when the lock or the list has changed."""
    wanted = _digest([ROOT / "package-lock.json", Path(__file__)])
    if _is_current(VENDOR, wanted) and all((VENDOR / name).exists() for name in targets()):
        return
    say("browser packages (npm ci)")
    install_packages()
    copy_files()
    _mark(VENDOR, wanted)


def targets() -> list[str]:
    """Names below vendor/, in the order of the list."""
    return [target for files in FILES.values() for _, target in files]


def install_packages() -> None:
    """The locked packages into node_modules/. No script of a package is run."""
    npm = shutil.which("npm") or shutil.which("npm", path=str(Path(sys.executable).parent))
    if npm is None:
        raise RuntimeError(
            "no npm: install Node.js, or start through ./run, which brings it (dependency group `assets`)"
        )
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel", "error"]
    env = {**os.environ, "PATH": os.pathsep.join((str(Path(npm).parent), os.environ.get("PATH", "")))}
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=env, check=False)
    if done.returncode:
        raise RuntimeError(f"npm ci failed:\n{done.stderr.strip()}")


def copy_files() -> None:
    shutil.rmtree(VENDOR, ignore_errors=True)
    for package, files in FILES.items():
        for source, target in files:
            (VENDOR / target).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / "node_modules" / package / source, VENDOR / target)


# --- the static folder --------------------------------------------------------------------------------------------------
def collect(*, say: Callable[[str], None], env: Mapping[str, str]) -> None:
    """`collectstatic` with hashed copies (compressed too, except for the demo), when a source has changed."""
    folder = STATICFILES_DEMO if env["FORUM_MODE"] == "demo" else STATICFILES
    wanted = _digest([ROOT / "uv.lock", ROOT / "forum/settings.py"], stats=static_sources())
    if _is_current(folder, wanted):
        return
    say("static files")
    ignore = [word for name in UNUSED for word in ("--ignore", name)]
    command = [sys.executable, str(ROOT / "manage.py"), "collectstatic", "--no-input", "-v", "0", *ignore]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=dict(env), check=False)
    if done.returncode:
        raise RuntimeError(f"collectstatic failed:\n{done.stderr.strip()[-3000:]}")
    _mark(folder, wanted)


def static_sources() -> Iterator[Path]:
    folders = [*(ROOT / app / "static" for app in APPS), ROOT / "badges" / "frontend", VENDOR]
    return (path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file())


# --- what is up to date -------------------------------------------------------------------------------------------------
def _digest(files: Iterable[Path], *, stats: Iterable[Path] = ()) -> str:
    """A digest of the contents of `files` and of name, size and time of `stats`."""
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.read_bytes())
    for path in stats:
        facts = path.stat()
        digest.update(f"{path}{facts.st_size}{facts.st_mtime_ns}".encode())
    return digest.hexdigest()


def _stamp(folder: Path) -> Path:
    """The stamps lie outside of the folders, so that they are never served."""
    return private_folder(STATE / "stamps") / folder.name


def _is_current(folder: Path, wanted: str) -> bool:
    stamp = _stamp(folder)
    return folder.exists() and stamp.exists() and stamp.read_text() == wanted


def _mark(folder: Path, wanted: str) -> None:
    _stamp(folder).write_text(wanted)


@contextmanager
def _alone() -> Iterator[None]:
    with (private_folder(STATE / "stamps") / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
