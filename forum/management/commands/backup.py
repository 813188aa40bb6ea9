"""`manage.py backup DIRECTORY`: everything in one sealed file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from forum.backup import BackupError
from forum.backup.making import make_backup


class Command(BaseCommand):
    """While people work: it reads one moment of the database and changes nothing."""

    help = "Write the database and the private files into one encrypted archive in DIRECTORY and read it once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where it goes; the name holds the time."""
        parser.add_argument("directory", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """The name of the archive goes to standard output. A file that is missing in the storage is an error at the end."""
        try:
            path, manifest = make_backup(options["directory"])
        except BackupError as error:
            raise CommandError(str(error)) from error
        rows, files = sum(entry.rows for entry in manifest.tables()), manifest.files()
        self.stdout.write(str(path))
        self.stderr.write(
            f"{len(manifest.tables())} tables, {rows} rows, {len(files)} files, {path.stat().st_size} bytes"
        )
        if missing := manifest.about["missing"]:
            raise CommandError(
                f"The archive is complete but for {len(missing)} files that the storage no longer has: {missing[0]} …"
            )
