"""Both databases: migrations forward and back, and the domain's own tests on PostgreSQL."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from postgresql import running_postgresql

ROOT = Path(__file__).resolve().parents[2]
# Top to bottom of the house: each is taken back before what it stands on.
BACK_AND_FORTH = """
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
call_command("migrate", verbosity=0)
for app in ("rooms", "questions", "programme", "accounts", "organisations", "deadlines", "territories",
            "links", "notices", "files", "record", "live"):
    call_command("migrate", app, "zero", verbosity=0)
call_command("migrate", verbosity=0)
executor = MigrationExecutor(connection)
print("left to do:", len(executor.migration_plan(executor.loader.graph.leaf_nodes())))
"""
# What writes by the set, locks or reads a snapshot: the parts in which the databases differ.
DIFFERING = ["tests/questions", "tests/programme", "tests/record", "tests/territories", "tests/deadlines"]

pytestmark = pytest.mark.service


@pytest.fixture(scope="module")
def postgresql() -> Iterator[str]:
    with running_postgresql() as url:
        yield url


def run(words: list[str], *, url: str, data_dir: Path) -> str:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "kenes.config.settings",
        "KENES_DATABASE_URL": url,
        "KENES_DATA_DIR": str(data_dir),
        "PYTHONPATH": str(ROOT / "src"),
    }
    command = [sys.executable, *words]
    done = subprocess.run(
        command, check=False, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=240
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


def test_migrations_go_forward_and_back_on_sqlite(tmp_path: Path) -> None:
    assert run(["-c", BACK_AND_FORTH], url="", data_dir=tmp_path) == "left to do: 0\n"


def test_migrations_go_forward_and_back_on_postgresql(postgresql: str, tmp_path: Path) -> None:
    assert run(["-c", BACK_AND_FORTH], url=postgresql, data_dir=tmp_path) == "left to do: 0\n"


def test_the_domain_holds_its_tests_on_postgresql(postgresql: str, tmp_path: Path) -> None:
    words = [
        "-m",
        "pytest",
        "-q",
        "-n",
        "2",
        "-p",
        "no:cacheprovider",
        "-m",
        "not service and not browser",
        *DIFFERING,
    ]
    summary = run(words, url=postgresql, data_dir=tmp_path).splitlines()[-1]
    passed = re.search(r"(\d+) passed", summary)
    assert passed is not None
    assert int(passed[1]) > 50
