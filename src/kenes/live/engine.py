"""The engine of one process: what `config` builds from the apps' adapters and `serve` runs."""

import asyncio
import logging
from collections.abc import Iterable

from django.utils import timezone

from kenes.core.errors import Unavailable
from kenes.live.commit import Committer
from kenes.live.contracts import (
    Hub,
    Joiner,
    PresenceSink,
    Receive,
    RoomReader,
    RowReader,
    Scope,
    Send,
    Writer,
)
from kenes.live.epoch import ensure_epoch, read_epoch
from kenes.live.frames import SNAPSHOT
from kenes.live.handlers import Handlers, Parts
from kenes.live.http import LiveApp
from kenes.live.limits import Limits
from kenes.live.presence import EVERY_SECONDS, Presence
from kenes.live.problems import problem
from kenes.live.reads import Reads
from kenes.live.relay import Relay
from kenes.live.threads import DatabaseThreads
from kenes.live.tokens import denied

log = logging.getLogger(__name__)

MOST_JOINING = 2_000
DATABASE_ANSWERS_SECONDS = 2.0


class Engine:
    """Relay, committer, reads and the lean application over the registered adapters.

    `serve` calls `start(hub)` on the loop before the first request and `stop()` after the last,
    and sends every request under `/live/` to `app`. Started, it shows its parts for the metrics:
    `relay`, `committer`, `reads`, `limits`, `live_app`.
    """

    def __init__(
        self,
        *,
        readers: Iterable[RowReader],
        writers: Iterable[Writer],
        room_reader: RoomReader,
        joiner: Joiner,
        presence: PresenceSink,
    ) -> None:
        self.readers = tuple(readers)
        self.writers = {writer.name: writer for writer in writers}
        self.room_reader = room_reader
        self.joiner = joiner
        self.presence = Presence(presence)
        self.limits = Limits()
        self.is_started = False

    async def start(self, hub: Hub) -> None:
        """Start the relay, the committer and the readers' threads on the running loop."""
        self.hub = hub
        self._writing = DatabaseThreads("kenes-join", count=1, most_waiting=MOST_JOINING)
        await self._writing.run(_prepare)
        self.committer = Committer(self.writers)
        self.committer.start()
        self.relay = Relay(self.readers, hub)
        await self.relay.start()
        self.reads = Reads(self.readers, self.room_reader, self.relay)
        parts = Parts(
            reads=self.reads,
            committer=self.committer,
            joining=self._writing,
            limits=self.limits,
            writers=self.writers,
            joiner=self.joiner,
            hub=hub,
        )
        self.live_app = LiveApp(Handlers(parts))
        self._housekeeping = asyncio.create_task(self._keep_house(), name="kenes-housekeeping")
        self.is_started = True

    async def stop(self) -> None:
        """End all waits, commit what was taken, then end all threads; safe to repeat."""
        if not self.is_started:
            return
        self.is_started = False
        self._housekeeping.cancel()
        await asyncio.wait([self._housekeeping])
        await self.relay.stop()
        await self.committer.stop()
        await self.reads.stop()
        await self._writing.stop()

    async def is_sound(self) -> bool:
        """Say whether relay and committer run and the database answers in time."""
        if not (self.is_started and self.relay.is_running and self.committer.is_alive):
            return False
        try:
            async with asyncio.timeout(DATABASE_ANSWERS_SECONDS):
                await self.reads.run(_touch_database)
        except Exception as error:
            log.warning("The database does not answer: %r", error)
            return False
        return True

    async def app(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request under `/live/` (ASGI)."""
        if self.is_started:
            await self.live_app(scope, receive, send)
        else:
            await problem(Unavailable()).send(send)

    async def _keep_house(self) -> None:
        """Note presence and learn of tokens that other processes denied, every 10 s."""
        while True:
            await asyncio.sleep(EVERY_SECONDS)
            try:
                await self._writing.run(denied.refresh)
                news = self.presence.news(self.hub.present())
                if news:
                    await self._writing.run(self.presence.note, news)
            except Exception:
                log.exception("Housekeeping failed; it is tried again.")


def _touch_database() -> None:
    read_epoch(using=SNAPSHOT)


def _prepare() -> None:
    ensure_epoch(at=timezone.now())
    denied.rebuild()
