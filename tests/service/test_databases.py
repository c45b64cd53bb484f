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
# Every app of the house is taken back; what stands on it goes with it.
BACK_AND_FORTH = """
import django
django.setup()
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
call_command("migrate", verbosity=0)
executor = MigrationExecutor(connection)
own = {label for label, _name in executor.loader.graph.nodes} & {
    app.label for app in apps.get_app_configs() if app.name.startswith("kenes.")
}
executor.migrate([(label, None) for label in sorted(own)])
executor = MigrationExecutor(connection)
print("still there:", sorted(own & {label for label, _name in executor.loader.applied_migrations}))
call_command("migrate", verbosity=0)
executor = MigrationExecutor(connection)
print("left to do:", len(executor.migration_plan(executor.loader.graph.leaf_nodes())))
"""
THERE_AND_BACK = "still there: []\nleft to do: 0\n"
# What writes by the set, locks or reads a snapshot: the parts in which the databases differ. What searches
# and counts is run there by tests/register/test_postgresql.py.
DIFFERING = [
    "tests/core/test_sets.py",
    "tests/live/test_acts.py",
    "tests/questions",
    "tests/programme",
    "tests/record",
    "tests/territories",
    "tests/deadlines",
    "tests/answering/test_bulk.py",
    "tests/answering/test_signing.py",
    "tests/commitments/test_acts.py",
    "tests/following/test_telling.py",
    "tests/minutes/test_actions.py",
    "tests/notices/test_tasks.py",
    "tests/redaction",
]
# Of these folders, what never asks a database.
PURE = [
    "tests/deadlines/test_cases.py",
    "tests/deadlines/test_clock.py",
    "tests/programme/test_streams.py",
    "tests/questions/test_codes.py",
    "tests/redaction/test_rules.py",
]

pytestmark = [pytest.mark.service, pytest.mark.databases]


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
        command, check=False, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=400
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


def test_migrations_go_forward_and_back_on_sqlite(tmp_path: Path) -> None:
    assert run(["-c", BACK_AND_FORTH], url="", data_dir=tmp_path) == THERE_AND_BACK


def test_migrations_go_forward_and_back_on_postgresql(postgresql: str, tmp_path: Path) -> None:
    assert run(["-c", BACK_AND_FORTH], url=postgresql, data_dir=tmp_path) == THERE_AND_BACK


def test_the_domain_holds_its_tests_on_postgresql(postgresql: str, tmp_path: Path) -> None:
    ways = ["-q", "-n", "2", "-p", "no:cacheprovider", "-m", "not service and not browser"]
    words = ["-m", "pytest", *ways, *(f"--ignore={path}" for path in PURE), *DIFFERING]
    summary = run(words, url=postgresql, data_dir=tmp_path).splitlines()[-1]
    passed = re.search(r"(\d+) passed", summary)
    assert passed is not None
    assert int(passed[1]) > 800
