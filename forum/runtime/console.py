"""What a command says on the way: short lines on standard error, with the time since the start."""

import sys
import time


class Console:
    """`quiet` keeps progress to itself; results still go to standard output."""

    def __init__(self, *, quiet: bool = False) -> None:
        self.quiet = quiet
        self.began = time.monotonic()

    def say(self, text: str) -> None:
        if not self.quiet:
            print(f"{time.monotonic() - self.began:6.1f} s  {text}", file=sys.stderr, flush=True)

    def show(self, text: str) -> None:
        if not self.quiet:
            print(text, file=sys.stderr, flush=True)
