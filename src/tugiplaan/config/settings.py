"""All settings, read from the environment; what is missing has a default that is safe."""

from datetime import date
from pathlib import Path
from typing import Any

import environ
from django.utils.csp import CSP

PACKAGE = Path(__file__).parent.parent
env = environ.Env()

DATA = Path(env.str("TUGIPLAAN_DATA", default=".")).absolute()
SECRET_FILE = DATA / "secret-key"
"""Made by `tugiplaan serve` where no SECRET_KEY is given."""


def _secret_key() -> str:
    """Read the key that signs cookies; a command line without pages needs none."""
    fallback = SECRET_FILE.read_text("ascii").strip() if SECRET_FILE.exists() else ""
    fallback = fallback or "only-for-a-command-line-without-web-pages"
    return str(env.str("SECRET_KEY", default=fallback))


SECRET_KEY = _secret_key()
USE_TZ = True
TIME_ZONE = "Europe/Tallinn"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "tugiplaan.config.urls"
WSGI_APPLICATION = "tugiplaan.config.wsgi.application"

LANGUAGE_CODE = "et"
LANGUAGES = [("et", "Eesti keeles"), ("en", "In English"), ("ru", "По-русски")]
LOCALE_PATHS = [PACKAGE / "web" / "locale"]

HTTPS = env.bool("TUGIPLAAN_HTTPS", default=False)
"""Whether people reach the pages by https, as they must everywhere but on one's own machine."""
IS_COLLECTED = env.bool("TUGIPLAAN_COLLECTED", default=False)
DEMO = env.bool("TUGIPLAAN_DEMO", default=False)
"""Whether the log-ins of the demo exist; they also ask that the database is the demo's."""
TODAY: date | None = env("TUGIPLAAN_TODAY", cast=date.fromisoformat, default=None)
"""The day on which one looks, for a demo and for tests; None: today."""

INSTALLED_APPS = [
    "tugiplaan.audit",  # first: its `migrate` lays the triggers too
    "tugiplaan.web",  # before the others: its templates stand in front of theirs
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.humanize",  # wanted by the templates of allauth
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "history",
    "tugiplaan.accounts",
    "tugiplaan.people",
    "tugiplaan.providers",
    "tugiplaan.pricelists",
    "tugiplaan.documents",
    "tugiplaan.referrals",
    "tugiplaan.assessments",
    "tugiplaan.plans",
    "tugiplaan.delivery",
    "tugiplaan.billing",
    "tugiplaan.quality",
    "tugiplaan.deadlines",
]
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
ACCOUNT_ADAPTER = "tugiplaan.web.entry.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # the director who adds a user vouches for the address
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Tugiplaan"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
USERSESSIONS_TRACK_ACTIVITY = False
SECOND_STEP = env.bool("TUGIPLAAN_SECOND_STEP", default=True)
"""Whether a password alone is not enough, as it must not be where people's records are."""
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
    )
]
AUTH_PASSWORD_VALIDATORS[1]["OPTIONS"] = {"min_length": 12}  # type: ignore[assignment]
FIRST_CODE_FILE = DATA / "first-code"
"""Made by `tugiplaan serve` for an empty database; who can read it becomes the first user."""

ALLOWED_HOSTS = env.list("TUGIPLAAN_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
ADDRESS = env.str(
    "TUGIPLAAN_ADDRESS", default=f"{'https' if HTTPS else 'http'}://{ALLOWED_HOSTS[0]}"
).rstrip("/")
"""Where people reach the pages, for the links of letters that a command writes."""
EMAIL_URL = env.str("EMAIL_URL", default="")
CAN_SEND_LETTERS = bool(EMAIL_URL)


def _mailer() -> dict[str, Any]:
    """Read EMAIL_URL; without one no letters are sent."""
    if not EMAIL_URL:
        return {"BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    found = env.email_url("EMAIL_URL")
    names = ("host", "port", "use_tls", "use_ssl")
    options = {
        name: found[f"EMAIL_{name.upper()}"] for name in names if f"EMAIL_{name.upper()}" in found
    }
    options |= {"username": found["EMAIL_HOST_USER"], "password": found["EMAIL_HOST_PASSWORD"]}
    return {"BACKEND": found["EMAIL_BACKEND"], "OPTIONS": options}


MAILERS = {"default": _mailer()}
DEFAULT_FROM_EMAIL = env.str("TUGIPLAAN_FROM", default="tugiplaan@localhost")
LOGIN_REDIRECT_URL = "home"

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tugiplaan.web.language.SpeakLanguage",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "tugiplaan.web.entry.second_step.RequireSecondStep",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["django.templatetags.i18n", "tugiplaan.web.templatetags.tugiplaan"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.csp",
                "tugiplaan.web.desk.page_context",
            ],
        },
    }
]
FORM_RENDERER = "tugiplaan.web.forms.Renderer"

# Nothing on a page comes from another host, and no script or style stands in a page.
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],  # the square code of the second step
    "connect-src": [CSP.SELF],
    "worker-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if HTTPS else []
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 8 * 60 * 60  # a working day; asked for again by a button, not by each page
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

# What counts tries of logging in must be shared by the processes that answer.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA / "cache",
    }
    if IS_COLLECTED
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not IS_COLLECTED
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if IS_COLLECTED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024

MEDIA_ROOT = DATA / "documents"

# History of the rows that may change. Rows that never change are their own history, and what is
# derived from them is recorded by its run; audit.triggers keeps those from being changed at all.
HISTORY_MODEL = "audit.History"
HISTORY_IGNORE_APPS = [
    "account",
    "auth",
    "contenttypes",
    "history",
    "mfa",
    "sessions",
    "usersessions",
]
HISTORY_FILTER = "tugiplaan.audit.triggers.has_history"

# One file is enough for a provider. Readers do not wait for the writer (WAL), and a transaction
# that will write says so when it begins (IMMEDIATE), so that none fails half-way.
SQLITE_OPTIONS = {
    "timeout": 60,
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;"
    "PRAGMA mmap_size=268435456;PRAGMA cache_size=-65536;PRAGMA temp_store=MEMORY;"
    "PRAGMA journal_size_limit=67108864;",
}


def _database() -> dict[str, Any]:
    """Read DATABASE_URL; without one it is a file in the data folder."""
    found: dict[str, Any] = env.db_url(
        "DATABASE_URL", default=f"sqlite:///{DATA / 'tugiplaan.sqlite3'}"
    )
    found["CONN_MAX_AGE"] = None
    if found["ENGINE"].endswith("sqlite3"):
        found["OPTIONS"] = SQLITE_OPTIONS
    else:
        found["CONN_HEALTH_CHECKS"] = True
    return found


DATABASES = {"default": _database()}

# Faults go to the terminal with their trace; what people typed does not.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"terminal": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "loggers": {"django": {"handlers": ["terminal"], "level": "WARNING", "propagate": False}},
}
