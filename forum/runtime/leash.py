"""Replace this process by a program that must not outlive its parent.

Started as a plain script (`python -S -E leash.py PARENT SIGNAL PROGRAM ARGUMENTS…`), after any change of user: Linux
forgets the wish of PR_SET_PDEATHSIG when credentials change, and keeps it through `execve`. Elsewhere the keeper's
own watch is the only leash.
"""

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1


def main() -> None:
    parent, signal_number, program = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal_number, 0, 0, 0)
    if os.getppid() != parent:  # it died before the wish was made
        sys.exit(1)
    os.execvp(program[0], program)  # noqa: S606 -- this is the purpose


main()
