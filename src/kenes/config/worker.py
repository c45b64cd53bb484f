"""Keeps the worker as a child process: starts it, starts it again when it dies, stops it."""

import asyncio
import logging
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from contextlib import suppress

logger = logging.getLogger(__name__)

FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 60.0
# A worker that lived so long had started well: the next pause is short again.
SOUND_SECONDS = 60.0
STOP_SECONDS = 1.0
COMMAND = (sys.executable, "-m", "kenes.config.command", "worker", "--child")


class WorkerKeeper:
    """One child at a time. The child holds the reading end of a pipe and leaves when it closes."""

    def __init__(self, command: tuple[str, ...] = COMMAND) -> None:
        self._command = command
        self._process: Process | None = None
        self._task: asyncio.Task[None] | None = None
        self.starts = 0

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.returncode is None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process is not None and self.is_running else None

    def start(self) -> None:
        """Begin to keep the worker; called on the loop."""
        self._task = asyncio.get_running_loop().create_task(self._keep(), name="worker-keeper")

    async def stop(self) -> None:
        """Ask the worker to stop, and end it where it does not within a second."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
            self._task = None
        if self._process is not None and self.is_running:
            self._process.terminate()
            try:
                async with asyncio.timeout(STOP_SECONDS):
                    await self._process.wait()
            except TimeoutError:
                self._process.kill()
                await self._process.wait()

    async def _keep(self) -> None:
        loop = asyncio.get_running_loop()
        pause = FIRST_PAUSE_SECONDS
        while True:
            began = loop.time()
            self.starts += 1
            # A session of its own: Ctrl-C in the terminal reaches the server, and the server stops it.
            self._process = await asyncio.create_subprocess_exec(
                *self._command, stdin=PIPE, stdout=DEVNULL, start_new_session=True
            )
            code = await self._process.wait()
            pause = FIRST_PAUSE_SECONDS if loop.time() - began > SOUND_SECONDS else pause
            logger.warning("The worker ended with code %s; it starts again in %.0f s", code, pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
