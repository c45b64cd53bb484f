"""Equal reads asked for at the same time are done once."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


class Flights(Generic[T]):
    """Whoever asks while a read runs shares the next one, so a read always began after the asking.

    That keeps what a request saw acknowledged before it visible to it.
    """

    def __init__(self) -> None:
        self._waiting: dict[Hashable, asyncio.Task[T]] = {}
        self._flying: dict[Hashable, asyncio.Task[T]] = {}

    async def join(self, key: Hashable, read: Callable[[], Awaitable[T]]) -> T:
        """Return what `read` returns, called once for all who join before it begins."""
        task = self._waiting.get(key)
        if task is None:
            task = asyncio.create_task(self._fly(key, read, self._flying.get(key)))
            task.add_done_callback(_see_exception)
            self._waiting[key] = task
        return await asyncio.shield(task)

    async def _fly(
        self, key: Hashable, read: Callable[[], Awaitable[T]], before: "asyncio.Task[T] | None"
    ) -> T:
        if before is not None:
            await asyncio.wait([before])
        me = self._flying[key] = self._waiting.pop(key)
        try:
            return await read()
        finally:
            if self._flying.get(key) is me:
                del self._flying[key]


def _see_exception(task: "asyncio.Task[T]") -> None:
    """Take note of a failure even where all who asked have left, or asyncio complains of it."""
    if not task.cancelled():
        task.exception()
