"""The worker as a child: kept alive, stopped in time, gone with its parent."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kenes.config import worker as worker_module
from kenes.config.worker import WorkerKeeper


def python(code: str) -> tuple[str, ...]:
    return (sys.executable, "-c", code)


async def until(condition, seconds: float = 10) -> None:  # type: ignore[no-untyped-def]
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.01)


def test_a_worker_that_dies_is_started_again_after_growing_pauses(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(worker_module, "FIRST_PAUSE_SECONDS", 0.01)
    starts = tmp_path / "starts"

    async def main() -> None:
        keeper = WorkerKeeper(python(f"open({str(starts)!r}, 'a').write('x')"))
        keeper.start()
        await until(lambda: starts.exists() and len(starts.read_text()) >= 3)
        await keeper.stop()
        assert keeper.is_running is False

    asyncio.run(main())
    assert [record.args[1] for record in caplog.records if record.name == worker_module.logger.name][:2] == [
        0.01,
        0.02,
    ]


def test_a_worker_that_will_not_stop_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(worker_module, "STOP_SECONDS", 0.2)
    ready = tmp_path / "ready"
    code = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        f"open({str(ready)!r}, 'w').close(); time.sleep(60)"
    )

    async def main() -> None:
        keeper = WorkerKeeper(python(code))
        keeper.start()
        await until(ready.exists)
        began = time.monotonic()
        await keeper.stop()
        assert keeper.is_running is False
        assert time.monotonic() - began < 2

    asyncio.run(main())


@pytest.mark.service
def test_the_worker_leaves_when_its_parent_is_killed(tmp_path: Path) -> None:
    environment = {**os.environ, "KENES_DATA_DIR": str(tmp_path), "PYTHONPATH": "src"}
    parent = (
        "import subprocess, sys, time\n"
        "command = [sys.executable, '-m', 'kenes.config.command', 'worker', '--child']\n"
        "child = subprocess.Popen(command, stdin=subprocess.PIPE)\n"
        "print(child.pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", parent],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    child = int(process.stdout.readline())
    time.sleep(2.5)  # the child has set itself up
    assert is_alive(child)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    deadline = time.monotonic() + 8
    while is_alive(child) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert is_alive(child) is False


def is_alive(pid: int) -> bool:
    """Say whether the process runs (a zombie does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
