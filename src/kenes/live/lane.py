"""One fair lane for all writers of a SQLite file: first come, first served.

SQLite's own busy wait is not fair: under load a writer starves until "database is locked".
Within a process writers queue here; between processes the head of each queue takes flock `next`,
then flock `turn`, lets go of `next`, and keeps `turn` until its transaction ends. So processes
alternate however many writers each has. The kernel drops a lock with the process that held it.

Decision: docs/decisions/0001-one-fair-lane.md.
"""

import fcntl
import os
import threading
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path

from django.db.utils import OperationalError

# Longer than any honest wait: a transaction lasts 50 ms. Only a mistake of ours comes to it.
PATIENCE_SECONDS = 60.0


class Ticket:
    """A writer's hold of the lane. `abandon` ends its transaction when its thread dies without doing so."""

    __slots__ = ("abandon", "held", "thread_id")

    def __init__(self, abandon: Callable[[], None], held: "set[Ticket]") -> None:
        self.abandon = abandon
        self.held = held
        self.thread_id = threading.get_ident()
        held.add(self)


class _Mourner:
    """Lives in a thread's local storage and dies with the thread: what the thread held is let go."""

    def __init__(self) -> None:
        self.held: set[Ticket] = set()

    def __del__(self) -> None:
        for ticket in list(self.held):
            ticket.abandon()


class _ThreadLocal(threading.local):
    def __init__(self) -> None:
        self.mourner = _Mourner()


_local = _ThreadLocal()


class Lane:
    """The lane of one database file. `taken` and `waited_seconds` count for the metrics."""

    def __init__(self, database: str) -> None:
        self._paths = (f"{database}-next", f"{database}-turn")
        self.begin_anew()

    def begin_anew(self) -> None:
        """Forget all holds: at the beginning, and in a forked child, which has none of its parent's."""
        self._guard = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._holder: Ticket | None = None
        self._is_taken = False
        self._next = self._turn = -1
        self.taken = 0
        self.waited_seconds = 0.0

    def acquire(self, abandon: Callable[[], None], *, patience: float = PATIENCE_SECONDS) -> Ticket:
        """Wait for the turn; raises `OperationalError` where waiting could not end."""
        self._refuse_to_wait_for_oneself()
        began = time.perf_counter()
        self._enter_queue(patience)
        try:
            self._enter_file()
        except BaseException:
            self._leave_queue()
            raise
        ticket = Ticket(abandon, _local.mourner.held)
        self._holder = ticket
        self.taken += 1
        self.waited_seconds += time.perf_counter() - began
        return ticket

    def release(self, ticket: Ticket) -> None:
        """Let the next one in; a ticket given back twice changes nothing."""
        with self._guard:
            if self._holder is not ticket:
                return
            self._holder = None
        ticket.held.discard(ticket)
        fcntl.flock(self._turn, fcntl.LOCK_UN)
        self._leave_queue()

    def _refuse_to_wait_for_oneself(self) -> None:
        holder = self._holder
        if holder is not None and holder.thread_id == threading.get_ident():
            raise OperationalError("This thread already writes by another connection.")

    def _enter_queue(self, patience: float) -> None:
        with self._guard:
            if not self._is_taken:
                self._is_taken = True
                return
            gate = threading.Lock()
            gate.acquire()
            self._waiting.append(gate)
        try:
            is_in = gate.acquire(timeout=patience)
        except BaseException:
            self._give_up(gate)
            raise
        if not is_in:
            self._give_up(gate)
            raise OperationalError(f"The writers' lane did not come free within {patience:g} s.")

    def _give_up(self, gate: threading.Lock) -> None:
        with self._guard:
            if gate in self._waiting:
                self._waiting.remove(gate)
                return
        # The turn was handed over in the very moment of giving up: pass it on.
        self._leave_queue()

    def _leave_queue(self) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._is_taken = False

    def _enter_file(self) -> None:
        if self._turn < 0:
            self._next, self._turn = (_open_lock(path) for path in self._paths)
        fcntl.flock(self._next, fcntl.LOCK_EX)
        try:
            fcntl.flock(self._turn, fcntl.LOCK_EX)
        except BaseException:  # a signal's exception may come just after the lock did
            fcntl.flock(self._turn, fcntl.LOCK_UN)
            raise
        finally:
            fcntl.flock(self._next, fcntl.LOCK_UN)

    def close_inherited(self) -> None:
        """In a forked child: close the parent's lock files (which frees nothing) and begin anew."""
        for descriptor in (self._next, self._turn):
            if descriptor >= 0:
                os.close(descriptor)
        self.begin_anew()


def _open_lock(path: str) -> int:
    # Reading is enough for flock, and lets a service's user lock what an administrator's command made.
    return os.open(path, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o644)


_lanes: dict[str, Lane] = {}
_lanes_guard = threading.Lock()


def lane_of(database: str) -> Lane:
    """Return this process's lane of the database file."""
    known = _lanes.get(database)  # a lane is asked for at each transaction, mostly by its file's own path
    if known is not None:
        return known
    path = str(Path(database).resolve())
    with _lanes_guard:
        if path not in _lanes:
            _lanes[path] = Lane(path)
        return _lanes[path]


def _begin_anew_in_child() -> None:
    global _lanes_guard  # noqa: PLW0603 (another thread may have held it at the fork)
    _lanes_guard = threading.Lock()
    _local.mourner.held.clear()
    for lane in _lanes.values():
        lane.close_inherited()


os.register_at_fork(after_in_child=_begin_anew_in_child)
