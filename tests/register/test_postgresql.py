"""The register and its figures on PostgreSQL: the same tests of search, lists and numbers, run there."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kenes.config.databases import database_settings
from postgresql import running_postgresql

pytestmark = [pytest.mark.service, pytest.mark.databases]

HERE = Path(__file__).parent


def test_no_connection_lets_queries_be_compiled() -> None:
    databases = database_settings("postgresql://kenes@127.0.0.1/kenes", data_dir=Path("unused"))
    assert [each["OPTIONS"]["options"].split()[:2] for each in databases.values()] == [["-c", "jit=off"]] * 2


def test_search_lists_and_figures_hold_on_postgresql(tmp_path: Path) -> None:
    paths = [str(HERE / name) for name in ("test_search.py", "test_pages.py")]
    paths.append(str(HERE.parent / "answer_coverage"))
    with running_postgresql() as url:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *paths],
            env={**os.environ, "KENES_DATABASE_URL": url, "KENES_DATA_DIR": str(tmp_path)},
            cwd=HERE.parents[1],
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
    assert done.returncode == 0, done.stdout[-3000:]
