"""The examples of the live protocol are played, in order, against a real server."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from service.conftest import prepared, site  # noqa: F401 (fixtures)
from service.served import ServedSite, frame_of

REFERENCE = Path(__file__).resolve().parents[2] / "docs/reference/live-protocol.md"
BLOCK = re.compile(r"^```(http|sse)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ANY = "…"

pytestmark = pytest.mark.service


def examples() -> Iterator[tuple[str, str, str]]:
    """Yield (kind, request, answer); kind is that of the answer."""
    blocks = BLOCK.findall(REFERENCE.read_text("utf-8"))
    assert len(blocks) % 2 == 0
    for (_, request), (kind, answer) in zip(blocks[::2], blocks[1::2], strict=True):
        yield kind, request, answer


def parts_of(block: str) -> tuple[str, dict[str, str], str]:
    """Return the first line, the headers and the body of an example."""
    head, _, body = block.strip().partition("\n\n")
    first, *lines = head.splitlines()
    return first, dict(line.split(": ", 1) for line in lines), body


class Names:
    """The values that come back: `<token>` and the like."""

    def __init__(self) -> None:
        self.known: dict[str, Any] = {}

    def fill(self, text: str) -> str:
        return re.sub(r"<(\w+)>", lambda found: str(self.known[found[1]]), text)

    def compare(self, expected: Any, found: Any, where: str) -> None:
        """Fail where `found` is not what the example shows; learn the names that are new."""
        if expected == ANY:
            return
        name = re.fullmatch(r"<(\w+)>", expected) if isinstance(expected, str) else None
        if name is not None:
            assert found == self.known.setdefault(name[1], found), where
        elif isinstance(expected, dict):
            self._compare_objects(expected, found, where)
        elif isinstance(expected, list):
            assert len(found) == len(expected), where
            for index, (one, other) in enumerate(zip(expected, found, strict=True)):
                self.compare(one, other, f"{where}[{index}]")
        else:
            assert found == expected, where

    def _compare_objects(self, expected: dict[str, Any], found: dict[str, Any], where: str) -> None:
        shown = {self.fill(key): value for key, value in expected.items() if key != ANY}
        if ANY in expected:
            assert set(shown) - set(found) == set(), where
        else:
            assert set(shown) == set(found), where
        for key, value in shown.items():
            self.compare(value, found[key], f"{where}.{key}")


def test_the_examples_are_as_the_server_answers(site: ServedSite) -> None:  # noqa: F811
    names = Names()
    played = 0
    for kind, request, answer in examples():
        first, headers, body = parts_of(request)
        method, address = names.fill(first).split()
        filled = {name: names.fill(value) for name, value in headers.items()}
        url = f"{site.url}{address}"
        with httpx.stream(method, url, headers=filled, content=body.encode(), timeout=10) as response:
            document = frame_in(response) if kind == "sse" else json.loads(response.read())
        status, shown, expected = parts_of(answer)
        where = f"{method} {address}"
        assert response.status_code == int(status), where
        for name, value in shown.items():
            assert response.headers[name] == value, f"{where} {name}"
        names.compare(json.loads(expected), document, where)
        played += 1
    assert played == 13


def frame_in(response: httpx.Response) -> dict[str, Any]:
    block = ""
    for line in response.iter_lines():
        block = f"{block}\n{line}" if line else ""
        frame = frame_of(block)
        if frame is not None:
            return frame
    raise AssertionError("the stream ended without a frame")


def test_every_request_of_the_protocol_stands_in_an_example() -> None:
    played = {
        parts_of(request)[0].split("?")[0].replace("/live/rooms/AKM-1/", "") for _, request, _ in examples()
    }
    table = re.findall(r"^\| `((?:GET|POST|DELETE) [^`]+)` \|", REFERENCE.read_text("utf-8"), re.MULTILINE)
    assert {one.replace("{code}", "<question>") for one in table} == played
