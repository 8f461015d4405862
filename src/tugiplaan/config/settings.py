"""All settings, read from the environment; what is missing has a default that is safe."""

from pathlib import Path
from typing import Any

import environ

env = environ.Env()

DATA = Path(env.str("TUGIPLAAN_DATA", default=".")).absolute()
SECRET_KEY = env.str("SECRET_KEY", default="only-for-a-command-line-without-web-pages")
USE_TZ = True
TIME_ZONE = "Europe/Tallinn"
LANGUAGE_CODE = "et"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "tugiplaan.config.urls"

INSTALLED_APPS = [
    "tugiplaan.audit",  # first: its `migrate` lays the triggers too
    "django.contrib.contenttypes",
    "django.contrib.auth",
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
]
AUTH_USER_MODEL = "accounts.User"
MEDIA_ROOT = DATA / "documents"

# History of the rows that may change. Rows that never change are their own history, and what is
# derived from them is recorded by its run; audit.triggers keeps those from being changed at all.
HISTORY_MODEL = "audit.History"
HISTORY_IGNORE_APPS = ["admin", "auth", "contenttypes", "history", "sessions"]
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
