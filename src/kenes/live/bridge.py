"""Django's pages beside the lean path: WSGI in fixed threads that no network can hold.

A request's body is complete before a thread is taken (`spool`), its response is complete, or a file
on disk, when the thread is given back (`wsgi`); what is slow about a client is waited for here, on
the loop, at the cost of a task.
"""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import IO, Any

from kenes.core.errors import KenesError, Unavailable
from kenes.live.contracts import Receive, Scope, Send
from kenes.live.refusals import refusal
from kenes.live.spool import ClientGone, Spool
from kenes.live.wsgi import Answer, WsgiApp, build_environ, run

logger = logging.getLogger(__name__)

THREADS = 2
# Requests that wait for a thread; beyond it people are told at once to come back.
WAITING = 100
CHUNK_BYTES = 64 * 1024
# A client that takes no byte for so long has left without saying so.
SEND_SECONDS = 60.0


class Bridge:
    """An ASGI application over a WSGI one. `body_limit`: the largest request body, in bytes."""

    def __init__(self, app: WsgiApp, *, body_limit: int, threads: int = THREADS) -> None:
        self._app = app
        self._spool = Spool(body_limit)
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="pages")
        # Disks are slow too: reading files for clients takes neither the loop nor a page's thread.
        self._disk = ThreadPoolExecutor(1, thread_name_prefix="disk")
        self._waiting = 0
        self.threads = threads
        self.refused_full = 0

    @property
    def busy(self) -> int:
        """How many threads are at work on a page."""
        return min(self._waiting, self.threads)

    @property
    def waiting(self) -> int:
        """How many requests wait for a thread."""
        return self._waiting - self.busy

    async def warm_up(self, prepare: Callable[[], object]) -> None:
        """Run `prepare` in a page's thread, so that the first reader does not wait for it."""
        await asyncio.get_running_loop().run_in_executor(self._threads, prepare)

    def stop(self) -> None:
        """Take no more requests; those in a thread end by themselves."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._disk.shutdown(wait=False, cancel_futures=True)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            body, length = await self._spool.take(scope, receive)
        except ClientGone:
            return
        except KenesError as error:
            await self._send(refusal(error, scope), send)
            return
        with body:
            await self._answer(scope, receive, send, body, length)

    async def _answer(self, scope: Scope, receive: Receive, send: Send, body: IO[bytes], length: int) -> None:
        gone = asyncio.ensure_future(receive())
        try:
            answer = await self._run(scope, body, length, gone)
            if answer is not None:
                try:
                    await self._send(answer, send, gone)
                finally:
                    answer.close()
        finally:
            gone.cancel()

    async def _run(
        self, scope: Scope, body: IO[bytes], length: int, gone: "asyncio.Future[Any]"
    ) -> Answer | None:
        """Return the response; None where the client left before its turn came."""
        if self._waiting >= WAITING:
            self.refused_full += 1
            return refusal(Unavailable(), scope)
        self._waiting += 1
        try:
            job = self._threads.submit(copy_context().run, run, self._app, build_environ(scope, body, length))
        except RuntimeError:  # stopping
            self._waiting -= 1
            return refusal(Unavailable(), scope)
        finished = asyncio.wrap_future(job)
        finished.add_done_callback(self._note_done)
        await asyncio.wait([finished, gone], return_when=asyncio.FIRST_COMPLETED)
        if not finished.done() and job.cancel():
            return None
        return await finished

    def _note_done(self, _: "asyncio.Future[Answer]") -> None:
        self._waiting -= 1

    async def _send(self, answer: Answer, send: Send, gone: "asyncio.Future[Any] | None" = None) -> None:
        await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
        if answer.file is None:
            await send({"type": "http.response.body", "body": answer.body})
            return
        loop = asyncio.get_running_loop()
        chunk = await loop.run_in_executor(self._disk, answer.file.read, CHUNK_BYTES)
        while chunk and not (gone and gone.done()):
            if not await _sent_in_time(send, chunk):
                return  # an answer left unfinished ends the connection
            chunk = await loop.run_in_executor(self._disk, answer.file.read, CHUNK_BYTES)
        await send({"type": "http.response.body"})


async def _sent_in_time(send: Send, chunk: bytes) -> bool:
    try:
        async with asyncio.timeout(SEND_SECONDS):
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
    except TimeoutError:
        return False
    return True
