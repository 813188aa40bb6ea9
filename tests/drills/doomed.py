"""The Celery application as ever, but its workers die where a drill says: `celery -A tests.drills.doomed worker`."""

import os
from pathlib import Path
from typing import Any

from celery.signals import worker_init

from celery_app import app
from tests.drills import steps

__all__ = ["app"]


@worker_init.connect(weak=False)
def lay_steps(**kwargs: Any) -> None:
    """Django is ready by now, and the pool's processes are not there yet: they inherit what is wrapped here."""
    steps.lay(Path(os.environ[steps.WHERE]))
