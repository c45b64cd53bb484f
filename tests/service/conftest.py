"""A fresh server for each test; the database is made once and copied."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from service.served import ServedSite, prepare


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("prepared")
    prepare(folder)
    return folder


@pytest.fixture
def site(prepared: Path, tmp_path: Path) -> Iterator[ServedSite]:
    served = ServedSite(prepared, tmp_path / "site")
    served.start()
    yield served
    served.stop()
