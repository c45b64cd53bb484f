"""Who uses the data folder: servers and workers hold shared locks in it while they run."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.conf import settings

# Held by servers and workers; and by workers alone.
IN_USE, WORKER = "in-use", "worker"
_held: list[int] = []


def _open(lock: str) -> int:
    path = settings.DATA_DIR / f"{lock}.lock"
    return os.open(path, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o644)


def use_data_folder(lock: str = IN_USE) -> None:
    """Hold the lock, with others, until this process ends; waits while a restore runs."""
    descriptor = _open(lock)
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    _held.append(descriptor)


@contextmanager
def alone_in_data_folder(lock: str = IN_USE) -> Iterator[bool]:
    """Hold the lock alone; gives False, holding nothing, where another process holds it."""
    descriptor = _open(lock)
    is_alone = False
    try:
        with suppress(BlockingIOError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            is_alone = True
        yield is_alone
    finally:
        os.close(descriptor)


def is_held(lock: str) -> bool:
    """Say whether a process holds the lock."""
    with alone_in_data_folder(lock) as is_alone:
        return not is_alone
