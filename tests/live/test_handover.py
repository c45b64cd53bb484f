"""The seam to uvicorn: fails when uvicorn moves what we rely on."""

import asyncio
import gc
from contextlib import suppress

import uvicorn
from uvicorn.protocols.http.flow_control import FlowControl
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from kenes.live.handover import HandoverProtocol
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
