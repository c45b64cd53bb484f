"""`kenes serve` as a process of its own, for tests that need a real server."""

import atexit
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import closing
from functools import cache
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parents[1]
START_SECONDS = 120.0
STOP_SECONDS = 20


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(folder: Path, **variables: str) -> dict[str, str]:
    """Return the environment of a site that keeps its data in `folder`, without limits."""
    return {
        **os.environ,
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT / 'tests'}",
        "DJANGO_SETTINGS_MODULE": "kenes.config.settings",
        "KENES_DATA_DIR": str(folder),
        "KENES_RATE_LIMITS": "off",
        **variables,
    }


def kenes(*words: str, env: Mapping[str, str], seconds: float = 180) -> str:
    """Run a command to its end and return what it wrote."""
    command = [sys.executable, "-m", "kenes.config.command", *words]
    done = subprocess.run(command, env=dict(env), check=True, capture_output=True, timeout=seconds)
    return done.stdout.decode()


@cache
def _laid_once() -> Path:
    """Lay the demonstration in a folder of this run's own, to be copied by whoever wants a fresh one."""
    folder = Path(tempfile.mkdtemp(prefix="kenes-laid-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    env = environment(folder / "var", KENES_STATIC_DIR=str(folder / "static"), KENES_DEMO="on")
    for words in (["collectstatic", "--noinput", "-v0"], ["migrate", "-v0"], ["seed"]):
        kenes(*words, env=env)
    return folder


def lay_demo(env: Mapping[str, str]) -> None:
    """Lay the database, the demonstration and the static files, as they are after the first run."""
    laid = _laid_once()
    shutil.copytree(laid / "var", env["KENES_DATA_DIR"], dirs_exist_ok=True)
    shutil.copytree(laid / "static", env["KENES_STATIC_DIR"], dirs_exist_ok=True)


class Server:
    """A server that can be started, stopped and killed; its address stays the same."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._options = options
        self._process: subprocess.Popen[bytes] | None = None

    def serve(self, env: Mapping[str, str]) -> None:
        """Start the server in this environment and wait until it takes requests."""
        command = [sys.executable, "-m", "kenes.config.command", "serve", "--port", str(self.port)]
        with (self.folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                [*command, *self._options], env=dict(env), stdout=log, stderr=log
            )
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                if httpx.get(f"{self.url}/health").status_code == 200:
                    return
            except httpx.TransportError:
                time.sleep(0.05)
        raise RuntimeError(self.log()[-2000:])

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def log(self) -> str:
        """Return what the server has written so far."""
        return (self.folder / "server.log").read_text("utf-8")

    def kill(self) -> None:
        """End the server as a power cut would."""
        self.stop(signal.SIGKILL)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> float:
        """Ask the server to stop, if it has not ended already; return the seconds it took."""
        began = time.monotonic()
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(how)
            self._process.wait(STOP_SECONDS)
        return time.monotonic() - began
