"""`manage.py restore FILE`: an archive back into an empty server."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from forum.backup import BackupError
from forum.backup.restoring import restore_backup


class Command(BaseCommand):
    """Stop web, workers and beat before. Either everything is back and compared, or nothing has changed."""

    help = "Check FILE from end to end, bring it back in one transaction, and compare counts and hashes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which archive, and whether what is there may go."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="throw away what the database holds now")

    def handle(self, *args: Any, **options: Any) -> None:
        """Says what came back, and what to do next."""
        try:
            manifest = restore_backup(options["file"], replace=options["replace"])
        except BackupError as error:
            raise CommandError(str(error)) from error
        rows = sum(entry.rows for entry in manifest.tables())
        self.stdout.write(
            f"{len(manifest.tables())} tables with {rows} rows and {len(manifest.files())} files are back as of"
            f" {manifest.about['made_at']}; counts and hashes are those of the archive. Next: manage.py migrate"
        )
