"""Viewers that follow a room as the protocol says, through the end of their server and back.

In a process of their own: each keeps the version it holds, fills gaps by `changes`, and when its
stream ends opens it again after the pause that the server asked for.
"""

import heapq
import json
import multiprocessing
import random
import select
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from bench.crowd import RECEIVE_BYTES, connect, raise_open_files

STREAM = "GET /live/rooms/{room}/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
CHANGES = (
    "GET /live/rooms/{room}/changes?since={since} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
)
FIRST_PAUSE_MS = 2_000
AT_ONCE = 300


class Viewers:
    """The handle of the viewers' process."""

    def __init__(self, port: int, room: str, count: int) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_stand, args=(theirs, port, room, count), daemon=True)
        self._process.start()

    def __enter__(self) -> "Viewers":
        return self

    def __exit__(self, *_: object) -> None:
        self._pipe.send(None)
        self._process.join(15)
        if self._process.is_alive():
            self._process.terminate()

    def state(self) -> Mapping[str, Any]:
        """Return how many follow now, since when all did, the versions held, and what was broken."""
        self._pipe.send("state")
        return dict(self._pipe.recv())


def _stand(pipe: Connection, port: int, room: str, count: int) -> None:
    raise_open_files()
    crowd = _Viewers(port, room, count)
    while True:
        crowd.turn()
        while pipe.poll():
            if pipe.recv() is None:
                return
            pipe.send(crowd.state())


@dataclass(slots=True, eq=False)
class _Viewer:
    """One viewer. It `follows` once its stream has shown a frame and every gap is filled."""

    number: int
    held: int = -1
    pause_ms: float = FIRST_PAUSE_MS
    tries: int = 0
    sock: socket.socket | None = None
    data: bytes = b""
    has_head: bool = False
    filling: socket.socket | None = None
    filled: bytes = b""
    asked: int = 0
    ahead: tuple[int, int] | None = None
    follows: bool = False


