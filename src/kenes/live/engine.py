"""The engine of one process: what `config` builds from the apps' adapters and `serve` runs."""

from collections.abc import Iterable

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


class Engine:
    """Relay, committer, reads and the lean application over the registered adapters.

    `serve` calls `start(hub)` on the loop before the first request and `stop()` after the last,
    and sends every request under `/live/` to `app`.
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
        self.presence = presence
        self.hub: Hub | None = None

    async def start(self, hub: Hub) -> None:
        """Start the relay, the committer and the readers' threads on the running loop."""
        self.hub = hub

    async def stop(self) -> None:
        """Commit what was taken, then end all threads."""
        self.hub = None

    async def app(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request under `/live/` (ASGI)."""
        raise NotImplementedError
