"""The Celery application: workers and beat start from here (`celery -A celery_app worker`)."""

import os
from typing import Any

from celery import Celery
from celery.contrib.django.task import DjangoTask
from django.db import transaction

from forum import task_trace  # noqa: F401 -- listens to Celery's signals from here on

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "forum.settings")


class Task(DjangoTask):
    """Tasks only hurry up what stands in rows: a broker that is away must not turn a committed action into an error."""

    abstract = True

    def delay_on_commit(self, *args: Any, **kwargs: Any) -> None:
        """Tell a worker after the commit. A failure is logged, and the sweeps find the row later."""

        def tell() -> None:
            self.delay(*args, **kwargs)

        transaction.on_commit(tell, robust=True)


app = Celery("forum", task_cls=Task)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
