"""Where measured servers are: ports of the loopback, and when they answer."""

import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Address:
    """A running server: its port on 127.0.0.1, and the processes whose trees are its cost."""

    port: int
    pids: tuple[int, ...]


def free_port() -> int:
    """Return a port of the loopback that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_open(port: int, process: "subprocess.Popen[bytes]") -> None:
    """Return when the port takes connections; raises where the process ends before, or in 30 s."""
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if process.poll() is not None:
                raise RuntimeError(f"{process.args} ended with {process.returncode}.") from None
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return
