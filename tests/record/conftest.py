"""A key of each test's own."""

from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def _own_log_key(settings: Settings, tmp_path: Path) -> None:
    settings.LOG_KEY = tmp_path / "keys" / "log_key"
