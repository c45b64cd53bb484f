"""A PostgreSQL of the tests' own, on a free port of the loopback, gone at the end."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

SETTINGS = "-c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off -c max_connections=60"


def programs() -> Path | None:
    """Return the folder of the newest PostgreSQL's programs, or None."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    if folders:
        return folders[-1]
    found = shutil.which("initdb")
    return Path(found).parent if found else None


@contextmanager
def running_postgresql() -> Iterator[str]:
    """Start a cluster in a folder of its own and yield the URL of its database `kenes`.

    Not in pytest's folder, which pytest closes to every user but its own.
    """
    bin_dir = programs()
    if bin_dir is None:
        raise RuntimeError("PostgreSQL is not installed.")
    with tempfile.TemporaryDirectory(prefix="kenes-postgresql-") as name:
        folder = Path(name)
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            owner = pwd.getpwnam("postgres")
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        with _cluster(bin_dir, folder) as port:
            yield f"postgresql://kenes@127.0.0.1:{port}/kenes"


@contextmanager
def _cluster(bin_dir: Path, folder: Path) -> Iterator[int]:
    port, data = _free_port(), folder / "cluster"
    form = ["--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"]
    _run([bin_dir / "initdb", "-D", data, "-U", "kenes", *form], folder)
    options = f"{SETTINGS} -c port={port} -c unix_socket_directories={folder}"
    _run([bin_dir / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start"], folder)
    try:
        _run([bin_dir / "createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "kenes", "kenes"], folder)
        yield port
    finally:
        _run([bin_dir / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"], folder)


def _run(command: Sequence[str | Path], folder: Path) -> None:
    words = [str(word) for word in command]
    if os.geteuid() == 0:
        words = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *words]
    subprocess.run(words, cwd=folder, check=True, stdout=subprocess.DEVNULL, timeout=60)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
