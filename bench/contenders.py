"""Those whose fan-out is measured: each serves one room, and can be told to send an event to all in it."""

import http.client
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass

from bench.addresses import Address
from bench.crowd import SSE, WEBSOCKET
from bench.maker import ROOM, Maker
from bench.peers import programs
from bench.server import MIGRATE, data_folder, serving

Publish = Callable[[int], float]
EVENT_BYTES = 300
# What Kenes's frame of such an event comes to on the wire; the bare loop sends as many.
WIRE_BYTES = 340
LIMIT = "bare C loop"


@dataclass(frozen=True, slots=True)
class Place:
    """A contender that runs: where it is, and how to make event n; that returns when it was made."""

    address: Address
    publish: Publish


@dataclass(frozen=True, slots=True)
class Contender:
    """A contender by name: how to run it, and how one enters its room."""

    name: str
    run: Callable[[], AbstractContextManager[Place]]
    path: str = "/events"
    request: str = SSE


@contextmanager
def kenes() -> Iterator[Contender]:
    """Kenes as it is run; events are announcements that another process commits to the database."""
    with data_folder([MIGRATE, ("bench.people", "1", "1")]) as data_dir, Maker(data_dir) as maker:

        @contextmanager
        def run() -> Iterator[Place]:
            with serving(data_dir) as server:
                yield Place(server.address, lambda number: maker.publish(number, size=EVENT_BYTES))

        yield Contender("Kenes", run, path=f"/live/rooms/{ROOM}/events")


def peers() -> dict[str, Contender]:
    """Return the peers by name."""
    found = [
        Contender("Channels", lambda: _posting(programs.channels()), request=WEBSOCKET),
        Contender("sse-starlette", lambda: _posting(programs.starlette())),
        Contender("Nchan", lambda: _posting(programs.nginx())),
    ]
    if programs.program("cc"):
        found.append(Contender(LIMIT, lambda: _posting(programs.bare_loop(WIRE_BYTES))))
    return {peer.name: peer for peer in found}


@contextmanager
def _posting(program: AbstractContextManager[Address]) -> Iterator[Place]:
    """A peer to which events are posted."""
    with program as address:
        yield Place(address, lambda number: _post(address.port, number))


def _post(port: int, number: int) -> float:
    mark = f"#{number:06d}#"
    body = mark + "x" * (EVENT_BYTES - len(mark))
    made = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("POST", "/publish", body, {"Content-Type": "text/plain"})
    status = connection.getresponse().status
    connection.close()
    if status >= 300:
        raise RuntimeError(f"An event was answered {status}.")
    return made
