"""A request's way: its id in the answer, the client's address, its line."""

import asyncio
import re
from typing import Any

import pytest

from kenes.config.access_log import Line
from kenes.config.passage import Passage
from kenes.live.request_ids import request_id


class Lines:
    """Keeps the lines it is given."""

    def __init__(self) -> None:
        self.noted: list[Line] = []

    def note(self, line: Line) -> None:
        self.noted.append(line)


def pass_through(
    headers: list[tuple[bytes, bytes]], app: Any = None
) -> tuple[Lines, list[Any], dict[str, Any]]:
    lines, sent = Lines(), []
    scope: dict[str, Any] = {"method": "GET", "path": "/kk/", "headers": headers, "client": ("10.0.0.9", 5)}

    async def answer(scope: Any, receive: Any, send: Any) -> None:
        await send(
            {
                "type": "http.response.start",
                "status": 200,
                "headers": [(b"x-told", request_id.get().encode())],
            }
        )
        await send({"type": "http.response.body", "body": b"12345"})

    async def send(message: Any) -> None:
        sent.append(message)

    async def main() -> None:
        await Passage(app or answer, lines)(scope, None, send)  # type: ignore[arg-type]

    asyncio.run(main())
    return lines, sent, scope


def test_a_well_formed_id_is_taken_and_returned() -> None:
    lines, sent, _ = pass_through([(b"x-request-id", b"from-the-proxy.1")])
    assert sent[0]["headers"] == [(b"x-told", b"from-the-proxy.1"), (b"x-request-id", b"from-the-proxy.1")]
    assert [(line.request_id, line.status, line.body_bytes) for line in lines.noted] == [
        ("from-the-proxy.1", 200, 5)
    ]


@pytest.mark.parametrize(
    "given",
    [b"", b"short", b"a" * 65, b"with space in it", b"line\nbreak-in", "аты-жөні".encode(), b"-dash-first"],
)
def test_an_id_that_is_not_well_formed_is_replaced(given: bytes) -> None:
    lines, sent, _ = pass_through([(b"x-request-id", given)])
    assert re.fullmatch("[0-9a-f]{16}", lines.noted[0].request_id) is not None
    assert sent[0]["headers"][-1] == (b"x-request-id", lines.noted[0].request_id.encode())


def test_a_client_that_left_before_its_answer_is_noted() -> None:
    async def nothing(scope: Any, receive: Any, send: Any) -> None:
        return None

    async def streamed(scope: Any, receive: Any, send: Any) -> None:
        scope["kenes.is_streamed"] = True

    assert [pass_through([], app)[0].noted[0].status for app in (nothing, streamed)] == [499, 200]


@pytest.mark.parametrize(("is_behind", "client"), [(False, "10.0.0.9"), (True, "92.46.1.7")])
def test_a_proxys_word_is_taken_only_where_one_is_configured(
    settings: Any, is_behind: bool, client: str
) -> None:
    settings.BEHIND_PROXY = is_behind
    _, _, scope = pass_through([(b"x-forwarded-for", b"1.1.1.1, 92.46.1.7")])
    assert scope["client"][0] == client
