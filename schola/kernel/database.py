"""Turn DATABASE_URL into Django's settings, tuned for the two databases that Schola runs on."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

# Measured, see docs/decisions/0002: a DEFERRED transaction that reads and then writes fails under
# load; FULL is what makes "saved" true after a power cut; a connection is costly to open.
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA temp_store=MEMORY;"
    "PRAGMA mmap_size=134217728;PRAGMA cache_size=-20000;"
)


def database(url: str) -> dict[str, Any]:
    """Return the settings of `sqlite:////path` or `postgres://user:password@host:port/name?host=`.

    Raises ImproperlyConfigured for any other scheme.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(unquote(parts.path)[1:])
    if parts.scheme in ("postgres", "postgresql"):
        return _postgres(parts)
    raise ImproperlyConfigured(
        f"DATABASE_URL={url!r}: write sqlite:////path/file or postgres://user:password@host/name."
    )


def _sqlite(path: str) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": SQLITE_PRAGMAS,
        },
    }


def _postgres(parts: Any) -> dict[str, Any]:
    return {
        "ENGINE": "schola.kernel.postgres",
        "NAME": unquote(parts.path)[1:],
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": dict(parse_qsl(parts.query)).get("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        # A join of five tables takes 0.7 ms to plan and 0.1 ms to run: each connection, which
        # lives as long as its thread, lets the server keep the plans of what it asks often.
        "OPTIONS": {"server_side_binding": True, "prepare_threshold": 3},
    }
