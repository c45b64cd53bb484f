"""A real `kenes serve` in a temporary folder, for measuring."""

import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.addresses import ROOT, START_SECONDS, Address, free_port
from bench.costs import cost_of

STOP_SECONDS = 10
# Longer than the worker ever rests between two pieces of one work, so that a rest is not taken for its end.
CALM_SECONDS, CALM_SHARE = 1.5, 0.03
MIGRATE = ("kenes.config.command", "migrate", "--verbosity", "0")


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its address, the web process's id and its data folder."""

    base: str
    process: "subprocess.Popen[bytes]"
    data_dir: Path

    @property
    def pid(self) -> int:
        return self.process.pid

    def stop(self) -> None:
        """Stop it as an administrator does; stopping it again changes nothing."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(STOP_SECONDS)

    @property
    def address(self) -> Address:
        return Address(int(self.base.rpartition(":")[2]), (self.pid,))


def run_module(data_dir: Path, *words: str, extra: Mapping[str, str] | None = None) -> None:
    """Run a module with its arguments on the data folder; raises where it fails."""
    settings = {**environment(data_dir), **(extra or {})}
    subprocess.run([sys.executable, "-m", *words], env=settings, cwd=ROOT, check=True)


def environment(data_dir: Path) -> dict[str, str]:
    """Return the environment of a measured server: the defaults, in a folder of its own."""
    path = f"{ROOT / 'src'}{os.pathsep}{ROOT}"
    return {**os.environ, "KENES_DATA_DIR": str(data_dir), "PYTHONPATH": path, "KENES_LOG_LEVEL": "WARNING"}


@contextmanager
def data_folder(prepare: Sequence[Sequence[str]], extra: Mapping[str, str] | None = None) -> Iterator[Path]:
    """Prepare a temporary data folder by modules."""
    with tempfile.TemporaryDirectory(prefix="kenes-bench-") as folder:
        for words in prepare:
            run_module(Path(folder), *words, extra=extra)
        yield Path(folder)


@contextmanager
def serving(
    data_dir: Path,
    extra: Mapping[str, str] | None = None,
    *,
    port: int = 0,
    settles: bool = True,
    works: bool = True,
) -> Iterator[Server]:
    """Serve a data folder until the block ends; `settles`: only after the worker, too, has begun.

    `works`: with a worker.
    """
    port = port or free_port()
    worker = [] if works else ["--no-worker"]
    process = subprocess.Popen(
        [sys.executable, "-m", "kenes.config.command", "serve", "--port", str(port), *worker],
        env={**environment(data_dir), **(extra or {})},
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
    )
    server = Server(f"http://127.0.0.1:{port}", process, data_dir)
    try:
        _wait_until_live(server.base)
        if settles:
            wait_until_calm([process.pid])
        yield server
    finally:
        server.stop()


@contextmanager
def serve(prepare: Sequence[Sequence[str]]) -> Iterator[Server]:
    """Prepare a data folder by modules and serve it until the block ends."""
    with data_folder(prepare) as data_dir, serving(data_dir) as server:
        yield server


def wait_until_calm(pids: Iterable[int]) -> None:
    """Return when the server's processes do almost nothing: the worker begins in a process of its own."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        before = cost_of(pids)
        time.sleep(CALM_SECONDS)
        if (cost_of(pids) - before).cpu_seconds < CALM_SHARE * CALM_SECONDS:
            return


def _wait_until_live(base: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            urllib.request.urlopen(f"{base}/health", timeout=2).close()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return
