"""Where things lie. Everything written at run time is git-ignored."""

import hashlib
import os
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STATE = ROOT / ".run"
VENDOR = ROOT / "vendor"
STATICFILES = ROOT / "staticfiles"
STATICFILES_DEMO = ROOT / "staticfiles-demo"  # as in settings.py
SHOTS = ROOT / "shots"
APPS = ("forum", "registration", "agenda", "badges")


def private_folder(path: Path) -> Path:
    """Make `path` (with parents) readable by its owner only: state folders hold personal data of the demo."""
    path.mkdir(parents=True, exist_ok=True)
    path.chmod(0o700)
    return path


def state_root() -> Path:
    """`.run/`, or FORUM_RUN_DIR where the clone cannot be written to."""
    return private_folder(Path(os.environ.get("FORUM_RUN_DIR", "") or STATE).resolve())


def fingerprint(text: str) -> str:
    """A short name that is the same for the same text in every run."""
    return hashlib.sha256(text.encode()).hexdigest()[:10]


def socket_folder(state: Path) -> Path:
    """Where the sockets of one state folder go: socket paths end at about 100 characters and a clone may lie deep."""
    return Path(tempfile.gettempdir()) / f"forum-{os.geteuid()}-{fingerprint(str(state.resolve()))}"


def outside_folder(state: Path) -> Path:
    """What belongs to one state folder but must lie where an unprivileged user may go; it survives a reboot."""
    return Path("/var/tmp") / f"forum-{fingerprint(str(state.resolve()))}"  # noqa: S108 -- its maker checks the owner
