"""A real `kenes serve` in a temporary folder, for measuring."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 30
STOP_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its address, the web process's id and its data folder."""

    base: str
    pid: int
    data_dir: Path


def run_module(data_dir: Path, *words: str) -> None:
    """Run a module with its arguments on the data folder; raises where it fails."""
    subprocess.run([sys.executable, "-m", *words], env=environment(data_dir), cwd=ROOT, check=True)


def environment(data_dir: Path) -> dict[str, str]:
    """Return the environment of a measured server: the defaults, in a folder of its own."""
    path = f"{ROOT / 'src'}{os.pathsep}{ROOT}"
    return {**os.environ, "KENES_DATA_DIR": str(data_dir), "PYTHONPATH": path, "KENES_LOG_LEVEL": "WARNING"}


@contextmanager
def serve(prepare: Sequence[Sequence[str]]) -> Iterator[Server]:
    """Prepare a data folder by modules and serve it until the block ends."""
    with tempfile.TemporaryDirectory(prefix="kenes-bench-") as folder:
        data_dir = Path(folder)
        for words in prepare:
            run_module(data_dir, *words)
        port = free_port()
        process = subprocess.Popen(
            [sys.executable, "-m", "kenes.config.command", "serve", "--port", str(port)],
            env=environment(data_dir),
            cwd=ROOT,
        )
        try:
            base = f"http://127.0.0.1:{port}"
            _wait_until_live(base)
            yield Server(base, process.pid, data_dir)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(STOP_SECONDS)


def free_port() -> int:
    """Return a port of the loopback that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_live(base: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            urllib.request.urlopen(f"{base}/health", timeout=2).close()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return
