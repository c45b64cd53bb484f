"""A load of HTTP requests from a process of its own: raw keep-alive sockets and epoll.

Requests are built beforehand; each connection sends its next when it has the answer to the last.
With a pace they go out by the clock instead, so that a slow server is not spared.
"""

import json
import multiprocessing
import select
import socket
import time
from array import array
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Any

from bench.crowd import RECEIVE_BYTES, connect, quantile, raise_open_files

PATIENCE_SECONDS = 100
PER_CONNECTION_ADDRESS = 1_000  # one address a connection: as many people come from as many places


@dataclass(frozen=True, slots=True)
class Answers:
    """What became of a load. Times in seconds, latencies sorted; `bodies` only where they were asked for."""

    took: float
    statuses: dict[int, int]
    latencies: "array[float]"
    began_at: float
    bodies: list[tuple[float, float, bytes]]

    @property
    def rate(self) -> float:
        return sum(self.statuses.values()) / self.took

    def versions(self) -> list[tuple[int, float]]:
        """Return of each act carried out the version it made, and when its request was due."""
        said = [(json.loads(body), due) for due, _, body in self.bodies]
        return [(int(body["version"]), due) for body, due in said if "version" in body]

    def late(self, share: float) -> float:
        """Return the latency below which the share of answers came, in milliseconds."""
        return quantile(self.latencies, share) * 1000


class Load:
    """The handle of a load's process: the requests are sent when it is told to."""

    def __init__(
        self,
        port: int,
        requests: Sequence[bytes],
        *,
        connections: int,
        per_second: float = 0,
        keep_bodies: bool = False,
    ) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_stand, args=(theirs,), daemon=True)
        self._process.start()
        self._pipe.send((port, list(requests), connections, per_second, keep_bodies))
        self._pipe.recv()

    def begin(self) -> None:
        """Send them, without waiting for the end."""
        self._pipe.send("go")

    def end(self) -> Answers:
        """Wait until all are answered."""
        answer = self._pipe.recv()
        self._process.join(10)
        if isinstance(answer, Exception):
            raise answer
        return Answers(**answer)

    def run(self) -> Answers:
        self.begin()
        return self.end()


def _stand(pipe: Connection) -> None:
    raise_open_files()
    port, requests, connections, per_second, keep_bodies = pipe.recv()
    load = _Load(port, deque(requests), per_second=per_second, keep_bodies=keep_bodies)
    pipe.send(None)
    pipe.recv()
    try:
        pipe.send(load.run(connections))
    except Exception as error:
        pipe.send(error)


@dataclass(slots=True, eq=False)
class _Line:
    """A connection: its request under way, when it was due, and what has come of the answer."""

    number: int
    sock: socket.socket
    request: bytes = b""
    due: float = 0.0
    data: bytes = b""
    is_open: bool = field(default=False)


class _Load:
    def __init__(self, port: int, requests: "deque[bytes]", *, per_second: float, keep_bodies: bool) -> None:
        self._port = port
        self._requests = requests
        self._per_second = per_second
        self._keep_bodies = keep_bodies
        self._poll = select.epoll()
        self._lines: dict[int, _Line] = {}
        self._idle: deque[_Line] = deque()
        self._statuses: Counter[int] = Counter()
        self._latencies = array("d")
        self._bodies: list[tuple[float, float, bytes]] = []
        self._sent = 0

    def run(self, connections: int) -> dict[str, Any]:
        for number in range(connections):
            self._open(number)
        while len(self._idle) < connections:
            self._turn(1)
        self._total = len(self._requests)
        self._began = began = time.monotonic()
        while (answered := len(self._latencies)) < self._total:
            self._send_due()
            self._turn(self._pause())
            if time.monotonic() - began > PATIENCE_SECONDS:
                raise TimeoutError(f"{answered} of {self._total} requests were answered.")
        took = time.monotonic() - began
        return {
            "took": took,
            "statuses": dict(self._statuses),
            "latencies": array("d", sorted(self._latencies)),
            "began_at": began,
            "bodies": self._bodies,
        }

    def _open(self, number: int) -> None:
        sock = connect(self._port, number * PER_CONNECTION_ADDRESS)
        line = self._lines[sock.fileno()] = _Line(number, sock)
        self._poll.register(sock, select.EPOLLOUT)
        line.data = b""

    def _pause(self) -> float:
        if not self._per_second or not self._requests:
            return 1.0
        due = self._began + self._sent / self._per_second
        return max(0.0, min(1.0, due - time.monotonic())) if self._idle else 1.0

    def _send_due(self) -> None:
        while self._idle and self._requests:
            now = time.monotonic()
            due = self._began + self._sent / self._per_second if self._per_second else now
            if due > now:
                return
            line = self._idle.popleft()
            self._send(line, self._requests.popleft(), due)

    def _send(self, line: _Line, request: bytes, due: float) -> None:
        line.request, line.due, line.data = request, due, b""
        self._sent += 1
        line.sock.send(request)

    def _turn(self, seconds: float) -> None:
        for fd, mask in self._poll.poll(seconds, 256):
            line = self._lines[fd]
            if not line.is_open:
                self._take_open(fd, line)
            elif mask & (select.EPOLLIN | select.EPOLLHUP | select.EPOLLERR):
                self._take_answer(fd, line)

    def _take_open(self, fd: int, line: _Line) -> None:
        code = line.sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if code:
            raise OSError(code, "connect")
        line.is_open = True
        self._poll.modify(fd, select.EPOLLIN)
        if line.request:
            line.sock.send(line.request)
        else:
            self._idle.append(line)

    def _take_answer(self, fd: int, line: _Line) -> None:
        try:
            data = line.sock.recv(RECEIVE_BYTES)
        except ConnectionError:
            data = b""
        if not data:
            self._open_again(fd, line)
            return
        line.data += data
        body_at = line.data.find(b"\r\n\r\n") + 4
        if body_at < 4:
            return
        head = line.data[:body_at].lower()
        at = head.find(b"content-length:")
        length = int(head[at + 15 : head.find(b"\r", at)]) if at >= 0 else 0
        if len(line.data) - body_at < length:
            return
        self._note(line, int(head[9:12]), line.data[body_at:])
        if b"connection: close" in head:
            self._open_again(fd, line)
        elif self._requests and not self._per_second:
            self._send(line, self._requests.popleft(), time.monotonic())
        else:
            self._idle.append(line)

    def _note(self, line: _Line, status: int, body: bytes) -> None:
        now = time.monotonic()
        self._statuses[status] += 1
        self._latencies.append(now - line.due)
        if self._keep_bodies:
            self._bodies.append((line.due, now, body))
        line.request = b""

    def _open_again(self, fd: int, line: _Line) -> None:
        """The server closed the connection: the request under way, if any, goes out on a new one."""
        self._poll.unregister(fd)
        self._lines.pop(fd).sock.close()
        unanswered, due = line.request, line.due
        self._open(line.number)
        fresh = next(reversed(self._lines.values()))
        if not unanswered and self._requests and not self._per_second:
            unanswered, due = self._requests.popleft(), time.monotonic()
        fresh.request, fresh.due = unanswered, due
