"""A crowd of subscribers in a process of its own: raw sockets and epoll, so that it is never the bottleneck.

It counts deliveries of marked events (`#000123#`) and notes when each came. The clock is the
machine's monotonic one, so its times compare with those of other processes.
"""

import errno
import multiprocessing
import resource
import select
import socket
import time
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

AT_ONCE = 200
CONNECT_SECONDS = 150
PER_ADDRESS = 1_000
LONGEST_NUMBER = 40
# A frame's number: the version it begins at, then the one it ends at.
FRAME_BEGIN, FRAME_TO, FRAME_END = b'"from":', b',"to":', b',"changes"'
RECEIVE_BYTES = 256 * 1024

SSE = "GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n"
WEBSOCKET = (
    "GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """Where and how a crowd enters. `stalled`: how many of them never read again.

    An event's number stands between `begin` and `end`.
    """

    port: int
    path: str
    count: int
    request: str = SSE
    stalled: int = 0
    begin: bytes = b"#"
    end: bytes = b"#"


@dataclass(frozen=True, slots=True)
class Receipts:
    """What a crowd received of the events asked about. Times in milliseconds.

    `delay_*`: since each event was made; `spread_p99`: since its first reader had it. `lost` counts
    deliveries that did not come, `busiest` the most that one reader had within any second.
    """

    deliveries: int
    lost: int
    delay_p50: float
    delay_p95: float
    delay_p99: float
    spread_p99: float
    closed: int
    busiest: int


def quantile(ordered: "array[float]", share: float) -> float:
    """Return the value below which the share of sorted values lies; NaN of nothing."""
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else float("nan")


def raise_open_files() -> int:
    """Allow as many open files as the system lets us; return how many."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    return most


def source_of(number: int) -> str:
    """Return the loopback address of the number-th connection: so many share one."""
    return f"127.0.1.{2 + number // PER_ADDRESS % 250}"


def connect(port: int, number: int, *, receive_buffer: int = 0) -> socket.socket:
    """Begin to connect without waiting."""
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    sock.setblocking(False)
    if receive_buffer:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    sock.setsockopt(socket.IPPROTO_IP, 24, 1)  # IP_BIND_ADDRESS_NO_PORT: ports are shared by destination
    sock.bind((source_of(number), 0))
    code = sock.connect_ex(("127.0.0.1", port))
    if code not in (0, errno.EINPROGRESS):
        raise OSError(code, "connect")
    return sock


class Crowd:
    """The handle of a crowd's process."""

    def __init__(self, entry: Entry) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_stand, args=(theirs, entry), daemon=True)
        self._process.start()
        self._answer()  # ready to connect

    def __enter__(self) -> "Crowd":
        return self

    def __exit__(self, *_: object) -> None:
        self._pipe.close()
        self._process.join(10)
        if self._process.is_alive():
            self._process.terminate()

    def enter(self) -> float:
        """Connect all; return the seconds until the last had the head of its answer."""
        return float(self._ask("enter"))

    def wait_for(self, number: int, *, seconds: float) -> bool:
        """Return whether all had event `number` within so many seconds."""
        return bool(self._ask("wait", number, seconds))

    def receipts(self, made: Mapping[int, float]) -> Receipts:
        """Return what was received of the events, made at these times, and forget it."""
        return Receipts(**self._ask("receipts", list(made.items()), False))

    def receipts_by_version(self, made: Sequence[tuple[int, float]]) -> Receipts:
        """The same of acts, where an event stands for all up to its number: frames that end at a version."""
        return Receipts(**self._ask("receipts", list(made), True))

    def listen(self, seconds: float) -> None:
        """Only receive, for so long."""
        self._ask("listen", seconds)

    def begin_to_listen(self, seconds: float) -> None:
        """Receive for so long without being waited for; `heard` waits."""
        self._pipe.send(("listen", seconds))

    def heard(self) -> None:
        self._answer()

    def hear_by_clock(
        self, publish: Callable[[int], float], *, numbers: range, pace: float, longer: float = 0.0
    ) -> dict[int, float]:
        """Make events by the clock while the crowd only listens; return when each was made."""
        self.begin_to_listen(len(numbers) * pace + longer)
        made, began = {}, time.monotonic()
        for place, number in enumerate(numbers):
            time.sleep(max(0, began + place * pace - time.monotonic()))
            made[number] = publish(number)
        self.heard()
        return made

    def _ask(self, *words: Any) -> Any:
        self._pipe.send(words)
        return self._answer()

    def _answer(self) -> Any:
        answer = self._pipe.recv()
        if isinstance(answer, Exception):
            raise answer
        return answer


def _stand(pipe: Connection, entry: Entry) -> None:
    raise_open_files()
    standing = _Standing(entry)
    pipe.send(None)
    while True:
        try:
            verb, *words = pipe.recv()
        except EOFError:
            return
        try:
            pipe.send(getattr(standing, verb)(*words))
        except Exception as error:
            pipe.send(error)


