"""Fixtures and rules of the whole suite: no network but loopback, no skip that hides a missing test."""

import os
import socket
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from django.core.management.commands import flush
from django.db import connection
from django.utils import translation
from pytest_django import Settings

from kenes.rooms.memory import further_pages, pages

# The one reason a test may be skipped for in CI: the shared trial data do not stand beside the checkout.
MISSING_SHARED_DATA = "the shared trial data are not here"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--full-matrix", action="store_true", help="browser tests over every width, scheme and language"
    )


@pytest.fixture(autouse=True)
def _network_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection that leaves this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in (
            "127.0.0.1",
            "::1",
            "localhost",
        ):
            raise AssertionError(f"A test tried to reach {address[0]}.")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(scope="session", autouse=True)
def _flush_empties_the_record_too() -> Iterator[None]:
    """Let the flush after a transactional test empty the append-only record; else its triggers stand."""
    names = ("0002_entries_append_only", "0004_log_append_only")
    guards = [import_module(f"kenes.record.migrations.{name}") for name in names]

    def handle(self: flush.Command, **options: Any) -> None:
        with connection.schema_editor() as editor:
            for guard in guards:
                guard.remove_triggers(None, editor)
        original(self, **options)
        with connection.schema_editor() as editor:
            for guard in guards:
                guard.install_triggers(None, editor)

    original = flush.Command.handle
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flush.Command, "handle", handle)
        yield


@pytest.fixture(autouse=True)
def _plain_static_files(settings: Settings) -> None:
    """Take static files unhashed from the source, so that pages render without a build."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.startswith("servestatic.")]


@pytest.fixture(autouse=True)
def _source_language() -> Iterator[None]:
    """Read texts in the language they are written in, unless a test asks for another."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """Begin with no page in memory: rooms of other tests have the same codes and versions."""
    for memory in (pages, further_pages):
        memory.forget()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """In CI a skip for any other reason than missing shared data is a failure."""
    report: pytest.TestReport = yield
    if os.environ.get("CI") and report.skipped and not hasattr(report, "wasxfail"):
        reason = str(report.longrepr)
        if MISSING_SHARED_DATA not in reason:
            report.outcome = "failed"
            report.longrepr = f"Skipped in CI: {reason}"
    return report
