"""Who uses the data folder: servers and workers hold a shared lock while they run."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings

LOCK = "in-use"
_held: list[int] = []


def _open(folder: Path) -> int:
    return os.open(folder / LOCK, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o644)


def use_data_folder() -> None:
    """Hold the folder's lock, with others, until this process ends; waits while a restore runs."""
    descriptor = _open(settings.DATA_DIR)
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    _held.append(descriptor)


@contextmanager
def alone_in_data_folder() -> Iterator[bool]:
    """Hold the lock alone; gives False, holding nothing, where a server or a worker runs."""
    descriptor = _open(settings.DATA_DIR)
    is_alone = False
    try:
        with suppress(BlockingIOError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            is_alone = True
        yield is_alone
    finally:
        os.close(descriptor)
