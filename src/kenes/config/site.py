"""The whole site as one ASGI application: streams and acts, pages, static files, health."""

import logging
from collections.abc import Awaitable
from dataclasses import dataclass, field

from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from kenes.config import health
from kenes.config.access_log import AccessLog
from kenes.config.engine import build_engine
from kenes.config.passage import Passage, address_at_door, note_at_door
from kenes.config.static_server import StaticFiles
from kenes.config.worker import WorkerKeeper
from kenes.live.bridge import Bridge
from kenes.live.contracts import Receive, Scope, Send
from kenes.live.door import Door
from kenes.live.engine import Engine
from kenes.live.hub import StreamHub
from kenes.live.signs import commits_of_default

logger = logging.getLogger(__name__)

# What a form carries beside its file.
FORM_BYTES = 1024 * 1024


@dataclass(slots=True)
class Site:
    """One process's parts, started and stopped in order."""

    engine: Engine
    hub: StreamHub
    bridge: Bridge
    static: StaticFiles
    worker: WorkerKeeper | None = None
    access_log: AccessLog = field(default_factory=lambda: AccessLog(settings.LOG_FORMAT))
    is_ready: bool = field(default=False, init=False)
    door: Door = field(init=False)
    _passage: Passage = field(init=False)

    def __post_init__(self) -> None:
        self.door = Door(
            self.engine.limits,
            address_of=address_at_door,
            note=lambda seen: note_at_door(self.access_log, seen),
        )
        self._passage = Passage(self._watched, self.access_log)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1000})
        else:
            await self._passage(scope, receive, send)

    def _watched(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        return self.door.watch(self._answer, scope, receive, send)

    def _answer(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        path = scope["path"]
        if path.startswith("/live/"):
            return self.engine.app(scope, receive, send)
        if health.is_asked_for(path):
            return health.tell(self, scope, send)
        if self.static.has(path):
            return self.static(scope, receive, send)
        return self.bridge(scope, receive, send)

    async def start(self) -> None:
        """Start the engine before the hub's first follower can come."""
        self.access_log.start()
        await self.engine.start(self.hub)
        self.door.open(commits_of_default())
        self.hub.start()
        await self.bridge.warm_up(lambda: get_resolver().url_patterns)
        if self.worker is not None:
            self.worker.start()
        self.is_ready = True

    async def stop(self) -> None:
        """Stop in the opposite order; safe to repeat."""
        self.is_ready = False
        self.door.close()
        self.hub.close()
        if self.worker is not None:
            await self.worker.stop()
        self.bridge.stop()
        await self.engine.stop()
        self.access_log.stop()

    async def _live(self, receive: Receive, send: Send) -> None:
        """Speak ASGI's lifespan protocol."""
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                await self.start()
                await send({"type": "lifespan.startup.complete"})
            else:
                await self.stop()
                await send({"type": "lifespan.shutdown.complete"})
                return


def build_site(*, with_worker: bool) -> Site:
    """Build the site from the settings; `with_worker`: keep the worker as a child process."""
    pages = get_wsgi_application()
    if settings.DEBUG:
        pages = StaticFilesHandler(pages)
    return Site(
        engine=build_engine(),
        hub=StreamHub(),
        bridge=Bridge(pages, body_limit=settings.UPLOAD_MAX_BYTES + FORM_BYTES),
        static=StaticFiles(settings.STATIC_ROOT),
        worker=WorkerKeeper() if with_worker else None,
    )
