"""The seam to uvicorn: fails when uvicorn moves what we rely on."""

import asyncio
import gc
import socket
from contextlib import suppress

import uvicorn
from uvicorn.protocols.http.flow_control import FlowControl
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from kenes.live.handover import KERNEL_BUFFER_BYTES, HandoverProtocol, JoinedWrites
from live.loop_server import on_loop, served


def test_the_server_is_of_the_line_the_seam_was_read_in() -> None:
    assert uvicorn.__version__.rpartition(".")[0] == "0.54"


def test_uvicorn_still_has_what_the_seam_holds_on_to() -> None:
    config = uvicorn.Config(lambda *_: None, http=HandoverProtocol, log_config=None)
    config.load()

    async def on_a_loop() -> asyncio.Protocol:
        return config.http_protocol_class(
            config=config, server_state=uvicorn.server.ServerState(), app_state={}
        )

    protocol = asyncio.run(on_a_loop())
    assert isinstance(protocol, HandoverProtocol)
    names = {"connections", "cycle", "flow", "parser", "pipeline", "scope", "server_state", "transport"}
    assert names - set(vars(protocol)) == set()
    assert {"pause_reading", "resume_reading"} - set(dir(FlowControl)) == set()
    taken = {"disconnected", "message_event", "response_complete", "response_started"}
    assert taken - set(RequestResponseCycle.__init__.__code__.co_names) == set()
    assert "on_headers_complete" in vars(HttpToolsProtocol)


def test_the_server_begins_a_connection_with_no_more_than_the_seam_does() -> None:
    shown = {"TRACE_LOG_LEVEL", "level", "log", "logger"}
    asked = {"FlowControl", "add", "get_local_addr", "get_remote_addr", "is_ssl"}
    kept = {"client", "connections", "flow", "scheme", "server", "transport"}
    assert set(HttpToolsProtocol.connection_made.__code__.co_names) == shown | asked | kept


def test_a_request_still_says_whence_it_came_and_where_it_arrived() -> None:
    async def main() -> None:
        async with served() as place:
            client = await place.open("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            own = client.writer.get_extra_info("sockname")
            there = client.writer.get_extra_info("peername")
            await client.head()
            assert await client.reader.readexactly(2) == b"ok"
            scope = place.last_scope
            assert (scope["client"], scope["server"], scope["scheme"]) == (own, there, "http")
            await client.close()

    on_loop(main)


def test_a_handed_over_connection_leaves_the_server_and_its_protocol_is_freed() -> None:
    async def main() -> None:
        async with served() as place:
            client = await place.open()
            await client.hint()
            assert place.server.server_state.connections == set()
            await asyncio.sleep(0.05)
            assert place.server.server_state.tasks == set()
            gc.collect()
            alive = [one for one in gc.get_objects() if isinstance(one, HandoverProtocol)]
            assert alive == []
            await client.close()

    on_loop(main)


def test_a_connection_used_for_a_page_before_becomes_a_stream() -> None:
    async def main() -> None:
        async with served() as place:
            client = await place.open("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            assert (await client.head()).startswith("HTTP/1.1 200")
            assert await client.reader.readexactly(2) == b"ok"
            client.writer.write(b"GET /events HTTP/1.1\r\nHost: x\r\n\r\n")
            assert "text/event-stream" in await client.head()
            await client.hint()
            place.publish(1)
            assert '"to": 1' in await client.block()
            await client.close()

    on_loop(main)


def test_requests_pipelined_behind_a_stream_are_dropped() -> None:
    async def main() -> None:
        async with served() as place:
            pipelined = "GET /events HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n"
            client = await place.open(pipelined)
            await client.head()
            await client.hint()
            client.writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            await asyncio.sleep(0.05)
            place.publish(1)
            assert '"to": 1' in await client.block()
            await client.close()

    on_loop(main)


def test_a_request_pipelined_before_a_stream_is_answered_first() -> None:
    async def main() -> None:
        async with served() as place:
            client = await place.open(
                "GET / HTTP/1.1\r\nHost: x\r\n\r\nGET /events HTTP/1.1\r\nHost: x\r\n\r\n"
            )
            await client.head()
            assert await client.reader.readexactly(2) == b"ok"
            assert "text/event-stream" in await client.head()
            await client.close()

    on_loop(main)


def test_a_client_that_keeps_sending_on_its_stream_is_cut_off() -> None:
    async def main() -> None:
        async with served() as place:
            client = await place.open()
            await client.head()
            client.writer.write(b"x" * 64 * 1024)
            with suppress(ConnectionResetError):
                assert (await client.rest()).startswith(b"retry: ")
            await client.close()
            assert list(place.hub.followed()) == []

    on_loop(main)


def test_a_half_closed_client_has_left() -> None:
    async def main() -> None:
        async with served() as place:
            client = await place.open()
            await client.head()
            client.writer.write_eof()
            assert (await client.rest()).startswith(b"retry: ")
            assert place.hub.present() == {}
            await client.close()

    on_loop(main)


class Written:
    """A transport that keeps what it is given."""

    def __init__(self) -> None:
        self.writes: list[bytes] = []
        self.is_closed = False

    def write(self, data: bytes) -> None:
        self.writes.append(data)

    def close(self) -> None:
        self.is_closed = True


def test_head_and_body_of_an_answer_are_one_write_and_further_bytes_their_own() -> None:
    written = Written()
    joined = JoinedWrites(written)  # type: ignore[arg-type]
    for data in (b"HTTP/1.1 200 OK\r\n\r\n", b"first", b"second"):
        joined.write(data)
    assert written.writes == [b"HTTP/1.1 200 OK\r\n\r\nfirst", b"second"]


def test_a_head_without_a_body_goes_out_before_the_connection_closes() -> None:
    written = Written()
    joined = JoinedWrites(written)  # type: ignore[arg-type]
    joined.write(b"HTTP/1.1 200 OK\r\n\r\n")
    joined.close()
    assert (written.writes, written.is_closed) == ([b"HTTP/1.1 200 OK\r\n\r\n"], True)


def test_the_leave_to_send_a_body_does_not_wait_for_the_answer() -> None:
    written = Written()
    JoinedWrites(written).write(b"HTTP/1.1 100 Continue\r\n\r\n")  # type: ignore[arg-type]
    assert written.writes == [b"HTTP/1.1 100 Continue\r\n\r\n"]


def test_an_answer_to_head_needs_no_body_to_go_out() -> None:
    async def main() -> None:
        async with served() as place:
            client = await place.open("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n")
            async with asyncio.timeout(2):
                assert (await client.head()).startswith("HTTP/1.1 200")
            await client.close()

    on_loop(main)


def test_what_the_system_keeps_of_a_slow_follower_is_bounded() -> None:
    async def main() -> None:
        async with served() as place:
            client = await place.open()
            await client.hint()
            [channel] = place.hub._channels.values()
            [follower] = channel.followers
            kept = follower.transport.get_extra_info("socket")
            assert kept.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF) == 2 * KERNEL_BUFFER_BYTES
            await client.close()

    on_loop(main)
