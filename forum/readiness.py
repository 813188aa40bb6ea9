"""Can this process do its work now? Each part is asked with little patience; the answer names parts, no addresses."""

import logging
import tempfile
from collections.abc import Callable
from functools import lru_cache

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from forum.counting import redis

logger = logging.getLogger(__name__)


class NotReadyError(Exception):
    """A part answers, but not as it must."""


def database() -> None:
    """Answers within two seconds."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '2s'")
        cursor.execute("SELECT 1")


def migrations() -> None:
    """All migrations of this version are applied; later ones of a newer version do no harm here."""
    if not known_migrations() <= set(MigrationRecorder(connection).applied_migrations()):
        raise NotReadyError


@lru_cache(maxsize=1)
def known_migrations() -> frozenset[tuple[str, str]]:
    """(app, name) of every migration that this version of the software brings."""
    return frozenset(MigrationLoader(None).disk_migrations or {})


def broker() -> None:
    """Broker and cache are one server."""
    redis().ping()


def storage() -> None:
    """A private file can be written, with content: a full disk lets empty ones pass."""
    settings.PRIVATE_ROOT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=settings.PRIVATE_ROOT) as file:
        file.write(b"x" * 4096)
        file.flush()


PARTS: dict[str, Callable[[], None]] = {
    "database": database,
    "migrations": migrations,
    "broker": broker,
    "storage": storage,
}


def readiness() -> dict[str, bool]:
    """Which parts work."""
    return {name: _works(name, ask) for name, ask in PARTS.items()}


def _works(name: str, ask: Callable[[], None]) -> bool:
    try:
        ask()
    except Exception as error:
        logger.warning("not ready: %s (%s)", name, type(error).__name__)
        return False
    return True
