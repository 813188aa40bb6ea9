"""`manage.py rotate_keys [--dry-run] [--json]`: everything that an old key has sealed gets the current one."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from forum.actions.rotation import Rotation, rotate
from forum.crypto import current_key_id
from forum.errors import DomainError
from forum.queries.sealed import keys_in_use


class Command(BaseCommand):
    """While people work. Exit code 1 when an old key is still needed afterwards."""

    help = "Seal encrypted columns, files and secrets anew with the first key of FIELD_KEYS; may be broken off and run again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Options."""
        parser.add_argument("--dry-run", action="store_true", help="only count which key has sealed what")
        parser.add_argument("--json", action="store_true", help="figures for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        """Figures only: places, ids of keys, numbers."""
        try:
            done = None if options["dry_run"] else rotate()
        except DomainError as error:
            raise CommandError(str(error.message)) from error
        found = {place: dict(keys) for place, keys in keys_in_use().items()}
        if options["json"]:
            self.stdout.write(json.dumps(_figures(done, found), indent=2))
        else:
            self._tell(done, found)
        if done and not done.is_complete:
            raise CommandError(
                f"Not complete: {done.left} values were in use, {sum(done.unreadable.values())} do not open with the "
                "keys given. Drop no key, and run it again."
            )

    def _tell(self, done: Rotation | None, found: dict[str, dict[str, int]]) -> None:
        for place, keys in found.items():
            sealed = ", ".join(f"{key or 'not looked at yet'}: {number}" for key, number in sorted(keys.items()))
            anew = f" ({done.resealed.get(place, 0)} sealed anew)" if done else ""
            self.stdout.write(f"{place}: {sealed or 'nothing'}{anew}")
        old = sum(number for keys in found.values() for key, number in keys.items() if key != current_key_id())
        self.stdout.write(f"Current key: {current_key_id()}. Sealed with other keys: {old}.")


def _figures(done: Rotation | None, found: dict[str, dict[str, int]]) -> dict[str, Any]:
    figures: dict[str, Any] = {"key": current_key_id(), "dry_run": done is None, "keys": found}
    if done:
        figures |= {"resealed": done.resealed, "unreadable": done.unreadable, "left": done.left}
    return figures
