"""The environment of the Django processes that we start. Names and meanings: `docs/operations.md`."""

import base64
import json
import os
import secrets
from pathlib import Path

from forum.runtime.paths import ROOT
from forum.runtime.servers import Urls


def kept_secrets(state: Path) -> dict[str, str]:
    """Secrets of one state folder, made once: a restart must still read its own encrypted columns and sessions."""
    path = state / "secrets.json"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(json.dumps(new_secrets()))
    values: dict[str, str] = json.loads(path.read_text())
    return values


def new_secrets() -> dict[str, str]:
    return {
        "SECRET_KEY": secrets.token_urlsafe(64),
        "FIELD_KEYS": f"k1:{base64.b64encode(secrets.token_bytes(32)).decode()}",
        "HASH_PEPPER": secrets.token_urlsafe(48),
    }


def django_environment(*, mode: str, state: Path, urls: Urls, site: str, mail_port: int) -> dict[str, str]:
    """Everything that `forum/settings.py` asks for in `mode`, on top of the caller's environment."""
    values = dict(os.environ) | kept_secrets(state) | _common(state=state, urls=urls, site=site, mail_port=mail_port)
    return values | {"FORUM_MODE": mode} | ({"SITE_URL": site} if mode == "demo" else _plain_http())


def _common(*, state: Path, urls: Urls, site: str, mail_port: int) -> dict[str, str]:
    return {
        "DATABASE_URL": urls.database, "REDIS_URL": urls.redis,
        "DJANGO_SETTINGS_MODULE": "forum.settings", "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1",
        "SITE_URL": site, "ALLOWED_HOSTS": "*", "CSRF_TRUSTED_ORIGINS": site,
        "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(mail_port), "EMAIL_USE_TLS": "false",
        "DEFAULT_FROM_EMAIL": "forum@example.org", "DEMO_MAIL_DIR": str(state / "mail"),
        "PRIVATE_ROOT": str(state / "private"), "CELERY_BEAT_SCHEDULE_FILE": str(state / "beat-schedule"),
    }  # fmt: skip


def _plain_http() -> dict[str, str]:
    """Production's rules without its TLS proxy: `./run serve` is reached over plain HTTP."""
    return {"SECURE_SSL_REDIRECT": "false", "SECURE_COOKIES": "false", "SECURE_HSTS_SECONDS": "0"}


def offline_environment(*, mode: str) -> dict[str, str]:
    """For checks that load the settings but talk to no server: production's full strictness with fresh secrets."""
    return dict(os.environ) | new_secrets() | {
        "FORUM_MODE": mode, "DJANGO_SETTINGS_MODULE": "forum.settings", "PYTHONPATH": str(ROOT),
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none", "REDIS_URL": "redis://127.0.0.1:1/0",
        "SITE_URL": "https://forum.example.org", "ALLOWED_HOSTS": "forum.example.org",
        "EMAIL_HOST": "smtp.example.org", "DEFAULT_FROM_EMAIL": "forum@example.org",
    }  # fmt: skip
