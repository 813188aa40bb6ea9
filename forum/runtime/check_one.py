"""One of our own checks as a process: `python -m forum.runtime.check_one NAME`. Exit code 1 when something is wrong."""

import sys

import django

from forum.runtime.checks import CHECKS

if __name__ == "__main__":
    name = sys.argv[1]
    if name == "templates":
        django.setup()
    faults = list(CHECKS[name]())
    print("\n".join(faults))
    sys.exit(1 if faults else 0)
