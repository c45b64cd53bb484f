"""Threads that keep a database connection each, for the loop to ask: the loop itself never reads."""

import asyncio
import logging
import queue
import threading
from collections.abc import Callable
from typing import Any, TypeVar

from django.db import connections

from kenes.core.errors import Unavailable

log = logging.getLogger(__name__)
T = TypeVar("T")
Job = Callable[[], None]


class DatabaseThreads:
    """A fixed number of threads with a bounded line of jobs."""

    def __init__(self, name: str, *, count: int, most_waiting: int) -> None:
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._most_waiting = most_waiting
        self._is_stopping = False
        self.waiting = 0
        self._threads = [
            threading.Thread(target=self._work, name=f"{name}-{number}", daemon=True)
            for number in range(count)
        ]
        for thread in self._threads:
            thread.start()

    async def run(self, function: Callable[..., T], *args: Any) -> T:
        """Run the function in one of the threads; raises `Unavailable` at the end or where too many wait."""
        if self._is_stopping or self.waiting >= self._most_waiting:
            raise Unavailable
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self.waiting += 1
        self._jobs.put(lambda: _carry_out(loop, future, function, args))
        try:
            return await future
        finally:
            self.waiting -= 1

    async def stop(self) -> None:
        """Take no more jobs, end the threads when those taken are done; their connections are closed."""
        self._is_stopping = True
        for _ in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            await asyncio.to_thread(thread.join)

    def _work(self) -> None:
        try:
            while (job := self._jobs.get()) is not None:
                tidy_connections()
                job()
        finally:
            connections.close_all()


def _carry_out(
    loop: asyncio.AbstractEventLoop,
    future: "asyncio.Future[T]",
    function: Callable[..., T],
    args: tuple[Any, ...],
) -> None:
    if future.cancelled():
        return
    try:
        result = function(*args)
    except Exception as error:
        if not loop.is_closed():
            loop.call_soon_threadsafe(_fail, future, error)
    else:
        if not loop.is_closed():
            loop.call_soon_threadsafe(_fulfil, future, result)


def _fulfil(future: "asyncio.Future[T]", result: T) -> None:
    if not future.done():
        future.set_result(result)


def _fail(future: "asyncio.Future[Any]", error: Exception) -> None:
    if not future.done():
        future.set_exception(error)


def tidy_connections() -> None:
    """Drop this thread's connections that a server may have closed; a file's connection stays."""
    for connection in connections.all(initialized_only=True):
        if connection.vendor != "sqlite":
            connection.close_if_unusable_or_obsolete()
