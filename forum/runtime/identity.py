"""As whom PostgreSQL runs. It refuses uid 0, so a root user hands it a smaller identity.

1. Not root: nothing to do.
2. Root with user namespaces: `unshare` maps root to another number; files stay root's, no folder changes hands.
3. Root without them (many containers): drop to `nobody`, with data and binaries where that user may go.
"""

import os
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

NAMESPACE = ["unshare", "--user", "--map-user=1000", "--map-group=1000"]
NOBODY = 65534
DROP = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
LEASH = ["--pdeathsig", "INT"]  # that user may not be able to start our Python, so setpriv ties the program to us


@dataclass(frozen=True)
class Identity:
    """`prefix` is put before each PostgreSQL program and `owner` must own its files (None: whoever made them).

    `leashed` says that the prefix itself ends the program with its parent.
    """

    prefix: tuple[str, ...] = ()
    owner: int | None = None
    leashed: bool = False

    def own(self, *paths: Path) -> None:
        if self.owner is not None:
            for path in paths:
                os.chown(path, self.owner, self.owner)


@cache
def identity() -> Identity:
    """The first of the three ways that works here.

    Raises `RuntimeError` when we are root and neither `unshare` nor `setpriv` (util-linux) can help.
    """
    if os.geteuid() != 0:
        return Identity()
    if _works(NAMESPACE):
        return Identity(prefix=tuple(NAMESPACE))
    if _works(DROP):
        return dropped()
    raise RuntimeError("PostgreSQL does not run as root and neither unshare nor setpriv works: start as another user")


def dropped() -> Identity:
    """The third way, by name: tests use it where the second works too."""
    return Identity(prefix=(*DROP, *LEASH), owner=NOBODY, leashed=True)


def _works(prefix: list[str]) -> bool:
    if not shutil.which(prefix[0]):
        return False
    return subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode == 0
