"""Group commit: many acts, one durable transaction, each reply only after the commit."""

import asyncio
import logging
import queue
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import connections
from django.db.utils import InterfaceError, OperationalError
from django.utils import timezone

from kenes.core.errors import KenesError, Unavailable
from kenes.live.acts import (
    NOT_KEPT,
    PURGED_AT_ONCE,
    answer_within,
    feeds_of,
    keep_refusal,
    purge_answered,
    refusal,
)
from kenes.live.contracts import Act, Result, Writer
from kenes.live.errors import Fault
from kenes.live.histogram import SECONDS, SIZES, Histogram
from kenes.live.threads import tidy_connections
from kenes.live.writer import change_feeds

log = logging.getLogger(__name__)

MOST_WAITING = 10_000
LEAST_BATCH, FIRST_BATCH, LARGEST_BATCH = 16, 128, 1024
# The work of a transaction, apart from waiting for the lane and for the disk, aimed at.
AIM_SECONDS = 0.03
IDLE_SECONDS = 1.0
PURGE_EVERY_SECONDS = 60.0
# After so many failures of the database in a row the rest of a batch need not be tried.
HOPELESS_AFTER = 3

# How SQLite and PostgreSQL say that the disk is full or fails.
DISK_IN_TROUBLE = ("disk is full", "disk I/O error", "No space left", "could not extend file")
DISK_SECONDS = 30

Answer = Result | Exception


@dataclass(frozen=True, slots=True)
class _Waiting:
    act: Act
    loop: asyncio.AbstractEventLoop
    future: "asyncio.Future[Result]"


