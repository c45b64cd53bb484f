"""A key of each test's own, and a way to write what the database would refuse."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

Tamper = Callable[..., None]


@pytest.fixture(autouse=True)
def _own_log_key(settings: Settings, tmp_path: Path) -> None:
    settings.LOG_KEY = tmp_path / "keys" / "log_key"


@pytest.fixture
def tamper(db: None) -> Tamper:
    """Return a way to run plain SQL as somebody who drops the triggers first."""

    def run(sql: str, *params: object) -> None:
        migration = import_module("kenes.record.migrations.0004_log_append_only")
        with connection.cursor() as cursor:
            for statement in migration.REMOVE[connection.vendor]:
                cursor.execute(statement)
            cursor.execute(sql, params)
            for statement in migration.INSTALL[connection.vendor]:
                cursor.execute(statement)

    return run
