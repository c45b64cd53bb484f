"""Static files on the loop."""

import asyncio
from pathlib import Path
from typing import Any

import brotli
import pytest

from kenes.config.static_server import StaticFiles

HASHED = "/static/app.0123456789ab.js"
TEXT = b"export const CAP_MS = 30000;\n" * 50


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "app.0123456789ab.js").write_bytes(TEXT)
    (tmp_path / "app.0123456789ab.js.br").write_bytes(brotli.compress(TEXT))
    (tmp_path / "plain.css").write_bytes(b"a{}")
    return tmp_path


def fetch(
    files: StaticFiles, path: str, method: str = "GET", **headers: str
) -> tuple[int, dict[str, str], bytes]:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "http.disconnect"}

    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": b"",
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
    }
    asyncio.run(files(scope, receive, send))
    fields = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return int(sent[0]["status"]), fields, b"".join(message.get("body", b"") for message in sent[1:])


def test_a_hashed_file_is_kept_for_ever_and_sent_precompressed(root: Path) -> None:
    status, headers, body = fetch(StaticFiles(root), HASHED, accept_encoding="gzip, br")
    assert (status, headers["content-encoding"]) == (200, "br")
    assert "immutable" in headers["cache-control"].split(", ")
    assert headers["x-content-type-options"] == "nosniff"
    assert brotli.decompress(body) == TEXT


def test_a_client_without_compression_gets_the_plain_file(root: Path) -> None:
    _, headers, body = fetch(StaticFiles(root), HASHED)
    assert "content-encoding" not in headers
    assert (body, headers["content-length"]) == (TEXT, str(len(TEXT)))


def test_an_unchanged_file_is_not_sent_again(root: Path) -> None:
    files = StaticFiles(root)
    _, headers, _ = fetch(files, "/static/plain.css")
    status, _, body = fetch(files, "/static/plain.css", if_none_match=headers["etag"])
    assert (status, body) == (304, b"")


def test_a_range_and_a_head_get_what_they_ask_for(root: Path) -> None:
    files = StaticFiles(root)
    assert fetch(files, HASHED, range="bytes=7-11")[::2] == (206, TEXT[7:12])
    assert fetch(files, HASHED, method="HEAD")[::2] == (200, b"")
    assert fetch(files, HASHED, method="POST")[0] == 405


@pytest.mark.parametrize(
    "path", ["/static/", "/static/../secret", "/static/app.0123456789ab.js.br", "/static/none.js"]
)
def test_nothing_else_is_found(root: Path, path: str) -> None:
    assert StaticFiles(root).has(path) is False


def test_a_missing_folder_holds_nothing(tmp_path: Path) -> None:
    assert StaticFiles(tmp_path / "absent").has("/static/plain.css") is False