class Committer:
    """The one writer thread of the lean path. `acts`, `faults`, `refused_full` count for the metrics.

    `sizes` are the batches' acts; `seconds` run from taking a batch up to its durable commit.
    """

    def __init__(self, writers: Mapping[str, Writer], *, most_waiting: int = MOST_WAITING) -> None:
        self._writers = writers
        self._most_waiting = most_waiting
        self._queue: queue.SimpleQueue[_Waiting | None] = queue.SimpleQueue()
        self._largest = FIRST_BATCH
        self._next_purge = 0.0
        self._is_stopping = False
        self.acts = self.faults = self.refused_full = 0
        self.sizes, self.seconds = Histogram(SIZES), Histogram(SECONDS)
        self._thread = threading.Thread(target=self._work, name="kenes-commit", daemon=True)

    @property
    def batches(self) -> int:
        return self.sizes.count

    @property
    def waiting(self) -> int:
        """How many acts wait for a batch."""
        return self._queue.qsize()

    @property
    def is_alive(self) -> bool:
        return self._thread.is_alive()

    def start(self) -> None:
        self._thread.start()

    async def stop(self) -> None:
        """Take no more, commit what was taken, then end the thread."""
        self._is_stopping = True
        self._queue.put(None)
        await asyncio.to_thread(self._thread.join)

    async def commit(self, act: Act) -> Result:
        """Return the act's result once it is durable.

        Raises `Unavailable` where too many wait or the database fails, `Fault` where our code does.
        """
        if self._is_stopping or self._queue.qsize() >= self._most_waiting:
            self.refused_full += 1
            raise Unavailable
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Result] = loop.create_future()
        self._queue.put(_Waiting(act, loop, future))
        return await future

    def _work(self) -> None:
        try:
            while not (self._is_stopping and self._queue.empty()):
                batch = self._gather()
                if batch:
                    self._answer(batch)
                self._purge_when_due()
        finally:
            connections.close_all()

    def _gather(self) -> list[_Waiting]:
        """Return what waits, up to the size of a batch; nothing after an idle second or at the end."""
        batch: list[_Waiting] = []
        try:
            batch.extend(filter(None, [self._queue.get(timeout=IDLE_SECONDS)]))
            while len(batch) < self._largest:
                batch.extend(filter(None, [self._queue.get_nowait()]))
        except queue.Empty:
            return batch
        return batch

    def _answer(self, batch: Sequence[_Waiting]) -> None:
        began = time.perf_counter()
        answers = self._answers([waiting.act for waiting in batch])
        self.seconds.add(time.perf_counter() - began)
        self.sizes.add(len(batch))
        self.acts += len(batch)
        by_loop: dict[asyncio.AbstractEventLoop, list[tuple[asyncio.Future[Result], Answer]]] = {}
        for waiting, answer in zip(batch, answers, strict=True):
            by_loop.setdefault(waiting.loop, []).append((waiting.future, answer))
        for loop, answered in by_loop.items():
            if not loop.is_closed():
                loop.call_soon_threadsafe(_tell, answered)

    def _answers(self, acts: Sequence[Act]) -> Sequence[Answer]:
        try:
            tidy_connections()
            return self._commit_together(acts)
        except Exception as error:
            if len(acts) > 1:
                log.exception("A batch of %s acts failed; each is tried alone.", len(acts))
                return self._commit_apart(acts)
            return [self._fault_of(acts[0], error)]

    def _commit_together(self, acts: Sequence[Act]) -> Sequence[Answer]:
        with change_feeds(feeds_of(acts)) as feeds:
            began = time.perf_counter()
            results = answer_within(feeds, acts, self._writers)
            worked = time.perf_counter() - began
        self._fit_batches(len(acts), worked)
        return results

    def _commit_apart(self, acts: Sequence[Act]) -> Sequence[Answer]:
        """Commit each alone, so that an act that fails does not fail its neighbours."""
        answers: list[Answer] = []
        failures = 0
        for act in acts:
            if failures >= HOPELESS_AFTER:
                answers.append(Unavailable())
                continue
            try:
                answers.extend(self._commit_together([act]))
                failures = 0
            except Exception as error:
                answers.append(self._fault_of(act, error))
                failures = failures + 1 if isinstance(error, OperationalError | InterfaceError) else 0
        return answers

    def _fault_of(self, act: Act, error: Exception) -> Answer:
        if isinstance(error, KenesError):
            return _kept_refusal(act, error)
        self.faults += 1
        connections.close_all()
        if isinstance(error, OperationalError | InterfaceError):
            return _refusal_of_database(error)
        log.error("Act %s failed.", act.name, exc_info=error)
        return Fault()

    def _fit_batches(self, size: int, worked: float) -> None:
        """Aim at transactions of so long, by what an act of the last one took."""
        if worked > AIM_SECONDS or size >= self._largest:
            fits = min(int(size * AIM_SECONDS / worked), 2 * self._largest)
            self._largest = max(LEAST_BATCH, min(fits, LARGEST_BATCH))

    def _purge_when_due(self) -> None:
        now = time.monotonic()
        if now < self._next_purge:
            return
        self._next_purge = now + PURGE_EVERY_SECONDS
        try:
            if purge_answered(at=timezone.now()) == PURGED_AT_ONCE:
                self._next_purge = now + IDLE_SECONDS
        except Exception:
            log.exception("Old answers could not be purged; it is tried again later.")
            connections.close_all()


def _refusal_of_database(error: Exception) -> Unavailable:
    """Say when to come back: a disk does not empty itself in a moment."""
    if any(sign in str(error) for sign in DISK_IN_TROUBLE):
        log.error("The database cannot be written: %s. Is the disk full?", error)
        return Unavailable(seconds=DISK_SECONDS)
    log.error("The database failed: %s", error)
    return Unavailable()


def _kept_refusal(act: Act, error: KenesError) -> Answer:
    if error.status in NOT_KEPT:
        return refusal(error)
    try:
        return keep_refusal(act, error)
    except Exception as fault:
        log.error("The refusal of act %s could not be kept.", act.name, exc_info=fault)
        return Unavailable()


def _tell(answered: Sequence[tuple["asyncio.Future[Result]", Answer]]) -> None:
    for future, answer in answered:
        if future.done():
            continue
        if isinstance(answer, Result):
            future.set_result(answer)
        else:
            future.set_exception(answer)
