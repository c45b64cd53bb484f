"""The whole site as one ASGI application: streams and acts, pages, static files, health."""

import json
import logging
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from kenes.config.engine import build_engine
from kenes.config.static_server import StaticFiles
from kenes.config.worker import WorkerKeeper
from kenes.live.bridge import Bridge
from kenes.live.contracts import Receive, Scope, Send
from kenes.live.engine import Engine
from kenes.live.hub import StreamHub

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
    is_ready: bool = field(default=False, init=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1000})
        elif scope["path"].startswith("/live/"):
            await self.engine.app(scope, receive, send)
        elif scope["path"].startswith("/health"):
            await self._tell_health(scope, send)
        elif self.static.has(scope["path"]):
            await self.static(scope, receive, send)
        else:
            await self.bridge(scope, receive, send)

    async def start(self) -> None:
        """Start the engine before the hub's first follower can come."""
        await self.engine.start(self.hub)
        self.hub.start()
        await self.bridge.warm_up(lambda: get_resolver().url_patterns)
        if self.worker is not None:
            self.worker.start()
        self.is_ready = True

    async def stop(self) -> None:
        """Stop in the opposite order; safe to repeat."""
        self.is_ready = False
        self.hub.close()
        if self.worker is not None:
            await self.worker.stop()
        self.bridge.stop()
        await self.engine.stop()

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

    async def _tell_health(self, scope: Scope, send: Send) -> None:
        """`/health/live`: the loop answers. `/health`: the site takes requests."""
        state: dict[str, Any] = {"live": True, "ready": self.is_ready}
        if self.worker is not None:
            state["worker"] = self.worker.is_running
        is_fine = self.is_ready or scope["path"].rstrip("/") == "/health/live"
        body = json.dumps(state).encode()
        headers = [
            (b"content-type", b"application/json"),
            (b"content-length", str(len(body)).encode()),
            (b"cache-control", b"no-store"),
        ]
        await send({"type": "http.response.start", "status": 200 if is_fine else 503, "headers": headers})
        await send({"type": "http.response.body", "body": body})


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
