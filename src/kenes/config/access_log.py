"""One line for each request, written by a thread of its own: a slow console holds nobody."""

import logging
import queue
import sys
import threading
import time
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple, TextIO

from kenes.config.log_paths import shown_path
from kenes.config.logs import instant, json_line

LOGGER = "kenes.access"
# Lines are written together, so often.
PAUSE_SECONDS = 0.1
# Beyond so many unwritten lines further ones are counted and dropped.
MOST_WAITING = 20_000


class Line(NamedTuple):
    """One request. `path` is kept as it came, and masked when it is written; `ms`: milliseconds."""

    at: float
    request_id: str
    method: str
    path: str
    status: int
    ms: float
    body_bytes: int


def calm(line: Line) -> str:
    """Return the line as text."""
    when = f"{_second(int(line.at))},{int(line.at % 1 * 1000):03d}"
    return (
        f"{when} INFO {LOGGER} {line.method} {shown_path(line.path)} "
        f"{line.status} {line.ms:.1f} ms {line.body_bytes} B [{line.request_id}]"
    )


@lru_cache(4)
def _second(at: int) -> str:
    """Many lines share one."""
    return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(at))


def as_json(line: Line) -> str:
    """Return the line as a JSON object."""
    return json_line(
        {
            "at": instant(line.at),
            "level": "INFO",
            "logger": LOGGER,
            "request_id": line.request_id,
            "method": line.method,
            "path": shown_path(line.path),
            "status": line.status,
            "ms": round(line.ms, 1),
            "bytes": line.body_bytes,
        }
    )


WRITTEN: dict[str, Callable[[Line], str]] = {"lines": calm, "json": as_json}


class AccessLog:
    """Takes lines on the loop. `lost` counts those dropped because the console took none."""

    def __init__(self, log_format: str, stream: TextIO | None = None) -> None:
        self._written = WRITTEN[log_format]
        self._stream = stream or sys.stderr
        self._lines: queue.SimpleQueue[Line | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self.lost = 0

    def start(self) -> None:
        """Begin to write, unless the level of logging leaves access lines out."""
        if logging.getLogger(LOGGER).isEnabledFor(logging.INFO):
            self._thread = threading.Thread(target=self._write, name="kenes-access", daemon=True)
            self._thread.start()

    def note(self, line: Line) -> None:
        """Take a line; never waits."""
        if self._thread is None:
            return
        if self._lines.qsize() >= MOST_WAITING:
            self.lost += 1
            return
        self._lines.put(line)

    def stop(self, *, patience: float = 0.5) -> None:
        """Write what was taken and end the thread; a console that takes nothing is not waited for."""
        if self._thread is not None:
            self._lines.put(None)
            self._thread.join(patience)
            self._thread = None

    def _write(self) -> None:
        is_going_on = True
        while is_going_on:
            lines = [self._lines.get()]
            if lines[0] is not None:
                time.sleep(PAUSE_SECONDS)
            while not self._lines.empty():
                lines.append(self._lines.get())
            is_going_on = None not in lines
            try:
                self._stream.write("".join(f"{self._written(line)}\n" for line in lines if line is not None))
                self._stream.flush()
            except (OSError, ValueError):  # the console has gone
                self.lost += len(lines)