class _Viewers:
    def __init__(self, port: int, room: str, count: int) -> None:
        self._port = port
        self._room = room
        self._poll = select.epoll()
        self._by_fd: dict[int, tuple[_Viewer, bool]] = {}
        self._viewers = [_Viewer(number) for number in range(count)]
        self._due = [(0.0, viewer.number) for viewer in self._viewers]
        self._opening = 0
        self._following = 0
        self._all_since = 0.0
        self.skipped = self.filled = self.ended = self.refused = 0

    def state(self) -> dict[str, Any]:
        held = [viewer.held for viewer in self._viewers]
        return {
            "following": self._following,
            "all_since": self._all_since,
            "least": min(held),
            "most": max(held),
            "skipped": self.skipped,
            "filled": self.filled,
            "ended": self.ended,
            "refused": self.refused,
        }

    def turn(self) -> None:
        now = time.monotonic()
        while self._due and self._due[0][0] <= now and self._opening < AT_ONCE:
            _, number = heapq.heappop(self._due)
            self._open(self._viewers[number])
        wait = min(0.05, max(0.0, self._due[0][0] - now)) if self._due else 0.05
        for fd, mask in self._poll.poll(wait, 512):
            viewer, is_fill = self._by_fd.get(fd, (None, False))
            if viewer is None:
                continue
            if mask & select.EPOLLOUT:
                self._take_open(fd, viewer, is_fill=is_fill)
            elif is_fill:
                self._take_fill(fd, viewer)
            else:
                self._take_frames(fd, viewer)

    def _open(self, viewer: _Viewer) -> None:
        self._opening += 1
        viewer.has_head, viewer.data = False, b""
        viewer.sock = self._begin(viewer, is_fill=False)

    def _begin(self, viewer: _Viewer, *, is_fill: bool) -> socket.socket:
        sock = connect(self._port, viewer.number)
        self._by_fd[sock.fileno()] = (viewer, is_fill)
        self._poll.register(sock, select.EPOLLOUT)
        return sock

    def _take_open(self, fd: int, viewer: _Viewer, *, is_fill: bool) -> None:
        sock = viewer.filling if is_fill else viewer.sock
        if sock is None or sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
            self._fail(fd, viewer, is_fill=is_fill)
            return
        request = (CHANGES if is_fill else STREAM).format(room=self._room, since=viewer.asked)
        sock.send(request.encode())
        self._poll.modify(fd, select.EPOLLIN)

    def _read(self, fd: int, sock: socket.socket | None) -> bytes:
        try:
            return sock.recv(RECEIVE_BYTES) if sock is not None else b""
        except ConnectionError:
            return b""

    def _take_frames(self, fd: int, viewer: _Viewer) -> None:
        data = self._read(fd, viewer.sock)
        if not data:
            self._fail(fd, viewer, is_fill=False)
            return
        viewer.data += data
        if not viewer.has_head:
            head, end, rest = viewer.data.partition(b"\r\n\r\n")
            if not end:
                return
            self._opening -= 1
            if b" 200 " not in head[:20]:
                self._fail(fd, viewer, is_fill=False)
                return
            viewer.has_head, viewer.data, viewer.tries = True, rest, 0
        # Line by line, as a browser does: a `retry:` counts at once, a frame is one line.
        *lines, viewer.data = viewer.data.split(b"\n")
        for line in lines:
            self._take_line(viewer, line)

    def _take_line(self, viewer: _Viewer, line: bytes) -> None:
        if line.startswith(b"retry: "):
            viewer.pause_ms = float(line[7:])
        elif line.startswith(b"data: "):
            # What a frame says of itself stands before its changes.
            head = json.loads(line[6:].partition(b',"changes"')[0] + b"}")
            self._take_frame(viewer, head["from"], head["to"])

    def _take_frame(self, viewer: _Viewer, start: int, end: int) -> None:
        if viewer.held < 0:  # the first visit: a snapshot would give this version
            viewer.held = start
        if viewer.filling is not None:
            begin = viewer.ahead[0] if viewer.ahead and viewer.ahead[1] >= start else start
            viewer.ahead = (begin, end)
        elif start > viewer.held:
            viewer.ahead = (start, end)
            self._fill(viewer)
        else:
            viewer.held = max(viewer.held, end)
            self._follow(viewer)

    def _fill(self, viewer: _Viewer) -> None:
        viewer.asked, viewer.filled = viewer.held, b""
        viewer.filling = self._begin(viewer, is_fill=True)

    def _take_fill(self, fd: int, viewer: _Viewer) -> None:
        data = self._read(fd, viewer.filling)
        if data:
            viewer.filled += data
            return
        head, _, body = viewer.filled.partition(b"\r\n\r\n")
        self._forget(fd, viewer, is_fill=True)
        if b" 200 " not in head[:20]:
            self.refused += 1
            self._fill(viewer)
            return
        self.filled += 1
        document = json.loads(body)
        if "from" in document and document["from"] != viewer.asked:
            self.skipped += 1
        viewer.held = max(viewer.held, document.get("to", document.get("version", 0)))
        ahead, viewer.ahead = viewer.ahead, None
        if ahead is not None:
            self._take_frame(viewer, *ahead)
        else:
            self._follow(viewer)

    def _follow(self, viewer: _Viewer) -> None:
        if not viewer.follows:
            viewer.follows = True
            self._following += 1
            if self._following == len(self._viewers):
                self._all_since = time.monotonic()

    def _forget(self, fd: int, viewer: _Viewer, *, is_fill: bool) -> None:
        self._by_fd.pop(fd, None)
        sock = viewer.filling if is_fill else viewer.sock
        if is_fill:
            viewer.filling = None
        else:
            viewer.sock = None
        if sock is not None:
            self._poll.unregister(fd)
            sock.close()

    def _fail(self, fd: int, viewer: _Viewer, *, is_fill: bool) -> None:
        """A connection ended: a stream is opened again after its pause, a fill when the stream is back."""
        self._forget(fd, viewer, is_fill=is_fill)
        if is_fill:
            if viewer.follows or viewer.sock is not None:
                self._fill(viewer)
            return
        if not viewer.has_head:
            self._opening -= 1
        if viewer.filling is not None:
            self._forget(viewer.filling.fileno(), viewer, is_fill=True)
        self.ended += 1
        viewer.ahead = None
        if viewer.follows:
            viewer.follows = False
            self._following -= 1
        pause = viewer.pause_ms / 1000 if not viewer.tries else random.uniform(0.3, 1.0) * viewer.tries
        viewer.tries = min(viewer.tries + 1, 10)
        heapq.heappush(self._due, (time.monotonic() + pause, viewer.number))
