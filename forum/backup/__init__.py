"""One sealed file with everything that cannot be made again: the rows, the private files, and what belongs to them.

`sealing` is the lock, `archive` the entries inside, `tables` the rows, `files` the files; `making` and `restoring` use them.
Why not pg_dump: `docs/decisions/0012-backups-are-written-by-the-forum.md`.
"""


class BackupError(Exception):
    """Something is wrong with the archive, the key or the place it goes to. The text says what, and what helps."""
