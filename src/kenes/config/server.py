"""uvicorn with the hub's seam, stopped so that no stream is left hanging."""

import asyncio
import gc
import logging
import os
import resource
import socket
import threading
from contextlib import suppress
from types import FrameType

import uvicorn

from kenes.config.site import Site
from kenes.live.handover import HandoverProtocol

logger = logging.getLogger(__name__)

# From a signal to the end of the process; what is acknowledged is on disk before that.
STOP_SECONDS = 1.8
GRACEFUL_SECONDS = 1
TICK_SECONDS = 1.0
# So many more objects made than freed, before the collector looks; Python's own 700 are one page.
GARBAGE_ALLOCATIONS = 10_000


class Server(uvicorn.Server):
    """Ends the streams, and takes no new connections, before it waits for requests under way."""

    def __init__(self, site: Site, listener: socket.socket) -> None:
        super().__init__(_config(site))
        self._site = site
        self._listener = listener
        self._is_asked_to_stop = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    def serve_until_stopped(self) -> None:
        """Serve until SIGTERM or Ctrl-C."""
        self.run(sockets=[self._listener])

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        self._loop = asyncio.get_running_loop()
        await super().startup(sockets)
        _calm_collector()

    async def main_loop(self) -> None:
        """Tick once a second (the date of answers) instead of ten times, until asked to stop."""
        while not await self.on_tick(0):
            with suppress(TimeoutError):
                async with asyncio.timeout(TICK_SECONDS):
                    await self._is_asked_to_stop.wait()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        super().handle_exit(sig, frame)
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._is_asked_to_stop.set)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        _leave_in_time(STOP_SECONDS)
        for server in self.servers:
            server.close()
        self._site.hub.close()
        await super().shutdown(sockets)


def _config(site: Site) -> uvicorn.Config:
    return uvicorn.Config(
        site,
        http=_protocol_of(site),
        loop="uvloop",
        ws="none",
        interface="asgi3",
        lifespan="on",
        # A proxy's word on addresses is taken by the site itself, and only where one is configured.
        proxy_headers=False,
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=GRACEFUL_SECONDS,
    )


def _protocol_of(site: Site) -> type[HandoverProtocol]:
    """Return the protocol with this site's door and hub; the server makes one for each connection."""
    return type("SiteProtocol", (HandoverProtocol,), {"door": site.door, "hub": site.hub})


def _calm_collector() -> None:
    """Let the collector of cycles pass over what was loaded until now, and look less often at the rest."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE_ALLOCATIONS)


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens; raises OSError where the address is taken or not ours."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(2048)
    except OSError:
        listener.close()
        raise
    return listener


def raise_open_files() -> None:
    """Allow as many open files (connections) as the system lets us without asking."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _leave_in_time(seconds: float) -> None:
    """End the process by force where something will not end by itself; nothing acknowledged is lost."""

    def leave() -> None:
        logger.warning("Not all requests ended in time; leaving")
        os._exit(0)

    timer = threading.Timer(seconds, leave)
    timer.daemon = True
    timer.start()
