"""gunicorn's settings, the same in the image and under `./run`: `gunicorn -c python:forum.serving forum.wsgi`.

No access log of gunicorn's own: it writes addresses, and those hold codes. The application logs each request by its
route (`forum.web.middleware.ObservationMiddleware`).
"""

import gc
import os
from typing import Any

from gunicorn.glogging import Logger

from forum.log_lines import begin, configuration

worker_class = "forum.warm_threads.Worker"
threads = 8
control_socket_disable = True
loglevel = "warning"


YOUNG = 50_000
"""New objects after which garbage is looked for; a page makes some thousands."""


def post_worker_init(worker: Any) -> None:
    """What is loaded by now stays for ever: looking through it for garbage again and again was a twelfth of a scan's time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG)


class Lines(Logger):
    """gunicorn's words as lines like all others."""

    def setup(self, cfg: Any) -> None:
        """The master process knows no Django, so the form is read from the environment, as the settings do."""
        super().setup(cfg)
        as_json = os.environ.get("LOG_FORMAT", _usual()) == "json"
        begin(configuration(as_json=as_json, level=os.environ.get("LOG_LEVEL", "INFO")))
        self.error_log.handlers.clear()
        self.error_log.propagate = True


def _usual() -> str:
    return "json" if os.environ.get("FORUM_MODE", "production") == "production" else "plain"


logger_class = Lines
