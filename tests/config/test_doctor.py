"""The doctor: each finding says what to do, and nothing wrong is passed over."""

import os
import resource
import stat
from collections import namedtuple
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from kenes.config import data_folder
from kenes.config.doctor import database, machine, stream
from kenes.config.doctor.findings import Finding, Level
from kenes.live.models import AnsweredAct
from kenes.notices.actions import send_mail_later
from kenes.notices.queries import outbox_counts

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
Space = namedtuple("Space", "total used free")


def levels(findings: Any) -> dict[str, Level]:
    return {finding.subject: finding.level for finding in findings}


@pytest.fixture
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.STATIC_ROOT = tmp_path / "static"


def test_a_finding_is_one_line_and_what_to_do_under_it() -> None:
    assert str(Finding(Level.OK, "disk", "9 GiB free")) == "ok     disk: 9 GiB free"
    assert str(Finding(Level.WRONG, "disk", "full", "Make room.")) == (
        "wrong  disk: full\n       -> Make room."
    )


@pytest.mark.django_db
def test_a_migrated_database_has_nothing_missing_and_an_even_clock() -> None:
    found = levels(database.look_at_database())
    assert found["migrations"] is Level.OK
    assert found["clock"] is Level.OK


@pytest.mark.django_db
def test_a_clock_behind_what_the_database_holds_is_wrong() -> None:
    AnsweredAct.objects.create(
        participant_id=1,
        key="0d6d1c7e-54a3-4f0e-8f55-0f0c1f5b2a22",
        digest=b"",
        status=200,
        result={},
        at=NOW,
    )
    assert database._skew(NOW + timedelta(days=1)) == timedelta(0)
    assert database._skew(NOW - timedelta(days=1)) == timedelta(days=1)


@pytest.mark.usefixtures("_own_folder")
@pytest.mark.parametrize(
    ("free", "level"), [(10 * 1024**3, Level.OK), (1024**3, Level.LOOK), (1024**2, Level.WRONG)]
)
def test_little_space_is_told_before_there_is_none(
    monkeypatch: pytest.MonkeyPatch, free: int, level: Level
) -> None:
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda path: Space(0, 0, free))
    assert machine._disk().level is level


def test_fewer_open_files_than_viewers_are_wrong() -> None:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    assert machine._open_files(1).level is Level.OK
    assert machine._open_files(most).level is Level.WRONG


@pytest.mark.usefixtures("_own_folder")
def test_a_secret_that_others_may_read_is_wrong(tmp_path: Path) -> None:
    assert machine._secret().level is Level.OK
    secret = tmp_path / "secret_key"
    secret.write_text("of the tests")
    for mode, level in ((0o600, Level.OK), (0o640, Level.WRONG), (0o604, Level.WRONG)):
        secret.chmod(mode)
        assert machine._secret().level is level
    assert stat.S_IMODE(secret.stat().st_mode) == 0o604


@pytest.mark.usefixtures("_own_folder")
def test_a_folder_that_is_no_folder_is_wrong(tmp_path: Path) -> None:
    assert machine._writable("uploads", tmp_path / "files").level is Level.OK
    (tmp_path / "files").write_text("a file")
    assert machine._writable("uploads", tmp_path / "files").level is Level.WRONG


@pytest.mark.usefixtures("_own_folder")
def test_static_files_are_built_or_wrong(tmp_path: Path) -> None:
    assert machine._static_files().level is Level.WRONG
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "staticfiles.json").write_text("{}")
    assert machine._static_files().level is Level.OK


@pytest.mark.usefixtures("_own_folder")
def test_a_worker_is_known_by_its_lock() -> None:
    assert machine._worker().level is Level.LOOK
    data_folder.use_data_folder(data_folder.WORKER)
    try:
        assert machine._worker().level is Level.OK
    finally:
        os.close(data_folder._held.pop())
    assert machine._worker().level is Level.LOOK


@pytest.mark.django_db
def test_mail_that_nobody_sends_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    assert levels(machine._outbox()) == {"outbox": Level.OK}
    send_mail_later(key="k", to="reader@example.org", language="kk", subject="Хат", body="Сынақ", at=NOW)
    monkeypatch.setattr(machine.timezone, "now", lambda: NOW + timedelta(minutes=4))
    assert levels(machine._outbox()) == {"outbox": Level.OK}
    monkeypatch.setattr(machine.timezone, "now", lambda: NOW + timedelta(minutes=6))
    assert levels(machine._outbox()) == {"outbox": Level.WRONG}
    assert outbox_counts() == {"waiting": 1, "sending": 0, "failed": 0}


@pytest.mark.parametrize(
    ("arrivals", "has_ended", "level"),
    [
        ((0.1, 4.1, 8.1), False, Level.OK),
        ((5.0, 5.0, 8.1), False, Level.WRONG),
        ((0.1, 9.5), False, Level.WRONG),
        ((0.1,), True, Level.WRONG),
        ((), True, Level.WRONG),
    ],
)
def test_a_stream_held_back_is_known_by_when_its_bytes_come(
    arrivals: tuple[float, ...], has_ended: bool, level: Level
) -> None:
    assert stream._judged(arrivals, has_ended=has_ended).level is level


@pytest.mark.django_db
@pytest.mark.usefixtures("_own_folder")
def test_the_command_ends_with_1_where_something_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        call_command("doctor")
    assert caught.value.code == 1
    assert "wrong  static files: not built" in capsys.readouterr().out
