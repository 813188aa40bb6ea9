"""Compare the API's generated description with the snapshot kept in git: `python -m forum.runtime.check_openapi FILE`.

A changed API must show in the commit that changes it.
"""

import difflib
import io
import sys
from pathlib import Path

import django
from django.core.management import call_command

HOW = "the API differs from {file}; if that is meant: ./run manage spectacular --file {file}"


def generated() -> str:
    """The description as it is now. Warnings of the generator are errors."""
    out = io.StringIO()
    call_command("spectacular", "--validate", "--fail-on-warn", stdout=out)
    return out.getvalue()


def main(file: Path) -> int:
    django.setup()
    kept, now = file.read_text(encoding="utf-8") if file.exists() else "", generated()
    if kept.strip() == now.strip():
        return 0
    print("\n".join(difflib.unified_diff(kept.splitlines(), now.splitlines(), "kept", "now", lineterm="", n=1)))
    print(HOW.format(file=file.name if not file.is_absolute() else file.relative_to(Path.cwd())))
    return 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
