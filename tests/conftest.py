"""Real PostgreSQL and Valkey for every test; the servers are ours for this run unless the environment names others."""

import gc
import os

from forum.runtime import servers

os.environ["FORUM_MODE"] = "test"
servers.ensure(durable=False)
# Processes that run side by side clear the cache after each test: each has a database of its own.
_number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
os.environ["REDIS_URL"] = servers.redis_database(os.environ["REDIS_URL"], _number)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "forum.settings")

import django  # noqa: E402 -- the environment comes first

django.setup()
# What is loaded by now stays: collecting garbage need not walk through it again and again, which is a tenth of the time.
gc.freeze()
gc.set_threshold(50_000)

from django.conf import settings as project  # noqa: E402 -- the environment comes first

# In a parallel worker pytest-django reads the settings before this file chose the database of Redis.
project.REDIS_URL = project.CELERY_BROKER_URL = project.CACHES["default"]["LOCATION"] = os.environ["REDIS_URL"]
# A machine at its limit must not look like a cache that is away: sessions would come from the database, one query more.
project.CACHES["default"]["OPTIONS"] = {"socket_timeout": 60, "socket_connect_timeout": 60}

from collections.abc import Iterator  # noqa: E402 -- the environment comes first
from pathlib import Path  # noqa: E402

import pytest  # noqa: E402
from django.core.cache import cache  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import translation  # noqa: E402 -- the environment comes first

from forum.actions.audit import acting_token  # noqa: E402
from forum.enums import Role  # noqa: E402
from forum.models import Account, Forum  # noqa: E402
from tests.factories.forum import make_forum, make_staff  # noqa: E402
from tests.sessions import sign_in  # noqa: E402


@pytest.fixture(autouse=True)
def _own_folders(settings: object, tmp_path: Path) -> Iterator[None]:
    """Files of one test are not seen by the next, nor the language and the token that a request leaves behind."""
    settings.STORAGES = settings.STORAGES | {  # type: ignore[attr-defined]
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "private"},
        }
    }
    yield
    translation.deactivate()
    acting_token.set(None)


@pytest.fixture(autouse=True)
def _own_cache() -> Iterator[None]:
    """Nothing cached by one test is seen by the next."""
    yield
    cache.clear()


@pytest.fixture
def forum(db: None) -> Forum:
    """The current edition: five weeks ahead, applications open, 23 guest delegations and the host."""
    return make_forum()


@pytest.fixture
def organiser(forum: Forum) -> Account:
    """May do everything."""
    return make_staff(forum, Role.ORGANISER)


@pytest.fixture
def officer(forum: Forum) -> Account:
    """Reviews applications."""
    return make_staff(forum, Role.ACCREDITATION_OFFICER)


@pytest.fixture
def officer_client(client: Client, officer: Account) -> Client:
    """A browser of the officer, signed in with a second factor."""
    return sign_in(client, officer)


@pytest.fixture
def organiser_client(organiser: Account) -> Client:
    """A browser of the organiser, signed in with a second factor."""
    return sign_in(Client(), organiser)
