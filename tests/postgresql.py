"""A PostgreSQL of the tests' own, on a free port of the loopback, gone at the end."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from servers import free_port

SETTINGS = "-c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off -c max_connections=60"


def programs() -> Path | None:
    """Return the folder of the newest PostgreSQL's programs, or None."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    if folders:
        return folders[-1]
    found = shutil.which("initdb")
    return Path(found).parent if found else None


class Cluster:
    """A PostgreSQL in a folder, which a test may stop and start again."""

    def __init__(self, folder: Path, bin_dir: Path) -> None:
        self._folder = folder
        self._bin_dir = bin_dir
        self._data = folder / "cluster"
        self._port = free_port()
        self.url = f"postgresql://kenes@127.0.0.1:{self._port}/kenes"

    def make(self) -> None:
        """Make the cluster, start it, and make the database `kenes`."""
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            owner = pwd.getpwnam("postgres")
            os.chown(self._folder, owner.pw_uid, owner.pw_gid)
        initdb = ["-D", self._data, "-U", "kenes", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8"]
        _run([self._bin_dir / "initdb", *initdb], self._folder)
        self.start()
        self.make_database("kenes")

    def make_database(self, name: str) -> str:
        """Make a database; return its URL."""
        place = ["-h", "127.0.0.1", "-p", str(self._port), "-U", "kenes"]
        _run([self._bin_dir / "createdb", *place, name], self._folder)
        return f"postgresql://kenes@127.0.0.1:{self._port}/{name}"

    def start(self) -> None:
        options = f"{SETTINGS} -c port={self._port} -c unix_socket_directories={self._folder}"
        self._control("-l", self._folder / "log", "-o", options, "start")

    def stop(self, mode: str = "immediate") -> None:
        """Stop it; `immediate`, as a crash would."""
        self._control("-m", mode, "stop")

    def _control(self, *words: str | Path) -> None:
        _run([self._bin_dir / "pg_ctl", "-D", self._data, "-w", *words], self._folder)


@contextmanager
def running_cluster() -> Iterator[Cluster]:
    """Start a cluster, with a database `kenes`, in a folder of its own.

    Not in pytest's folder, which pytest closes to every user but its own.
    """
    bin_dir = programs()
    if bin_dir is None:
        raise RuntimeError("PostgreSQL is not installed.")
    with tempfile.TemporaryDirectory(prefix="kenes-postgresql-") as name:
        cluster = Cluster(Path(name), bin_dir)
        cluster.make()
        try:
            yield cluster
        finally:
            cluster.stop()


@contextmanager
def running_postgresql() -> Iterator[str]:
    """Start a cluster in a folder of its own and yield the URL of its database `kenes`."""
    with running_cluster() as cluster:
        yield cluster.url


def _run(command: Sequence[str | Path], folder: Path) -> None:
    words = [str(word) for word in command]
    if os.geteuid() == 0:
        words = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *words]
    subprocess.run(words, cwd=folder, check=True, stdout=subprocess.DEVNULL, timeout=60)
