"""Moments as the API writes them: ISO 8601 with the offset of the place they are about."""

from datetime import datetime
from zoneinfo import ZoneInfo


def moment(at: datetime, *, zone: str) -> str:
    """`at` by the clock of `zone`, to the second."""
    return at.astimezone(ZoneInfo(zone)).isoformat(timespec="seconds")
