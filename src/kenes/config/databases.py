"""`KENES_DATABASE_URL` as Django's DATABASES: SQLite by default, PostgreSQL by a URL."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
    "PRAGMA busy_timeout=10000; PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY;"
)


def database_settings(url: str, *, data_dir: Path) -> dict[str, dict[str, Any]]:
    """Return `default`, and `snapshot`: a second connection for reads in one consistent snapshot."""
    scheme, _, rest = url.partition(":")
    if not url or scheme == "sqlite":
        path = Path(rest.removeprefix("//")) if rest else data_dir / "kenes.sqlite3"
        return _sqlite(path)
    if scheme in {"postgres", "postgresql"}:
        return _postgresql(url)
    raise ImproperlyConfigured(
        f"KENES_DATABASE_URL must begin with sqlite:// or postgresql://, not {scheme!r}."
    )


def _sqlite(path: Path) -> dict[str, dict[str, Any]]:
    common = {"ENGINE": "kenes.live.sqlite", "NAME": str(path)}
    return {
        "default": {
            **common,
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "init_command": SQLITE_PRAGMAS},
            "TEST": {"NAME": str(path.with_name(f"test_{path.name}"))},
        },
        "snapshot": {
            **common,
            "OPTIONS": {
                "transaction_mode": "DEFERRED",
                "init_command": f"{SQLITE_PRAGMAS} PRAGMA query_only=ON;",
            },
            "TEST": {"MIRROR": "default"},
        },
    }


def _postgresql(url: str) -> dict[str, dict[str, Any]]:
    parts = urlsplit(url)
    common: dict[str, Any] = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or dict(parse_qsl(parts.query)).get("host", ""),
        "PORT": str(parts.port or ""),
    }
    # A dead host is noticed within seconds, not after the system's two hours.
    common_options = {
        "connect_timeout": 5,
        "keepalives_idle": 5,
        "keepalives_interval": 2,
        "keepalives_count": 3,
        "tcp_user_timeout": 10_000,
    }
    # Compiling a query takes longer than the whole of ours: it doubled the time of the coverage's figures.
    # Planned as if a page far away cost a disk's turn, a search reads all rows instead of its index.
    # In 4 MB the codes of all that is overdue find no room, and are looked through for each question.
    plain = "-c jit=off -c random_page_cost=1.1 -c work_mem=32MB"
    read_only = (
        f"{plain} -c default_transaction_isolation=repeatable\\ read -c default_transaction_read_only=on"
    )
    return {
        "default": {
            **common,
            "CONN_MAX_AGE": 600,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {**common_options, "options": plain},
        },
        "snapshot": {
            **common,
            "CONN_MAX_AGE": 600,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {**common_options, "options": read_only},
            "TEST": {"MIRROR": "default"},
        },
    }
