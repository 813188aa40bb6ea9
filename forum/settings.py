"""All settings, read from the environment. A missing or wrong value stops the start with its name.

`FORUM_MODE` decides how strict we are: `production` (the default) has no default secrets; `demo` and `test` may
run on throw-away ones. `docs/operations.md` lists every variable.
"""

from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from forum import log_lines
from forum.api.description import DESCRIPTION
from forum.schedule import SCHEDULE

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent

MODES = ("production", "demo", "test")
FORUM_MODE = env.str("FORUM_MODE", "production")
if FORUM_MODE not in MODES:
    raise ImproperlyConfigured(f"FORUM_MODE must be one of {', '.join(MODES)}, not {FORUM_MODE!r}")
PRODUCTION = FORUM_MODE == "production"
DEMO = FORUM_MODE == "demo"


def secret(name: str, throw_away: str) -> str:
    """A secret from the environment; outside production a throw-away value may stand in."""
    return env.str(name) if PRODUCTION else env.str(name, throw_away)


# --- secrets and addresses -------------------------------------------------------------------------------------
SECRET_KEY = secret("SECRET_KEY", "throw-away-secret-key-for-demo-and-tests-only-0123456789")
# Keys of encrypted columns, "id:base64,id:base64"; the first one encrypts, all of them decrypt.
FIELD_KEYS = secret("FIELD_KEYS", "demo1:" + "A" * 43 + "=")
# Pepper of the look-up hashes. It must stay the same during one edition of the forum.
HASH_PEPPER = secret("HASH_PEPPER", "throw-away-pepper-for-demo-and-tests-only")
# Seals the archives of `manage.py backup`, same form as FIELD_KEYS; other commands do without.
BACKUP_KEYS = env.str("BACKUP_KEYS", "")
SITE_URL = env.str("SITE_URL") if PRODUCTION else env.str("SITE_URL", "http://localhost:8000")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS") if PRODUCTION else env.list("ALLOWED_HOSTS", default=["*"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[SITE_URL])
DEBUG = False

# --- applications ----------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "modeltranslation",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    "csp",
    "rules.apps.AutodiscoverRulesConfig",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "forum",
    "registration",
    "agenda",
    "badges",
    # After ours, so that our templates of its pages win.
    "allauth",
    "allauth.account",
    "allauth.mfa",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # For those who read us without the compressing proxy; it hides lengths by random bytes (BREACH).
    "django.middleware.gzip.GZipMiddleware",
    "forum.web.middleware.RequestIdMiddleware",
    "forum.web.middleware.ObservationMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "forum.web.middleware.PreferenceMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "forum.web.middleware.DomainErrorMiddleware",
]
ROOT_URLCONF = "forum.urls"
WSGI_APPLICATION = "forum.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "django.template.context_processors.tz",
                "forum.web.context.site",
            ],
        },
    }
]

# --- database: PostgreSQL is the only one -------------------------------------------------------------------------
DATABASES = {"default": env.db_url("DATABASE_URL")}
if DATABASES["default"]["ENGINE"] != "django.db.backends.postgresql":
    raise ImproperlyConfigured("DATABASE_URL must name a PostgreSQL database; no other database is supported")
DATABASES["default"] |= {
    "ENGINE": "forum.postgresql",
    "ATOMIC_REQUESTS": False,
    "CONN_MAX_AGE": 600,
    "CONN_HEALTH_CHECKS": True,
    # What the URL asks for (socket folder, sslmode) stays. Statements that come back are planned once a connection.
    "OPTIONS": DATABASES["default"].get("OPTIONS", {})
    | {"options": "-c lock_timeout=3s", "server_side_binding": True, "prepare_threshold": 5}
    # Seconds to greet a server, milliseconds until silence counts as a broken line.
    | {"connect_timeout": 5, "tcp_user_timeout": 20_000},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- cache, sessions, tasks ---------------------------------------------------------------------------------------
REDIS_URL = env.str("REDIS_URL")
CACHES = {
    "default": {
        "BACKEND": "forum.redis_cache.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "forum",
        # Seconds. Every page can do without the cache; none may hang on one that does not answer.
        "OPTIONS": {"socket_connect_timeout": 2, "socket_timeout": 2},
    },
    # Copies of public pages; `forum.queries.kept` owns them.
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 100}},
}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_AGE = int(timedelta(days=14).total_seconds())
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
SECURE_COOKIES = env.bool("SECURE_COOKIES", default=PRODUCTION)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE_COOKIES

CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_ROUTES = {
    "forum.send_messages": {"queue": "mail"},
    "badges.*": {"queue": "badges"},
}
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# People do not wait for a broker that is away: the sweeps find what it was not told.
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_step": 0.1, "interval_max": 0.1}
# A killed worker's task returns within seconds, not after kombu's hour; every task is safe to run twice.
# No `retry_on_timeout`: redis-py would then replace a lost connection by itself, and a worker that has work in hand at that
# moment listens to the old one for ever (tests/drills/test_broker.py).
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 120,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    # Thrice at most, as one waits for a broker that takes connections and says nothing.
    "socket_timeout": 3,
    "socket_connect_timeout": 2,
    "health_check_interval": 10,
}
CELERY_BEAT_SCHEDULE = SCHEDULE
CELERY_BEAT_SCHEDULE_FILENAME = env.str("CELERY_BEAT_SCHEDULE_FILE", "/tmp/forum-celerybeat-schedule")  # noqa: S108 -- holds no data

# --- accounts -----------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "forum.Account"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "forum:after_sign_in"
ACCOUNT_ADAPTER = "forum.web.allauth.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = int(timedelta(minutes=15).total_seconds())
ACCOUNT_LOGOUT_REDIRECT_URL = "forum:home"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
MFA_ADAPTER = "forum.web.allauth.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION

# --- languages and time -------------------------------------------------------------------------------------------
LANGUAGE_CODE = "ru"
LANGUAGES = [("ru", _("Russian")), ("en", _("English")), ("uz", _("Uzbek")), ("be", _("Belarusian"))]
MODELTRANSLATION_DEFAULT_LANGUAGE = "ru"
MODELTRANSLATION_FALLBACK_LANGUAGES = ("ru", "en")
LANGUAGE_COOKIE_AGE = int(timedelta(days=365).total_seconds())
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Novokuznetsk"

# --- static and private files -------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / ("staticfiles-demo" if DEMO else "staticfiles")
STATICFILES_DIRS = [("vendor", BASE_DIR / "vendor"), ("badges", BASE_DIR / "badges" / "frontend")]
PRIVATE_ROOT = Path(env.str("PRIVATE_ROOT", str(BASE_DIR / ".run" / "private")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": PRIVATE_ROOT}},
    "staticfiles": {"BACKEND": "forum.static_storage.CompressedStorage"},
}
# The usual list and source maps, which took most of the time.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (
    *("jpg", "jpeg", "png", "gif", "webp", "zip", "gz", "tgz", "bz2", "tbz", "xz", "br", "woff", "woff2"),
    "map",
)
if DEMO:  # a demo starts ten seconds sooner without compressed copies
    STORAGES["staticfiles"] = {"BACKEND": "forum.static_storage.HashedStorage"}
if FORUM_MODE == "test":
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    WHITENOISE_USE_FINDERS = True
    WHITENOISE_AUTOREFRESH = True
FILE_UPLOAD_MAX_MEMORY_SIZE = DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

UPLOAD_SCANNER = env.str("UPLOAD_SCANNER", "")  # looks through every uploaded file (`forum.uploads.scanner`)

# --- mail -----------------------------------------------------------------------------------------------------------
EMAIL_HOST = env.str("EMAIL_HOST") if PRODUCTION else env.str("EMAIL_HOST", "127.0.0.1")
EMAIL_PORT = env.int("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", default=PRODUCTION)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL") if PRODUCTION else env.str("DEFAULT_FROM_EMAIL", "forum@example.org")
DEMO_MAIL_DIR = Path(env.str("DEMO_MAIL_DIR", str(BASE_DIR / ".run" / "mail")))

# --- transport security -----------------------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=PRODUCTION)
BEHIND_TLS_PROXY = env.bool("BEHIND_TLS_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS_PROXY else None
# Sign-in limits count by the visitor's address; the proxy's own would make everybody one visitor.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_TLS_PROXY else 0
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 31_536_000 if PRODUCTION else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|metrics)$"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "media-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# --- API --------------------------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["forum.api.authentication.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["forum.api.permissions.HasRight"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["forum.api.parsers.SmallJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_METADATA_CLASS": None,
    "EXCEPTION_HANDLER": "forum.api.errors.answer",
    "DEFAULT_THROTTLE_RATES": {
        "device": "20/second",
        "people": "5/second",
        "token": "600/minute",
        "search": "60/minute",
        "visitor": "300/minute",
    },
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = DESCRIPTION

# --- logs: no personal data, one request id through web, worker and mail -------------------------------------------------
LOG_FORMAT = env.str("LOG_FORMAT", "json" if PRODUCTION else "plain")
LOGGING = log_lines.configuration(as_json=LOG_FORMAT == "json", level=env.str("LOG_LEVEL", "INFO"))

# --- looking inside ---------------------------------------------------------------------------------------------------
# Whoever may read /metrics; without it there is no such page.
METRICS_TOKEN = env.str("METRICS_TOKEN", "")