class _Standing:
    """The crowd itself, inside its process."""

    def __init__(self, entry: Entry) -> None:
        self._entry = entry
        self._poll = select.epoll()
        self._sockets: dict[int, socket.socket] = {}
        self._stalled: list[socket.socket] = []
        self._times: dict[int, array[float]] = {}
        self._rests: dict[int, bytes] = {}
        self._events: dict[int, array[float]] = {}
        self._closed = 0

    def enter(self) -> float:
        entry, began = self._entry, time.monotonic()
        request = entry.request.format(path=entry.path).encode()
        waiting: dict[int, socket.socket] = {}
        heads: dict[int, bytes] = {}
        fresh = iter(range(entry.count))
        while time.monotonic() - began < CONNECT_SECONDS:
            self._begin(fresh, waiting)
            if not waiting:
                return time.monotonic() - began
            for fd, mask in self._poll.poll(1):
                if fd not in waiting:
                    self._receive(fd)
                elif mask & select.EPOLLOUT and fd not in heads:
                    waiting[fd].sendall(request)
                    heads[fd] = b""
                    self._poll.modify(fd, select.EPOLLIN)
                else:
                    self._take_head(fd, waiting, heads)
        raise TimeoutError(f"{len(self._sockets)} of {entry.count} were let in.")

    def _begin(self, fresh: Iterator[int], waiting: dict[int, socket.socket]) -> None:
        while len(waiting) < AT_ONCE:
            number = next(fresh, None)
            if number is None:
                return
            is_stalled = number < self._entry.stalled
            sock = connect(self._entry.port, number, receive_buffer=4096 if is_stalled else 0)
            waiting[sock.fileno()] = sock
            self._poll.register(sock, select.EPOLLOUT)

    def _take_head(self, fd: int, waiting: dict[int, socket.socket], heads: dict[int, bytes]) -> None:
        heads[fd] += waiting[fd].recv(RECEIVE_BYTES)
        head, end, rest = heads[fd].partition(b"\r\n\r\n")
        if not end:
            if not head:
                raise ConnectionError("A server closed the connection before its answer.")
            return
        if head.split(b" ", 2)[1] not in (b"200", b"101"):
            raise ConnectionError(head.decode("latin-1"))
        sock = waiting.pop(fd)
        del heads[fd]
        if (
            len(self._stalled) < self._entry.stalled
            and sock.getsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF) < 20_000
        ):
            self._poll.unregister(fd)
            self._stalled.append(sock)
            return
        self._sockets[fd] = sock
        self._times[fd] = array("d")
        self._note(fd, rest)

    def wait(self, number: int, seconds: float) -> bool:
        deadline = time.monotonic() + seconds
        while True:
            if len(self._events.get(number, ())) >= len(self._sockets):
                return True
            left = deadline - time.monotonic()
            if left <= 0:
                return False
            for fd, _ in self._poll.poll(left, 512):
                self._receive(fd)

    def listen(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            for fd, _ in self._poll.poll(left, 512):
                self._receive(fd)

    def receipts(self, made: list[tuple[int, float]], by_version: bool) -> dict[str, Any]:
        delays, spreads = array("d"), array("d")
        numbers = sorted(self._events)
        for number, at in made:
            place = bisect_left(numbers, number) if by_version else 0
            found = number if not by_version else numbers[min(place, len(numbers) - 1)]
            times = self._events.get(found, array("d"))
            first = min(times, default=0)
            delays.extend([one - at for one in times])
            spreads.extend([one - first for one in times])
        delays, spreads = (array("d", sorted(some)) for some in (delays, spreads))
        shares = (("p50", 0.5), ("p95", 0.95), ("p99", 0.99))
        answer = {
            "deliveries": len(delays),
            "lost": len(made) * len(self._times) - len(delays),
            **{f"delay_{name}": quantile(delays, share) * 1000 for name, share in shares},
            "spread_p99": quantile(spreads, 0.99) * 1000,
            "closed": self._closed,
            "busiest": max(map(_most_in_a_second, self._times.values()), default=0),
        }
        self._events.clear()
        self._times = {fd: array("d") for fd in self._times}
        return answer

    def _receive(self, fd: int) -> None:
        sock = self._sockets[fd]
        try:
            data = sock.recv(RECEIVE_BYTES)
        except ConnectionError:
            data = b""
        if data:
            self._note(fd, data)
            return
        self._poll.unregister(fd)
        self._sockets.pop(fd).close()
        self._closed += 1

    def _note(self, fd: int, data: bytes) -> None:
        now = time.monotonic()
        if fd in self._rests:
            data = self._rests.pop(fd) + data
        mark, end = self._entry.begin, self._entry.end
        at = data.find(mark)
        while at >= 0:
            begin = at + len(mark)
            stop = data.find(end, begin, begin + LONGEST_NUMBER)
            if stop > 0:
                self._note_event(fd, data[begin:stop], now)
            elif len(data) - begin < LONGEST_NUMBER:
                self._rests[fd] = data[at:]  # it may go on in what comes next
                return
            at = data.find(mark, begin if stop < 0 else stop + 1)
        if len(mark) > 1 and not data.endswith(b"\n"):
            self._rests[fd] = data[1 - len(mark) :]

    def _note_event(self, fd: int, number: bytes, now: float) -> None:
        """Note an event; of a frame (`12,"to":14`) the version it ends at, unless it is a heartbeat."""
        start, is_frame, end = number.partition(FRAME_TO)
        if is_frame and start == end:
            return
        last = end if is_frame else start
        if last.isdigit():
            self._events.setdefault(int(last), array("d")).append(now)
            self._times[fd].append(now)


def _most_in_a_second(times: "array[float]") -> int:
    most = begin = 0
    for place, now in enumerate(times):
        while now - times[begin] >= 1:
            begin += 1
        most = max(most, place - begin + 1)
    return most
