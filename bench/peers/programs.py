"""Starts peers on free ports of the loopback, each in a folder of its own, and ends them by their ids."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from bench.addresses import ROOT, Address, free_port, wait_until_open

STOP_SECONDS = 10
OPEN_FILES = 20_000
NGINX_MODULES = Path("/usr/lib/nginx/modules")
POSTGRESQL = Path("/usr/lib/postgresql")


def bench_python() -> str:
    """Return the Python that has the peers' packages: `./do bench` makes it."""
    own = ROOT / "build" / "bench-venv" / "bin" / "python"
    return os.environ.get("KENES_BENCH_PYTHON", str(own) if own.exists() else sys.executable)


def program(name: str) -> str | None:
    """Return where a Debian program is, or None."""
    return shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin")


@contextmanager
def running(
    command: Sequence[str | Path], *, port: int, environment: Mapping[str, str] | None = None
) -> Iterator[int]:
    """Run a program until the block ends; gives its process id once its port is open."""
    process = subprocess.Popen(
        [str(word) for word in command],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", **(environment or {})},
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_until_open(port, process)
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def uvicorn(application: str, environment: Mapping[str, str] | None = None) -> Iterator[Address]:
    """Serve an ASGI application as fast as uvicorn can, without pings or compression."""
    port = free_port()
    words = ["--loop", "uvloop", "--http", "httptools", "--ws", "auto", "--ws-ping-interval", "900"]
    quiet = ["--no-access-log", "--log-level", "error", "--timeout-graceful-shutdown", "1"]
    backlog = ["--backlog", "2048", "--ws-per-message-deflate", "false"]
    command = [bench_python(), "-m", "uvicorn", application, "--port", str(port), *words, *quiet, *backlog]
    with running(command, port=port, environment=environment) as pid:
        yield Address(port, (pid,))


@contextmanager
def channels() -> Iterator[Address]:
    """Channels under uvicorn, its Redis counted with it."""
    redis_port = free_port()
    with tempfile.TemporaryDirectory(prefix="kenes-bench-") as folder:
        words = ["--port", str(redis_port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        command = [program("redis-server") or "redis-server", *words, "--dir", folder]
        environment = {"BENCH_REDIS": str(redis_port)}
        with (
            running(command, port=redis_port) as redis,
            uvicorn("bench.peers.channels_site:application", environment) as site,
        ):
            yield Address(site.port, (*site.pids, redis))


@contextmanager
def starlette() -> Iterator[Address]:
    """sse-starlette under uvicorn."""
    with uvicorn("bench.peers.starlette_site:application") as site:
        yield site


@contextmanager
def bare_loop(event_bytes: int) -> Iterator[Address]:
    """Compile and run the loop in C: what the kernel alone asks for."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="kenes-bench-") as folder:
        binary = Path(folder) / "loop"
        source = Path(__file__).parent / "loop.c"
        subprocess.run([program("cc") or "cc", "-O2", "-o", binary, source], check=True)
        with running([binary, str(port), str(event_bytes)], port=port) as pid:
            yield Address(port, (pid,))


@contextmanager
def nginx(files: Mapping[str, bytes] | None = None) -> Iterator[Address]:
    """nginx with one worker: Nchan at /publish and /events, `files` (gzipped bytes by name) at the root."""
    port = free_port()
    template = (Path(__file__).parent / "nginx.conf").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory(prefix="kenes-bench-") as folder:
        for name, body in (files or {}).items():
            path = Path(folder) / "files" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(body)
        conf = Path(folder) / "nginx.conf"
        user = pwd.getpwuid(os.geteuid()).pw_name
        conf.write_text(
            template.format(
                folder=folder,
                port=port,
                user=user,
                modules=NGINX_MODULES,
                files=OPEN_FILES,
                connections=OPEN_FILES - 100,
            ),
            encoding="utf-8",
        )
        command = [program("nginx") or "nginx", "-p", folder, "-c", conf, "-e", "stderr"]
        with running(command, port=port) as pid:
            time.sleep(0.3)  # the worker comes after the port
            yield Address(port, (pid,))


@contextmanager
def gunicorn(application: str, environment: Mapping[str, str]) -> Iterator[Address]:
    """Serve a WSGI application with two sync workers."""
    port = free_port()
    words = ["--workers", "2", "--bind", f"127.0.0.1:{port}", "--log-level", "error", "--backlog", "2048"]
    command = [bench_python(), "-m", "gunicorn", application, *words]
    with running(command, port=port, environment=environment) as pid:
        yield Address(port, (pid,))


@contextmanager
def postgresql() -> Iterator[tuple[str, int]]:
    """Run a cluster with Debian's settings, durable; gives the URL of its database and its process id."""
    found = sorted(POSTGRESQL.glob("*/bin"), key=lambda path: float(path.parent.name))
    if not found:
        raise FileNotFoundError("PostgreSQL is not installed.")
    programs = found[-1]
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="kenes-bench-") as folder:
        Path(folder).chmod(0o755)
        home = Path(folder) / "home"
        home.mkdir()
        if os.geteuid() == 0:  # it refuses to run as root
            shutil.chown(home, "postgres", "postgres")
        data = home / "cluster"
        words = ["-U", "kenes", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8"]
        initdb = [programs / "initdb", "-D", data, *words]
        subprocess.run(_as_postgres(initdb), check=True, cwd=home, stdout=subprocess.DEVNULL)
        serve = [programs / "postgres", "-D", data, "-p", str(port), "-k", home, "-h", "127.0.0.1"]
        with running(_as_postgres([*serve, "-c", "log_min_messages=fatal"]), port=port) as pid:
            create = [programs / "createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "kenes", "kenes"]
            _until_done([str(word) for word in create])
            yield f"postgresql://kenes@127.0.0.1:{port}/kenes", pid


def _as_postgres(command: Sequence[str | Path]) -> list[str]:
    words = [str(word) for word in command]
    if os.geteuid() == 0:
        return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *words]
    return words


def _until_done(command: Sequence[str]) -> None:
    for _ in range(50):
        if subprocess.run(command, check=False, stderr=subprocess.DEVNULL).returncode == 0:
            return
        time.sleep(0.1)
    raise RuntimeError(f"{command[0]} did not succeed.")
